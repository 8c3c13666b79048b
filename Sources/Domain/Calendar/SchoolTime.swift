/// How time counts for one school: its calendar, its hours, its zone.
///
/// Working time is the school's hours on its school days. A kitchen that also cooks on Sundays has Sundays in its
/// calendar's weekdays; hours alone make no day a school day.
public struct SchoolTime: Hashable, Sendable {
    public var calendar: SchoolCalendar
    public var hours: WorkingHours
    public var zone: TerritoryZone

    public init(calendar: SchoolCalendar, hours: WorkingHours = .standard, zone: TerritoryZone = .shanghai) {
        self.calendar = calendar
        self.hours = hours
        self.zone = zone
    }

    /// No search goes further: a calendar with nothing but holidays must not take a deadline away.
    private static let horizonDays = 400

    public func day(of time: UTCTime) -> Day { Day(of: time, in: zone) }

    /// When work ends on this day, or would end.
    public func endOfWork(on day: Day) -> UTCTime { day.time(minute: hours.endMinute, in: zone) }

    /// The first `count` school days after this one, in order. Past the horizon of 400 days every day counts.
    public func schoolDays(after day: Day, count: Int) -> [Day] {
        var found: [Day] = []
        var next = day + 1
        while found.count < count {
            if next - day > Self.horizonDays || calendar.isSchoolDay(next) { found.append(next) }
            next = next + 1
        }
        return found
    }

    /// This day when it is a school day, else the next one.
    public func schoolDay(from day: Day) -> Day {
        calendar.isSchoolDay(day) ? day : schoolDays(after: day, count: 1)[0]
    }

    /// Working hours of this day; nil when nobody works.
    public func workingSpan(on day: Day) -> TimeSpan? {
        guard calendar.isSchoolDay(day), hours.startMinute < hours.endMinute,
            hours.weekdays.contains(day.weekday) || calendar.makeUpDays.contains(day)
        else { return nil }
        return TimeSpan(start: day.time(minute: hours.startMinute, in: zone), end: endOfWork(on: day))
    }

    public func isWorking(at time: UTCTime) -> Bool { workingSpan(on: day(of: time))?.contains(time) == true }

    /// Working time in a span.
    public func workingTime(in span: TimeSpan) -> Duration {
        guard !span.isEmpty else { return .zero }
        var sum = Duration.zero
        var day = day(of: span.start)
        let last = self.day(of: span.end)
        while day <= last {
            if let shared = workingSpan(on: day)?.intersection(span) { sum += shared.duration }
            day = day + 1
        }
        return sum
    }

    /// The moment at which this much working time has passed: the end of a working span rather than the start of the
    /// next. Past the horizon of 400 days every hour counts.
    public func addWorkingTime(_ working: Duration, from start: UTCTime) -> UTCTime {
        var left = working
        guard left > .zero else { return start }
        let first = day(of: start)
        for offset in 0...Self.horizonDays {
            guard let span = workingSpan(on: first + offset), span.end > start else { continue }
            let from = max(span.start, start)
            if from + left <= span.end { return from + left }
            left -= span.end - from
        }
        return max(start, (first + Self.horizonDays).time(minute: 1440, in: zone)) + left
    }

    public func addWorkingTime(minutes: Int, from start: UTCTime) -> UTCTime {
        addWorkingTime(.seconds(minutes * 60), from: start)
    }
}
