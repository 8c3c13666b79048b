/// What a report is about, in time. (报告周期)
public enum ReportKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Monday to Sunday (ISO 8601). (周报)
    case week
    /// (月报)
    case month
    /// Of the county's calendar. (学期报告)
    case term
}

/// A span as it stands in an address: `week-2026-W48`, `month-2026-11`, `term-2026-09-01`.
public struct ReportName: Hashable, Sendable, LosslessStringConvertible {
    public let kind: ReportKind
    public let first: Day

    init(_ kind: ReportKind, from first: Day) {
        self.kind = kind
        self.first = first
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = ReportKind(rawValue: parts[0]) else { return nil }
        let found: Day? =
            switch kind {
            case .week: Self.monday(of: parts[1])
            case .month: Day(parts[1] + "-01")
            case .term: Day(parts[1])
            }
        guard let found else { return nil }
        self.init(kind, from: found)
    }

    public var description: String {
        switch kind {
        case .week:
            let (year, week) = Self.week(of: first)
            return "week-\(Self.digits(year, 4))-W\(twoDigits(week))"
        case .month: return "month-" + String("\(first)".dropLast(3))
        case .term: return "term-\(first)"
        }
    }

    /// ISO 8601: the year and week that hold a day; a week belongs to the year of its Thursday.
    public static func week(of day: Day) -> (year: Int, week: Int) {
        let thursday = day + (4 - day.weekday)
        let year = CivilTime(millisecondsSince1970: Int64(thursday.number) * 86_400_000).year
        let first = Day("\(digits(year, 4))-01-01") ?? thursday
        return (year, (thursday - first) / 7 + 1)
    }

    private static func monday(of text: String) -> Day? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[1].count == 3, parts[1].first == "W",
            let week = Int(parts[1].dropFirst()), week >= 1, let fourth = Day("\(parts[0])-01-04")
        else { return nil }
        // The fourth of January is in the first week.
        let monday = fourth - (fourth.weekday - 1) + (week - 1) * 7
        let found = Self.week(of: monday)
        return found.year == Int(parts[0]) && found.week == week ? monday : nil
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

/// A week, a month or a term, in days.
public struct ReportSpan: Hashable, Sendable {
    public let kind: ReportKind
    public let days: DaySpan

    public var name: ReportName { ReportName(kind, from: days.first) }

    private init(_ kind: ReportKind, _ days: DaySpan) {
        self.kind = kind
        self.days = days
    }

    /// nil = a term that the calendar has not.
    public init?(_ name: ReportName, _ calendar: SchoolCalendar) {
        guard let found = Self.holding(name.first, name.kind, calendar), found.days.first == name.first else {
            return nil
        }
        self = found
    }

    /// nil = the day lies in no term.
    public static func holding(_ day: Day, _ kind: ReportKind, _ calendar: SchoolCalendar) -> ReportSpan? {
        switch kind {
        case .week:
            let monday = day - (day.weekday - 1)
            return ReportSpan(.week, DaySpan(monday, through: monday + 6))
        case .month:
            let civil = CivilTime(millisecondsSince1970: Int64(day.number) * 86_400_000)
            let first = day - (civil.day - 1)
            return ReportSpan(
                .month, DaySpan(first, through: first + (CivilTime.days(in: civil.month, of: civil.year) - 1)))
        case .term:
            return calendar.terms.first { $0.days.contains(day) }.map { ReportSpan(.term, $0.days) }
        }
    }

    /// The last ones that had begun on a day, the newest first.
    public static func last(
        _ count: Int, _ kind: ReportKind, upTo day: Day, _ calendar: SchoolCalendar
    ) -> [ReportSpan] {
        if kind == .term {
            return calendar.terms.map(\.days).filter { $0.first <= day }.sorted { $1.first < $0.first }.prefix(count)
                .map { ReportSpan(.term, $0) }
        }
        var spans: [ReportSpan] = []
        var next = day
        while spans.count < count, let span = holding(next, kind, calendar) {
            spans.append(span)
            next = span.days.first - 1
        }
        return spans
    }

    /// The one before of the same kind; nil = there is no term before.
    public func before(in calendar: SchoolCalendar) -> ReportSpan? {
        guard kind == .term else { return Self.holding(days.first - 1, kind, calendar) }
        return calendar.terms.map(\.days).filter { $0.last < days.first }.max { $0.first < $1.first }
            .map { ReportSpan(.term, $0) }
    }

    /// As many days as far from the beginning of the term before, from the same weekday on: what a school year repeats.
    /// nil = the span begins in no term, there is none before, or it is a term itself, whose own answer is ``before(in:)``.
    public func aTermBefore(in calendar: SchoolCalendar) -> DaySpan? {
        guard kind != .term else { return nil }
        // A span that begins in the holidays is told by the term that its middle lies in.
        let middle = days.first + (days.last - days.first) / 2
        guard let own = calendar.terms.first(where: { $0.days.contains(middle) }),
            let before = calendar.terms.filter({ $0.days.last < own.days.first }).max(by: {
                $0.days.first < $1.days.first
            })
        else { return nil }
        let apart = own.days.first - before.days.first
        // To the nearest whole week.
        let shift = (apart + 3) / 7 * 7
        return DaySpan(days.first - shift, through: days.last - shift)
    }
}
