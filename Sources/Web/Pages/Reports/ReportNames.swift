import Domain
import Supervision

/// What the places of a report are called.
struct ReportNames: Sendable {
    let county: String
    let schools: [SchoolID: String]
    let townships: [TownshipID: String]
    let choices: [(territory: Territory, name: String)]

    init(_ site: Site, for principal: Principal) async throws {
        let schools = try await site.supervision.places.tree(for: principal).map(\.school)
        let townships = try await site.supervision.places.townships(for: principal)
        county = site.settings.territory
        self.schools = Dictionary(schools.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        self.townships = Dictionary(townships.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        choices =
            townships.map { (.township($0.id), $0.name) } + schools.map { (.school($0.id), $0.name) }
    }

    func school(_ id: SchoolID) -> String { schools[id] ?? "…\("\(id)".suffix(6))" }

    func place(_ territory: Territory, _ words: Words) -> String {
        switch territory {
        case .county: county.isEmpty ? words("report.county") : county
        case .township(let id): townships[id] ?? words("report.place.gone")
        case .school(let id): schools[id] ?? words("report.place.gone")
        case .canteen: words("report.canteen")
        }
    }
}

extension Words {
    /// `2026 年第 48 周`, `2026 年 11 月`, `学期 2026-09-01 – 2027-01-20`
    func span(_ kind: ReportKind, _ days: DaySpan) -> String {
        switch kind {
        case .week:
            let (year, week) = ReportName.week(of: days.first)
            return self("report.span.week", ["year": "\(year)", "week": "\(week)"])
        case .month:
            let parts = "\(days.first)".split(separator: "-").map(String.init)
            return self("report.span.month", ["year": parts[0], "month": "\(Int(parts[1]) ?? 0)"])
        case .term: return self("report.span.term", ["from": "\(days.first)", "to": "\(days.last)"])
        }
    }
}
