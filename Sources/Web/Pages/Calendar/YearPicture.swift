import Domain

/// A school year as a picture: twelve months, each day in the colour of what it is, with a word behind the colour.
struct YearPicture: Sendable {
    struct Month: Sendable {
        let name: String
        let schoolDays: String
        let weeks: [Week]
    }

    struct Week: Sendable {
        let days: [Cell]
    }

    struct Cell: Sendable {
        /// Empty outside of the month.
        let number: String
        /// `school`, `makeup`, `holiday`, `off`, `between`, or empty.
        let kind: String
        /// One character beside the number; never the colour alone.
        let mark: String
        /// `2026-10-01 国庆节`
        let title: String
        let isToday: Bool
    }

    /// In which the first month lies.
    let firstYear: Int
    let title: String
    let months: [Month]
    let weekdays: [String]

    /// - Parameter year: In whose September the school year begins; nil = the one that `today` lies in.
    init(_ calendar: SchoolCalendar, year: Int?, today: Day, words: Words) {
        let now = CivilTime(date: "\(today)")
        let first = year ?? ((now?.month ?? 9) >= 9 ? now?.year ?? 2026 : (now?.year ?? 2026) - 1)
        firstYear = first
        title = words("calendar.year", ["first": "\(first)", "last": "\(first + 1)"])
        weekdays = (1...7).map { words("calendar.weekday.\($0)") }
        months = (9...20).map { month in
            Self.month(month > 12 ? month - 12 : month, of: month > 12 ? first + 1 : first, calendar, today, words)
        }
    }

    private static func month(
        _ month: Int, of year: Int, _ calendar: SchoolCalendar, _ today: Day, _ words: Words
    ) -> Month {
        let prefix = "\(year)-\(month < 10 ? "0" : "")\(month)-"
        let days = (1...31).compactMap { Day("\(prefix)\($0 < 10 ? "0" : "")\($0)") }
        let empty = Cell(number: "", kind: "", mark: "", title: "", isToday: false)
        var cells = Array(repeating: empty, count: (days.first?.weekday ?? 1) - 1)
        for (index, day) in days.enumerated() {
            let (kind, name) = kind(of: day, calendar, words)
            cells.append(
                Cell(
                    number: "\(index + 1)", kind: kind, mark: words("calendar.mark.\(kind)"), title: "\(day) \(name)",
                    isToday: day == today))
        }
        while !cells.count.isMultiple(of: 7) { cells.append(empty) }
        let count = days.count { calendar.isSchoolDay($0) }
        return Month(
            name: words("calendar.month", ["year": "\(year)", "month": "\(month)"]),
            schoolDays: words("calendar.schoolDays", ["count": "\(count)"]),
            weeks: stride(from: 0, to: cells.count, by: 7).map { Week(days: Array(cells[$0..<$0 + 7])) })
    }

    private static func kind(
        of day: Day, _ calendar: SchoolCalendar, _ words: Words
    ) -> (kind: String, name: String) {
        if calendar.makeUpDays.contains(day) { return ("makeup", words("calendar.kind.makeup")) }
        if let holiday = calendar.holidays.first(where: { $0.days.contains(day) }) { return ("holiday", holiday.name) }
        if calendar.isSchoolDay(day) {
            let term = calendar.terms.first { $0.days.contains(day) }
            return ("school", term?.name ?? words("calendar.kind.school"))
        }
        if calendar.weekdays.contains(day.weekday) { return ("between", words("calendar.kind.between")) }
        return ("off", words("calendar.kind.off"))
    }
}
