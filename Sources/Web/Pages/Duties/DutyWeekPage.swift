import Documents
import Domain
import Supervision

/// Who has done what in a week: schools × duties.
struct DutyWeekPage: Page {
    struct Cell: Sendable {
        let text: String
        let means: String
        /// `missed`, `late`, `open`, `done` or `none`.
        let style: String
    }

    struct Row: Sendable {
        let school: String
        let address: String
        let cells: [Cell]
        let missed: String
        let hasMissed: Bool
    }

    static let template = "duty-week"
    let finding: String
    let week: String
    let townships: [Choice]
    let hasTownships: Bool
    let weekValue: String
    /// nil where nothing counted yet.
    let previous: String?
    let next: String?
    let duties: [String]
    let rows: [Row]
    let hasRows: Bool
    let isUncounted: Bool
    let planAddress: String?
    let papersAddress = SiteURL.duty(.papers).path
    let fileAddress: String
    let sheetAddress: String

    init(_ sheet: DutyWeek, place: Territory?, mayPlan: Bool, _ wording: Wording) {
        let words = wording.words
        let all = sheet.all
        var township: TownshipID?
        if case .township(let id)? = place { township = id }
        let pairs: [(name: String, value: String?)] = [("township", township.map { "\($0)" })]
        func address(_ monday: Day) -> String { SiteURL.duty(.day).with([("week", "\(monday)")] + pairs) }
        let isCounted = sheet.start.map { $0 <= sheet.days.last } ?? false
        isUncounted = !isCounted
        finding =
            !isCounted
            ? words("duties.finding.uncounted")
            : all.missed == 0
                ? words("duties.finding.none", ["count": wording.count(all.done + all.late)])
                : words(
                    "duties.finding",
                    [
                        "schools": wording.count(sheet.rows.count { $0.all.missed > 0 }),
                        "count": wording.count(all.missed), "due": wording.count(all.due),
                    ])
        week = words("duties.week", ["from": "\(sheet.days.first)", "to": "\(sheet.days.last)"])
        weekValue = "\(sheet.days.first)"
        previous = sheet.start.map { $0 < sheet.days.first } ?? false ? address(sheet.days.first - 7) : nil
        next = sheet.isThisWeek ? nil : address(sheet.days.first + 7)
        townships = sheet.townships.map {
            Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == township)
        }
        hasTownships = sheet.townships.count > 1
        duties = SchoolDuty.allCases.map { words($0) }
        rows = sheet.rows.map { row in
            Row(
                school: row.school.name,
                address: SiteURL.duty(.book(.value(row.school.id))).with([
                    ("from", "\(sheet.days.first)"), ("to", "\(sheet.days.last)"),
                ]), cells: SchoolDuty.allCases.map { Cell(row.counts[$0], wording) },
                missed: wording.count(row.all.missed), hasMissed: row.all.missed > 0)
        }
        hasRows = !rows.isEmpty
        planAddress = mayPlan ? SiteURL.duty(.plan).path : nil
        let query = [("week", Optional("\(sheet.days.first)"))] + pairs.map { ($0.name, $0.value) }
        fileAddress = SiteURL.duty(.table(.csv)).with(query.map { (name: $0.0, value: $0.1) })
        sheetAddress = SiteURL.duty(.table(.xlsx)).with(query.map { (name: $0.0, value: $0.1) })
    }
}

extension DutyWeekPage.Cell {
    init(_ count: DutyCount?, _ wording: Wording) {
        let words = wording.words
        guard let count, count.due + count.open > 0 else {
            self.init(text: "", means: words("duties.cell.none"), style: "none")
            return
        }
        let means = words(
            "duties.cell",
            [
                "done": wording.count(count.done), "late": wording.count(count.late),
                "missed": wording.count(count.missed), "open": wording.count(count.open),
            ])
        let style =
            count.missed > 0 ? "missed" : count.late > 0 ? "late" : count.due == 0 ? "open" : "done"
        self.init(
            text: count.due == 0 ? words("duties.cell.open") : "\(count.done + count.late)/\(count.due)", means: means,
            style: style)
    }
}

/// The same as rows of a file.
struct DutyTable: TablePages {
    private var rows: [[TableValue]]?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [TableColumn(words("field.school"), width: 28), TableColumn(words("field.duty"), width: 18)]
            + ["dutyState.done", "dutyState.late", "dutyState.missed", "dutyState.open", "duties.problems"].map {
                TableColumn(words($0), .integer)
            }
    }

    init(_ week: DutyWeek, _ wording: Wording) {
        rows = week.rows.flatMap { row in
            SchoolDuty.allCases.compactMap { duty in
                row.counts[duty].map { count in
                    [.text(row.school.name), .text(wording.words(duty))]
                        + [count.done, count.late, count.missed, count.open, count.problems].map { .integer($0) }
                }
            }
        }
    }

    mutating func next() async throws -> [[TableValue]]? {
        defer { rows = nil }
        return rows.flatMap { $0.isEmpty ? nil : $0 }
    }
}
