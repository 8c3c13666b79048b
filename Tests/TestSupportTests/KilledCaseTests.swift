import Foundation
import Testing

@testable import TestSupport

/// That the judge of a killed program sees what it is there to see.
struct KilledCaseTests {
    /// The case as it is after its first steps, each answered.
    private static let answered = [
        entry(1, "case.opened", "matter 7\ncase 7 step 0."), entry(2, "case.dispatched", "case 7 step 1."),
        entry(3, "case.acknowledged", ""), entry(4, "case.begun", "case 7 step 3."),
    ]

    @Test func `what was answered, and perhaps the step under way, is in order`() throws {
        let current = try Self.current()
        #expect(current.faults(in: Self.sheet(Self.answered)) == [])
        let more = Self.answered + [Self.entry(5, "case.submitted", "case 7 step 4.")]
        #expect(current.faults(in: Self.sheet(more)) == [])
    }

    @Test func `what is lost, changed, doubled or made up is named`() throws {
        let current = try Self.current()
        var changed = Self.answered
        changed[1].ledger.sha256 = "other"
        let wrong = [
            Array(Self.answered.dropLast()), changed, [],
            Self.answered + [Self.entry(5, "case.begun", "case 7 step 3.")],
            Self.answered + [Self.entry(5, "case.acknowledged", "")],
            Self.answered + [Self.entry(6, "case.submitted", "case 7 step 4.")],
        ]
        for history in wrong { #expect(current.faults(in: Self.sheet(history)) != [], "\(history)") }
    }

    @Test func `kills are spread over the transitions, the same for the same seed`() {
        let plan = KillPlan(
            cases: 100, kills: 20, connections: 1, seed: 1, command: [], environment: [:], check: [], camera: "",
            supervisor: "", head: "", shell: { _ in "" })
        var (first, second) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
        let moments = plan.moments(using: &first)
        #expect(moments == plan.moments(using: &second))
        #expect(moments.count == 20 && zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 })
        #expect(moments.allSatisfy { 0 < $0 && $0 < plan.transitions })
    }

    private static func current() throws -> KilledCase {
        var current = KilledCase(7)
        for count in 1...answered.count {
            let history = answered.prefix(count).map {
                [
                    "version": $0.version, "act": $0.act, "text": $0.text,
                    "ledger": ["sequence": $0.ledger.sequence, "sha256": $0.ledger.sha256],
                ] as [String: Any]
            }
            let json: [String: Any] = ["id": "x", "number": 1, "version": count, "history": history]
            let body = Array(try JSONSerialization.data(withJSONObject: json))
            try current.take(HTTPCaller.Reply(status: 200, headers: [:], body: body))
        }
        return current
    }

    private static func entry(_ version: Int, _ act: String, _ text: String) -> KilledCase.Entry {
        KilledCase.Entry(
            version: version, act: act, text: text, ledger: .init(sequence: Int64(version), sha256: "hash \(version)"))
    }

    private static func sheet(_ history: [KilledCase.Entry]) -> KilledCase.Sheet {
        KilledCase.Sheet(id: "x", number: 1, version: history.count, history: history)
    }
}
