import Domain

/// Which calendars and hours can be meant.
enum CalendarRules {
    /// In order of time, with trimmed names.
    static func checked(_ calendar: SchoolCalendar) throws -> SchoolCalendar {
        var checked = calendar
        checked.terms = try calendar.terms.map {
            SchoolCalendar.Term(try Names.checked($0.name, .terms), $0.days)
        }.sorted { $0.days.first < $1.days.first }
        checked.holidays = try calendar.holidays.map {
            SchoolCalendar.Holiday(try Names.checked($0.name, .holidays), $0.days)
        }.sorted { $0.days.first < $1.days.first }
        try check(checked.terms.map(\.days), .terms, most: 10, longestDays: 250)
        try check(checked.holidays.map(\.days), .holidays, most: 40, longestDays: 100)
        guard checked.makeUpDays.count <= 60 else {
            throw SupervisionError.invalid(.makeUpDays, .outOfRange(minimum: 0, maximum: 60))
        }
        guard !checked.makeUpDays.contains(where: { day in checked.holidays.contains { $0.days.contains(day) } }) else {
            throw SupervisionError.invalid(.makeUpDays, .overlapping)
        }
        try check(checked.weekdays, .weekdays)
        return checked
    }

    static func check(_ hours: WorkingHours) throws {
        guard (0...1439).contains(hours.startMinute), (1...1440).contains(hours.endMinute) else {
            throw SupervisionError.invalid(.hours, .implausible)
        }
        guard hours.startMinute < hours.endMinute else { throw SupervisionError.invalid(.hours, .backwards) }
        try check(hours.weekdays, .hours)
    }

    private static func check(_ weekdays: Set<Int>, _ field: SupervisionError.Field) throws {
        guard !weekdays.isEmpty else { throw SupervisionError.invalid(field, .empty) }
        guard weekdays.isSubset(of: 1...7) else { throw SupervisionError.invalid(field, .implausible) }
    }

    private static func check(
        _ spans: [DaySpan], _ field: SupervisionError.Field, most: Int, longestDays: Int
    ) throws {
        guard spans.count <= most else {
            throw SupervisionError.invalid(field, .outOfRange(minimum: 0, maximum: most))
        }
        guard spans.allSatisfy({ $0.first <= $0.last }) else { throw SupervisionError.invalid(field, .backwards) }
        guard spans.allSatisfy({ $0.last - $0.first < longestDays }) else {
            throw SupervisionError.invalid(field, .longerThanDays(longestDays))
        }
        guard zip(spans, spans.dropFirst()).allSatisfy({ $0.last < $1.first }) else {
            throw SupervisionError.invalid(field, .overlapping)
        }
    }

    /// `05:30`
    static func clock(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}
