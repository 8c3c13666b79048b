import Domain
import Supervision

/// The hall's scenes, when which is shown, and the switch for visitors.
struct HallScenesPage: Page {
    /// A scene as a little picture of its layout.
    struct Scene: Sendable {
        let name: String
        let audience: String
        let isForVisitors: Bool
        /// Shown by the plan at this moment.
        let isShown: Bool
        let address: String
        /// nil = the reader lays out nothing.
        let editAddress: String?
        let panels: [Miniature]
    }

    struct Miniature: Sendable {
        let place: String
        let kind: String
        let word: String
    }

    struct Turn: Sendable {
        let index: String
        let scenes: [Choice]
        let weekdays: [Choice]
        let start: String
        let end: String
    }

    static let template = "hall-scenes"
    let scenes: [Scene]
    let screen: String
    let mayManage: Bool
    let isVisiting: Bool
    let visitState: String
    let visitAction: String
    let planAction: String
    let newAddress: String
    let mapAddress: String
    let seen: String
    let fault: String?
    let stale: StaleSave?
    let done: String?
    let standard: [Choice]
    let visitors: [Choice]
    let turns: [Turn]
}

/// The plan as it was typed: a row for each turn, and empty rows for more.
struct HallPlanForm: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        var scene = ""
        var weekdays: Set<Int> = []
        var start = ""
        var end = ""

        var isEmpty: Bool { start.isEmpty && end.isEmpty && weekdays.isEmpty }
    }

    var standard: String
    var visitors: String
    var rows: [Row]

    init(_ plan: HallPlan) {
        standard = "\(plan.standard)"
        visitors = "\(plan.visitors)"
        rows = plan.turns.map {
            Row(
                scene: "\($0.scene)", weekdays: $0.weekdays, start: CalendarForm.clock($0.startMinute),
                end: CalendarForm.clock($0.endMinute))
        }
    }

    init(_ fields: FormFields) {
        standard = fields.text("standard") ?? ""
        visitors = fields.text("visitors") ?? ""
        rows = (0..<HallPlan.mostTurns).map { index in
            Row(
                scene: fields.text("turn.\(index).scene") ?? "",
                weekdays: Set(fields.all("turn.\(index).day").compactMap { Int($0) }),
                start: fields.text("turn.\(index).start") ?? "", end: fields.text("turn.\(index).end") ?? "")
        }.filter { !$0.isEmpty }
    }

    /// - Throws: ``HallFault/plan(_:)`` for what is no scene and no time at all.
    func plan() throws -> HallPlan {
        var turns: [HallPlan.Turn] = []
        for (index, row) in rows.enumerated() {
            guard let scene = HallSceneID(row.scene) else { throw HallFault.plan([.unknownScene(index)]) }
            guard let start = CalendarForm.minute(row.start), let end = CalendarForm.minute(row.end) else {
                throw HallFault.plan([.badTurn(index)])
            }
            // Midnight at the end of a span is the end of the day.
            turns.append(.init(scene, weekdays: row.weekdays, startMinute: start, endMinute: end == 0 ? 1440 : end))
        }
        guard let standard = HallSceneID(standard) else { throw HallFault.plan([.unknownStandard]) }
        guard let visitors = HallSceneID(visitors) else { throw HallFault.plan([.notForVisitors]) }
        return HallPlan(standard: standard, visitors: visitors, turns: turns)
    }
}
