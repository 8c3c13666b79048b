/// A day on which a school teaches, with what its counts may depend on. (开学日)
public struct OpenDay: Hashable, Sendable, Codable {
    public enum Season: String, Sendable, Hashable, CaseIterable, Codable {
        /// The term that begins from July on.
        case autumn
        case spring
    }

    public var day: Day
    /// The first day of its term; nil where the calendar knows of none.
    public var term: Day?
    public var season: Season

    public init(day: Day, term: Day?, season: Season) {
        self.day = day
        self.term = term
        self.season = season
    }

    /// 0 = Monday … 6 = Sunday.
    var weekdayIndex: Int { day.weekday - 1 }
}

extension SchoolCalendar {
    /// School days of a span, in order.
    public func openDays(in span: DaySpan) -> [OpenDay] {
        (span.first.number...span.last.number).map(Day.init(number:)).filter(isSchoolDay).map { day in
            let term = terms.filter { $0.days.contains(day) }.map(\.days.first).max()
            return OpenDay(day: day, term: term, season: Self.season(of: term ?? day))
        }
    }

    private static func season(of day: Day) -> OpenDay.Season {
        CivilTime(millisecondsSince1970: Int64(day.number) * 86_400_000).month >= 7 ? .autumn : .spring
    }
}

/// How many on a day. A day on which nothing looked (cameras off, analysis stopped) has no count, not the count 0.
public struct DayCount: Hashable, Sendable, Codable {
    public var open: OpenDay
    /// 0…1,000,000.
    public var count: Int

    public init(_ open: OpenDay, _ count: Int) {
        self.open = open
        self.count = count
    }
}
