import Foundation

/// One case on its way through the API: each step is a request with a key of its own, sent until it is answered.
struct KilledCase: Sendable {
    /// One entry of a case's history, as the API gives it.
    struct Entry: Decodable, Hashable, Sendable {
        struct Ledger: Decodable, Hashable, Sendable {
            var sequence: Int64
            var sha256: String
        }

        var version: Int
        var act: String
        var text: String
        var ledger: Ledger
    }

    struct Sheet: Decodable, Sendable {
        var id: String
        var number: Int
        var version: Int
        var history: [Entry]
    }

    /// Opening it, and the moves.
    static let steps = 1 + moves.count

    private enum Asker { case supervisor, head }

    private static let moves: [(move: String, asker: Asker, takesMethod: Bool)] = [
        ("dispatch", .supervisor, false), ("acknowledge", .head, false), ("begin", .head, false),
        ("submit", .head, false), ("return", .supervisor, true), ("submit", .head, false),
        ("pass", .supervisor, true), ("comment", .supervisor, false), ("comment", .head, false),
    ]

    /// Steps after which the education bureau has news: the notice, and that it passed.
    static let newsOfEach = 2

    let index: Int
    /// Steps answered.
    private(set) var done = 0
    /// As the last answer showed it.
    private(set) var sheet: Sheet?

    init(_ index: Int) { self.index = index }

    var isDone: Bool { done == Self.steps }

    /// What is sent next, the same each time until it is answered.
    func call(_ plan: KillPlan) -> HTTPCaller.Call {
        func call(_ path: String, _ asker: Asker, _ members: [String: Any]) -> HTTPCaller.Call {
            HTTPCaller.Call(
                "POST", path,
                headers: [
                    ("Authorization", "Bearer \(asker == .head ? plan.head : plan.supervisor)"),
                    ("Content-Type", "application/json"), ("Idempotency-Key", "case-\(index)-step-\(done)"),
                ],
                // Strings and numbers: nothing that JSON can't hold.
                body: Array((try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys)) ?? Data()))
        }
        guard let sheet else {
            return call(
                "/api/v1/cases", .supervisor,
                [
                    "patrol": ["camera": plan.camera, "matter": "matter \(index)"], "grade": 2,
                    "note": text(of: 0),
                ])
        }
        let step = Self.moves[done - 1]
        var members: [String: Any] = ["move": step.move, "version": sheet.version]
        if step.move != "acknowledge" { members["text"] = text(of: done) }
        if step.takesMethod { members["method"] = "onScreen" }
        return call("/api/v1/cases/\(sheet.id)/moves", step.asker, members)
    }

    /// No other step of any case says this.
    private func text(of step: Int) -> String { "case \(index) step \(step)." }

    mutating func take(_ reply: HTTPCaller.Reply) throws {
        guard (200..<300).contains(reply.status) else {
            throw KillPlan.Unexpected("case \(index), step \(done): \(reply.status) \(reply.text.prefix(400))")
        }
        sheet = try JSONDecoder().decode(Sheet.self, from: Data(reply.body))
        done += 1
    }

    /// What is wrong with a history that is read after a kill: every entry that an answer showed must stand in its place
    /// with its hash, nothing may be there twice, and nothing that nobody asked for.
    func faults(in found: Sheet) -> [String] {
        guard let sheet else { return [] }
        var faults: [String] = []
        let kept = found.history.sorted { $0.version < $1.version }
        let answered = sheet.history.sorted { $0.version < $1.version }
        if Array(kept.prefix(answered.count)) != answered { faults.append("case \(index): answered, and not there") }
        if kept.map(\.version) != Array(1...max(1, found.version)) {
            faults.append("case \(index): versions \(kept.map(\.version))")
        }
        for step in 0...min(done, Self.steps - 1) {
            let count = kept.count { $0.text.contains(text(of: step)) }
            let isSilent = step > 0 && Self.moves[step - 1].move == "acknowledge"
            // The step under way at the kill may be there or not.
            let allowed = isSilent ? 0...0 : step < done ? 1...1 : 0...1
            if !allowed.contains(count) { faults.append("case \(index): step \(step) is there \(count) times") }
        }
        let acknowledged = kept.count { $0.act == "case.acknowledged" }
        if acknowledged > 1 { faults.append("case \(index): acknowledged \(acknowledged) times") }
        return faults
    }
}
