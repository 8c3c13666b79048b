import Domain
import Foundation
import Store
import Testing

@testable import Supervision

struct CheckpointsTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/mingchu-checkpoints-\(UUID())"

    private func checkpoints(_ office: Office) throws -> Checkpoints {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return Checkpoints(
            store: office.store, time: office.clock.source,
            key: try SigningKey.loadOrCreate(at: folder + "/node.key"),
            file: CheckpointFile(path: folder + "/checkpoints.jsonl"))
    }

    @Test func `one is made each hour in which the ledger has grown`() async throws {
        let office = try await Office()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoints = try checkpoints(office)
        #expect(try await checkpoints.makeIfDue()?.number == 1)
        try await office.supervision.ledger.noteStart(version: "1")
        office.clock.advance(by: .seconds(3599))
        #expect(try await checkpoints.makeIfDue() == nil)
        office.clock.advance(by: .seconds(1))
        #expect(try await checkpoints.makeIfDue()?.number == 2)
        office.clock.advance(by: .seconds(7200))
        #expect(try await checkpoints.makeIfDue() == nil)
        // After a restart it goes on from where it was.
        let again = try self.checkpoints(office)
        try await office.supervision.ledger.noteStart(version: "1")
        #expect(try await again.makeIfDue()?.number == 3)
        // The clock was set right, back by a year.
        office.clock.advance(by: .seconds(-365 * 86_400))
        #expect(try await again.makeIfDue() == nil)
        try await office.supervision.ledger.noteStart(version: "1")
        #expect(try await again.makeIfDue()?.number == 4)
        let verdict = try await again.verify(for: .console)
        #expect(verdict == CheckpointVerdict(checkpoints: 4, inFiles: 4, findings: []))
        #expect(try await refusal { try await again.verify(for: office.head) } == .notPermitted)
    }

    @Test(arguments: Engine.all)
    func `one is made when a thousand entries have come, however soon`(engine: Engine) async throws {
        try await withOffice(on: engine, makesOneAfterThousand)
    }

    private func makesOneAfterThousand(_ office: Office) async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoints = try checkpoints(office)
        _ = try await checkpoints.make()
        try await enter(999, office)
        #expect(try await checkpoints.makeIfDue() == nil)
        try await enter(1, office)
        #expect(try await checkpoints.makeIfDue()?.number == 2)
        #expect(try await checkpoints.makeIfDue() == nil)
    }

    private func enter(_ count: Int, _ office: Office) async throws {
        let now = office.clock.now
        try await office.store.write { records in
            for _ in 0..<count { _ = try records.ledger.append(.nodeStarted, to: "node", by: .node, at: now) }
        }
    }

    @Test func `on demand there is one unless the last says the same`() async throws {
        let office = try await Office()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoints = try checkpoints(office)
        let first = try #require(try await checkpoints.make())
        #expect(try await checkpoints.make() == nil)
        #expect(try await checkpoints.last() == first)
        let announced = try await office.ledger(.nodeKeyAnnounced)
        #expect(announced.map(\.payload) == [#"{"publicKey":"\#(checkpoints.publicKey.hexadecimal)"}"#])
        let kept = Array(first.text.utf8)
        try await office.supervision.ledger.noteStart(version: "1")
        let verdict = try await checkpoints.verify(kept: [("mail", kept)], for: .console)
        #expect(verdict == CheckpointVerdict(checkpoints: 1, inFiles: 2, findings: []))
    }

    @Test func `what a crash kept from the file is written at the next start`() async throws {
        let office = try await Office()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoints = try checkpoints(office)
        _ = try await checkpoints.make()
        let path = folder + "/checkpoints.jsonl"
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
        #expect(try await !checkpoints.verify(for: .console).findings.isEmpty)
        try await checkpoints.fillFile()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
        #expect(try await checkpoints.verify(for: .console).findings == [])
    }
}
