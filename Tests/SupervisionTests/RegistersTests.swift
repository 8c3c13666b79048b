import Domain
import Store
import Testing

@testable import Supervision

struct RegistersTests {
    private static func file(_ office: Office, _ number: Int = 0) -> KeptFile {
        KeptFile(
            Attachment(
                id: AttachmentID(at: office.clock.now), kind: .photo, sha256: String(repeating: "ab", count: 32)),
            name: "sign.jpg", mediaType: "image/jpeg", sizeBytes: 10, path: "2026-11/\(number).jpg")
    }

    @Test(arguments: Engine.all)
    func `an entry is kept with all its versions and files`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let registers = office.supervision.registers
            let school = office.school.id
            let before = try await registers.list(.sites, for: county.supervisor)
            #expect(before.entries.isEmpty && before.without.map(\.id).contains(school))
            #expect(before.cameras[school]?.count == 1)
            let id = try await registers.add(.sites, at: school, ["place": "kitchen"], by: county.head)
            office.clock.advance(by: .seconds(60))
            try await registers.change(
                id, to: ["place": "kitchen", "filingNumber": "7"], seen: 1, by: county.supervisor)
            try await registers.add(Self.file(office), to: id, by: county.head)
            let sheet = try await registers.entry(id, for: county.township)
            #expect(sheet.entry.version == 2 && sheet.entry.values["filingNumber"] == "7" && !sheet.mayKeep)
            #expect(sheet.versions.map(\.number) == [2, 1])
            #expect(sheet.versions.map(\.values) == [["place": "kitchen", "filingNumber": "7"], ["place": "kitchen"]])
            #expect(sheet.people.count == 2 && sheet.entry.files.map(\.name) == ["sign.jpg"])
            let after = try await registers.list(.sites, for: county.supervisor)
            #expect(after.entries.map(\.files.count) == [1] && after.without.map(\.id) == [office.otherSchool.id])
            // The same again is no version.
            try await registers.change(
                id, to: ["place": " kitchen", "filingNumber": "7"], seen: 2, by: county.supervisor)
            #expect(try await registers.entry(id, for: county.head).versions.count == 2)
            #expect(try await office.ledger(.registerAdded).count == 1)
            #expect(try await office.ledger(.registerChanged).count == 1)
            #expect(try await office.ledger(.registerFileAdded).count == 1)
            #expect(try await !office.allPayloads.contains("kitchen"))
            #expect(
                try await refusal { try await registers.change(id, to: ["place": "x"], seen: 1, by: county.head) }
                    == .conflict(.changedMeanwhile))
            #expect(
                try await refusal { try await registers.add(.sites, at: school, ["place": "x"], by: county.head) }
                    == .conflict(.nameTaken))
        }
    }

    @Test func `schools keep their own, the county's are its own business`() async throws {
        let county = try await County()
        let registers = county.office.supervision.registers
        let own = try await registers.add(
            .staff, at: county.office.school.id, ["name": "Cook", "toldOn": "2026-09-01"], by: county.head)
        let assessment = try await registers.add(
            .assessments, at: nil, ["title": "Kitchens", "doneOn": "2026-09-01"], by: county.supervisor)
        for principal in [county.otherHead, county.otherTownship] {
            #expect(try await refusal { try await registers.entry(own, for: principal) } == .notFound)
            #expect(try await registers.list(.staff, for: principal).entries.isEmpty)
        }
        for principal in [county.head, county.township, county.education] {
            #expect(try await refusal { try await registers.entry(assessment, for: principal) } == .notFound)
            #expect(try await refusal { try await registers.list(.assessments, for: principal) } == .notPermitted)
        }
        #expect(
            try await refusal { try await registers.change(own, to: ["name": "x"], seen: 1, by: county.education) }
                == .notPermitted)
        #expect(
            try await refusal {
                try await registers.add(
                    .staff, at: county.office.otherSchool.id, ["name": "x", "toldOn": "2026-09-01"], by: county.head)
            } == .notFound)
        #expect(
            try await refusal {
                try await registers.add(
                    .requests, at: nil,
                    ["asker": "x", "what": "copy", "receivedOn": "2026-09-01", "dueOn": "2026-09-15"], by: county.head)
            } == .notPermitted)
        #expect(
            try await refusal { try await registers.add(Self.file(county.office), to: own, by: county.township) }
                == .notPermitted)
    }

    @Test func `what is late comes first, then what is incomplete`() async throws {
        let county = try await County()
        let registers = county.office.supervision.registers
        func add(_ asker: String, due: String, answered: String? = nil) async throws -> RegisterEntryID {
            county.clock.advance(by: .seconds(1))
            return try await registers.add(
                .requests, at: nil,
                [
                    "asker": asker, "what": "know", "receivedOn": "2026-01-01", "dueOn": due,
                    "answeredOn": answered ?? "",
                ], by: county.supervisor)
        }
        let late = try await add("late", due: "2026-01-15")
        let done = try await add("done", due: "2026-01-15", answered: "2026-01-10")
        let open = try await add("open", due: "2099-01-01")
        #expect(try await registers.list(.requests, for: county.supervisor).entries.map(\.id) == [late, open, done])
    }
}
