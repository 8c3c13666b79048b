import Domain
import Store
import Testing

@testable import Supervision

struct EvidenceProofTests {
    /// A capture that is over and complete.
    private func kept(_ office: Office) async throws -> Capture {
        var capture = office.capture()
        capture.curve = [
            .init(offsetMs: 0, score: 0.1 + 0.2, box: capture.box), .init(offsetMs: 200, score: 1, box: nil),
        ]
        try await office.supervision.captures.open(capture, first: .sample(.first, capture.id))
        capture.end = capture.metAt + .seconds(9)
        try await office.supervision.captures.keep(
            capture, evidence: [.sample(.picture, capture.id), .sample(.clip, capture.id)])
        return capture
    }

    private func faults(_ office: Office) async throws -> [EvidenceProof.Fault] {
        try await office.supervision.captures.proofs().flatMap(\.faults)
    }

    @Test func `what was filed agrees with the ledger, page after page`() async throws {
        let office = try await Office()
        var ids: [CaptureID] = []
        for _ in 0..<7 { ids.append(try await kept(office).id) }
        try await office.supervision.captures.open(office.capture(), first: nil)
        var seen: [EvidenceProof] = []
        while true {
            let page = try await office.supervision.captures.proofs(after: seen.last?.capture, limit: 3)
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen.count == 8 && seen.allSatisfy { $0.faults == [] })
        #expect(seen.first { $0.capture == ids[2] }?.files.map(\.kind) == [.first, .picture, .clip])
        #expect(try await office.supervision.captures.countMissing() == 0)
    }

    @Test func `a capture whose data were changed behind the ledger's back is named`() async throws {
        let office = try await Office()
        var capture = try await kept(office)
        capture.score = 0.2
        let changed = capture
        try await office.store.write { try $0.captures.change(changed, state: .complete) }
        #expect(try await faults(office) == [.dataDiffers])
    }

    @Test func `a verdict that was changed behind the ledger's back is named, and one that it knows nothing of`()
        async throws
    {
        let office = try await Office()
        let captures = office.supervision.captures
        let (one, two) = (try await kept(office).id, try await kept(office).id)
        let given = try await captures.judge(one, .confirmed, seen: nil, by: office.supervisor)
        #expect(try await faults(office) == [])
        let person = office.supervisor.person.id
        for forged in [
            Judgement(of: one, .rejected(reason: .other), by: person, at: given.time),
            Judgement(of: one, .confirmed, by: office.head.person.id, at: given.time),
            Judgement(of: one, .confirmed, by: person, at: given.time + .seconds(1)),
        ] {
            try await office.store.write { try $0.captures.set(forged) }
            #expect(try await faults(office) == [.verdictDiffers])
        }
        try await office.store.write { try $0.captures.set(given) }
        #expect(try await faults(office) == [])
        for column in ["judgement = 'rejected'", "judgement = 'confirmed', case_state = 'closed'"] {
            try await office.tamper("update capture set \(column) where id = '\(one)'")
            #expect(try await faults(office) == [.listsDiffer])
        }
        try await office.tamper("update capture set case_state = null")
        try await office.store.write { records in
            try records.captures.set(given)
            try records.captures.set(Judgement(of: two, .confirmed, by: person, at: given.time))
        }
        #expect(try await faults(office) == [.verdictDiffers])
    }

    @Test func `a file that the ledger does not know, and one that only the ledger knows, are named`() async throws {
        let office = try await Office()
        let capture = office.capture()
        try await office.supervision.captures.open(capture, first: nil)
        try await office.store.write { records in
            _ = try records.captures.add(.sample(.clip, capture.id), to: capture.id)
            try records.ledger.append(
                .captureEvidenceKept, to: "capture/\(capture.id)", by: .camera(capture.camera), at: capture.metAt,
                payload: ["files": .array([EvidenceFile.sample(.picture).ledgerPayload])])
        }
        #expect(try await faults(office) == [.notInLedger(.clip), .notInRecords(.picture)])
    }

    @Test func `captures that are in the ledger only are counted`() async throws {
        let office = try await Office()
        let capture = try await kept(office)
        _ = try await office.store.write { records in
            try records.ledger.append(
                .captureMade, to: "capture/gone", by: .camera(capture.camera), at: capture.metAt)
        }
        #expect(try await office.supervision.captures.countMissing() == 1)
    }
}
