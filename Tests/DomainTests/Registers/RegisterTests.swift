import Domain
import Testing

struct RegisterTests {
    private static let now = UTCTime(milliseconds: 1_795_363_200_000)

    private static func entry(_ kind: RegisterKind, _ values: [String: String], files: Int = 0) -> RegisterEntry {
        RegisterEntry(
            id: RegisterEntryID(at: now), kind: kind, school: nil, version: 1, values: values, changedAt: now,
            files: (0..<files).map { number in
                KeptFile(
                    Attachment(id: AttachmentID(at: now), kind: .photo, sha256: ""), name: "\(number)", mediaType: "",
                    sizeBytes: 1, path: "\(number)")
            })
    }

    @Test func `names of fields are unique in each register, and none is the file's`() {
        for kind in RegisterKind.allCases {
            let names = kind.fields.map(\.name)
            #expect(Set(names).count == names.count && !names.contains("file"))
            #expect(kind.fields.contains { $0.isRequired })
        }
    }

    @Test func `what was typed is kept without blanks, and nothing that is not the register's`() throws {
        let values = try RegisterKind.staff.checked([
            "name": "  王师傅 ", "toldOn": "2026-09-01", "job": " ", "how": "meeting", "filingNumber": "7",
        ])
        #expect(values == ["name": "王师傅", "toldOn": "2026-09-01", "how": "meeting"])
    }

    @Test(arguments: [
        ("name", "", RegisterFault.Kind.missing), ("name", String(repeating: "长", count: 101), .tooLong(100)),
        ("name", "a\u{7}", .forbiddenCharacter), ("toldOn", "2026-02-30", .notADay), ("toldOn", "yesterday", .notADay),
        ("how", "by mail", .noChoice), ("consentedOn", "2026-08-31", .before("toldOn")),
    ])
    func `what can't be kept is named`(field: String, value: String, kind: RegisterFault.Kind) {
        var typed = ["name": "王师傅", "toldOn": "2026-09-01"]
        typed[field] = value
        #expect(throws: RegisterFault(field: field, kind: kind)) { _ = try RegisterKind.staff.checked(typed) }
    }

    @Test func `what is expected and not there is missing, the paper too`() {
        #expect(
            Self.entry(.sites, ["place": "x"]).missing
                == ["cameraKinds", "signPlace", "signOn", "filedWith", "filingNumber", "filedOn", "file"])
        let told = ["name": "x", "toldOn": "2026-09-01", "how": "written"]
        #expect(Self.entry(.staff, told, files: 1).missing == ["consentedOn"])
        var withdrawn = told
        withdrawn["withdrawnOn"] = "2026-10-01"
        #expect(Self.entry(.staff, withdrawn, files: 1).missing.isEmpty)
    }

    @Test func `a request is late after its day, until it is answered`() throws {
        let due = try #require(Day("2026-09-15"))
        var values = ["asker": "x", "dueOn": "2026-09-15"]
        #expect(
            !Self.entry(.requests, values).isOverdue(on: due) && Self.entry(.requests, values).isOverdue(on: due + 1))
        values["answeredOn"] = "2026-09-20"
        #expect(!Self.entry(.requests, values).isOverdue(on: due + 30))
    }
}
