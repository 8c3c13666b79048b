import Domain
import Supervision

/// The form of a calendar and its hours, as it was typed: a row for each term and holiday, and empty rows for more.
struct CalendarForm: Sendable {
    struct Row: Sendable, Hashable {
        var name = ""
        var first = ""
        var last = ""

        var isEmpty: Bool { name.isEmpty && first.isEmpty && last.isEmpty }
    }

    var isSchool: Bool
    var usesOwnCalendar: Bool
    var usesOwnHours: Bool
    var terms: [Row]
    var holidays: [Row]
    /// One date in each line.
    var makeUpDays: String
    var weekdays: Set<Int>
    var start: String
    var end: String
    var workdays: Set<Int>

    private static let mostTerms = 10
    private static let mostHolidays = 40

    init(_ sheet: CalendarSheet) {
        let (calendar, hours) = (sheet.calendar, sheet.hours)
        isSchool = sheet.school != nil
        usesOwnCalendar = !isSchool || sheet.own != nil
        usesOwnHours = !isSchool || sheet.ownHours != nil
        terms = Self.withEmptyRows(
            calendar.terms.map { Row(name: $0.name, first: "\($0.days.first)", last: "\($0.days.last)") }, 2,
            most: Self.mostTerms)
        holidays = Self.withEmptyRows(
            calendar.holidays.map { Row(name: $0.name, first: "\($0.days.first)", last: "\($0.days.last)") }, 3,
            most: Self.mostHolidays)
        makeUpDays = calendar.makeUpDays.sorted().map { "\($0)" }.joined(separator: "\n")
        weekdays = calendar.weekdays
        start = Self.clock(hours.startMinute)
        end = Self.clock(hours.endMinute)
        workdays = hours.weekdays
    }

    init(_ fields: FormFields, isSchool: Bool) {
        self.isSchool = isSchool
        usesOwnCalendar = !isSchool || fields.flag("ownCalendar")
        usesOwnHours = !isSchool || fields.flag("ownHours")
        terms = Self.rows(fields, "term", most: Self.mostTerms)
        holidays = Self.rows(fields, "holiday", most: Self.mostHolidays)
        makeUpDays = fields["makeUpDays"] ?? ""
        weekdays = Set(fields.all("weekday").compactMap { Int($0) })
        start = fields.text("start") ?? ""
        end = fields.text("end") ?? ""
        workdays = Set(fields.all("workday").compactMap { Int($0) })
    }

    /// Where another form differs, each as `what: there → here`.
    func differences(from other: CalendarForm, _ words: Words) -> [String] {
        func spans(_ rows: [Row]) -> String {
            rows.filter { !$0.isEmpty }.map { "\($0.name) \($0.first)–\($0.last)" }.joined(
                separator: words("list.comma"))
        }
        func facts(_ form: CalendarForm) -> [(label: String, value: String)] {
            let (days, hours) = (form.usesOwnCalendar, form.usesOwnHours)
            let asCounty = words("stale.asCounty")
            let makeUp = form.makeUpDays.split { $0.isWhitespace || $0.isNewline }.joined(
                separator: words("list.comma"))
            return [
                (words("calendar.terms"), days ? spans(form.terms) : asCounty),
                (words("calendar.holidays"), days ? spans(form.holidays) : asCounty),
                (words("field.makeUpDays"), days ? makeUp : asCounty),
                (words("field.weekdays"), days ? self.days(form.weekdays, words) : asCounty),
                (words("field.hours"), hours ? "\(form.start)–\(form.end)" : asCounty),
                (words("calendar.workdays"), hours ? self.days(form.workdays, words) : asCounty),
            ]
        }
        return zip(facts(other), facts(self)).filter { $0.value != $1.value }.map { there, here in
            words(
                "stale.difference",
                [
                    "what": here.label, "kept": there.value.isEmpty ? "–" : there.value,
                    "typed": here.value.isEmpty ? "–" : here.value,
                ])
        }
    }

    private func days(_ days: Set<Int>, _ words: Words) -> String {
        days.sorted().map { words("weekday.\($0)") }.joined(separator: words("list.comma"))
    }

    /// Rows that are empty are left out: that is how one is removed.
    func calendar() throws(SupervisionError) -> SchoolCalendar {
        var calendar = SchoolCalendar(weekdays: weekdays)
        for row in terms where !row.isEmpty {
            calendar.terms.append(SchoolCalendar.Term(row.name, try row.days(.terms)))
        }
        for row in holidays where !row.isEmpty {
            calendar.holidays.append(SchoolCalendar.Holiday(row.name, try row.days(.holidays)))
        }
        for text in makeUpDays.split(whereSeparator: { $0.isWhitespace || $0.isNewline || "，,、;；".contains($0) }) {
            guard let day = Day(String(text)) else { throw .invalid(.makeUpDays, .notADate) }
            calendar.makeUpDays.insert(day)
        }
        return calendar
    }

    func hours() throws(SupervisionError) -> WorkingHours {
        guard let start = Self.minute(start), let end = Self.minute(end) else { throw .invalid(.hours, .implausible) }
        return WorkingHours(startMinute: start, endMinute: end, weekdays: workdays)
    }

    private static func rows(_ fields: FormFields, _ kind: String, most: Int) -> [Row] {
        let columns = ["name", "first", "last"].map { fields.all("\(kind).\($0)") }
        // One more than there may be, so that the rule says so.
        let count = min(columns.map(\.count).min() ?? 0, most + 1)
        return (0..<count).map { index in
            Row(
                name: columns[0][index].trimmingBlanks(), first: columns[1][index].trimmingBlanks(),
                last: columns[2][index].trimmingBlanks())
        }
    }

    private static func withEmptyRows(_ rows: [Row], _ count: Int, most: Int) -> [Row] {
        rows + Array(repeating: Row(), count: max(0, min(count, most - rows.count)))
    }

    static func clock(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    /// `05:30`; `24:00` is the end of the day.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
            (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}

extension CalendarForm.Row {
    fileprivate func days(_ field: SupervisionError.Field) throws(SupervisionError) -> DaySpan {
        guard let first = Day(first), let last = Day(last) else { throw .invalid(field, .notADate) }
        guard first <= last else { throw .invalid(field, .backwards) }
        return DaySpan(first, through: last)
    }
}
