import Crypto
import Domain
import Foundation
import Store
import Testing

@testable import Supervision

struct FileProofsTests {
    private static func hash(_ text: String) -> String { Array(SHA256.hash(data: Array(text.utf8))).hexadecimal }

    private static func licence(_ office: Office, _ number: Int) -> SchoolFile {
        SchoolFile(
            id: SchoolFileID(at: office.clock.now), school: office.school.id, isPersonal: false, name: "l.jpg",
            mediaType: "image/jpeg", sizeBytes: 10, sha256: hash("licence \(number)"), path: "2026-11/l\(number).jpg")
    }

    /// A file of each owner that needs no more than a form: a register's, two of a school, a concern's, a report.
    private static func fill(_ county: County) async throws {
        let (office, supervision) = (county.office, county.office.supervision)
        let entry = try await supervision.registers.add(.sites, at: office.school.id, ["place": "k"], by: county.head)
        try await supervision.registers.add(
            KeptFile(
                Attachment(id: AttachmentID(at: office.clock.now), kind: .photo, sha256: hash("sign")), name: "s.jpg",
                mediaType: "image/jpeg", sizeBytes: 10, path: "2026-11/s.jpg"), to: entry, by: county.head)
        var draft = PaperDraft(
            .foodLicence, number: "JY1", validThrough: Day(of: office.clock.now, in: .shanghai) + 90)
        let paper = try await supervision.papers.add(
            draft, to: office.school.id, file: licence(office, 1), by: county.head)
        office.clock.advance(by: .seconds(1))
        draft.number = "JY2"
        try await supervision.papers.change(paper.id, to: draft, file: licence(office, 2), by: county.head)
        try await supervision.publications.change(
            Publication(isOn: true, cameras: [office.camera.id]), of: office.school.id, by: office.supervisor)
        let page = try #require(
            try await supervision.publications.sheet(of: office.school.id, for: office.supervisor).code)
        _ = try await supervision.concerns.submit(
            ConcernDraft(
                text: "打饭时没有戴口罩",
                photos: [
                    ConcernPhoto(
                        id: ConcernPhotoID(at: office.clock.now), sha256: hash("photo"), sizeBytes: 10,
                        path: "2026-11/p.jpg")
                ]), to: page)
        try await supervision.insights.warmUp()
        let month = try #require(
            ReportSpan.holding(Day(of: office.clock.now, in: .shanghai), .month, SchoolCalendar())
        ).name
        office.clock.advance(by: .seconds(40 * 86_400))
        _ = try await supervision.reports.issue(
            month, in: .county, .simplifiedChinese, document: Array("%PDF-1.7".utf8), by: county.supervisor)
    }

    /// What `mingchu check` finds, but for the bytes on the disk.
    private static func findings(_ office: Office) async throws -> [String] {
        var findings: [String] = []
        for owner in FileOwner.allCases {
            var told = try await office.supervision.files.told(of: owner)
            let page = try await office.supervision.files.page(of: owner, after: nil)
            #expect(page.next == nil)
            for checked in page.files {
                if !told.find(checked.file.sha256) { findings.append("\(owner) not told") }
                if checked.stateInRecords != .intact { findings.append("\(owner) \(checked.stateInRecords)") }
            }
            findings += told.unfound.map { _ in "\(owner) gone" }
        }
        return findings
    }

    @Test(arguments: Engine.all)
    func `each file's row agrees with the ledger, and a changed or deleted one is named`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            try await Self.fill(county)
            let files = office.supervision.files
            var counts: [FileOwner: Int] = [:]
            for owner in FileOwner.allCases { counts[owner] = try await files.page(of: owner, after: nil).files.count }
            #expect(
                counts == [.inspection: 0, .register: 1, .school: 2, .activity: 0, .concern: 1, .report: 1])
            #expect(
                try await files.page(of: .concern, after: nil).files.map(\.path) == ["concerns/2026-11/p.jpg"])
            #expect(try await Self.findings(office) == [])

            let zeros = String(repeating: "00", count: 32)
            let blob = engine == .sqlite ? "x'\(zeros)'" : "'\\x\(zeros)'::bytea"
            try await office.tamper("update register_file set sha256 = \(blob)")
            #expect(try await Self.findings(office) == ["register not told", "register gone"])
            try await office.tamper("delete from register_file")
            #expect(try await Self.findings(office) == ["register gone"])
            let empty = engine == .sqlite ? "x'25504446'" : "'\\x25504446'::bytea"
            try await office.tamper("update report_issue set document = \(empty)")
            #expect(try await Self.findings(office) == ["register gone", "report changed"])
            try await office.tamper("update school_file set sha256 = '\(zeros)' where path = '2026-11/l2.jpg'")
            #expect(
                try await Self.findings(office) == [
                    "register gone", "school not told", "school gone", "report changed",
                ])
        }
    }

    @Test func `the same file kept twice is told twice, and one that was removed is no longer missed`() {
        func entry(_ act: LedgerAct, _ payload: [String: JSON]) -> LedgerEntry {
            LedgerEntry(
                sequence: 1, time: UTCTime(milliseconds: 0), actor: .console, act: act, subject: "x",
                payload: JSON.object(payload).canonical, previousHash: [], hash: [])
        }
        var told = ToldFiles()
        for _ in 0..<2 { told.add(entry(.dutyEntered, ["files": ["aa", "bb"], "record": "cc"])) }
        told.add(entry(.paperChanged, ["files": ["from": .null, "to": ["dd"]]]))
        told.add(entry(.activityPhotoAdded, ["sha256": "ee", "photo": "1"]))
        told.add(entry(.activityPhotoRemoved, ["sha256": "ee", "photo": "1"]))
        let found = ["aa", "aa", "bb", "dd"].map { told.find($0) }
        #expect(found == [true, true, true, true])
        let more = [told.find("aa"), told.find("cc"), told.find("ee")]
        #expect(more == [false, false, false] && told.unfound == ["bb"])
    }

    @Test func `a file is held against its row byte by byte`() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let bytes = Array("signature".utf8)
        let proof = FileProof(
            .inspection, "1", path: "s.png", sizeBytes: bytes.count, sha256: Self.hash("signature"))
        let shelf = AttachmentShelf(root: root)
        #expect(shelf.state(at: "s.png", of: proof) == .missing)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            try Data(changed).write(to: URL(fileURLWithPath: root + "/s.png"))
            #expect(shelf.state(at: "s.png", of: proof) == .changed)
            try Data(bytes.prefix(index)).write(to: URL(fileURLWithPath: root + "/s.png"))
            #expect(shelf.state(at: "s.png", of: proof) == .changed)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: root + "/s.png"))
        #expect(shelf.state(at: "s.png", of: proof) == .intact)
    }
}
