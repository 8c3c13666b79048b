import Domain
import Supervision

extension CountyChapter {
    /// Terms and holidays of every year that the county's year touches, and the next. (校历)
    static let calendar = CountyChapter { stage in
        let years = Set([stage.days.first - 120, stage.days.first, stage.days.last, stage.days.last + 200].map(\.year))
        var calendar = SchoolCalendar()
        for year in years.sorted() {
            calendar.terms.append(.init("\(year) 春季学期", span(year, (2, 17), (6, 30))))
            calendar.terms.append(.init("\(year) 秋季学期", span(year, (9, 1), (12, 31))))
            for (name, first, last) in [
                ("元旦", (1, 1), (1, 3)), ("清明节", (4, 4), (4, 6)), ("劳动节", (5, 1), (5, 5)), ("国庆节", (10, 1), (10, 7)),
            ] {
                calendar.holidays.append(.init(name, span(year, first, last)))
            }
        }
        // An autumn term goes on into January.
        for index in calendar.terms.indices where calendar.terms[index].name.hasSuffix("秋季学期") {
            let first = calendar.terms[index].days.first
            calendar.terms[index].days = DaySpan(first, through: day(first.year + 1, 1, 20))
        }
        // Nothing was watched before the first day: a term that began earlier would be compared with what nobody saw.
        calendar.terms = calendar.terms.filter { $0.days.last >= stage.days.first }.map {
            SchoolCalendar.Term($0.name, DaySpan(max($0.days.first, stage.days.first), through: $0.days.last))
        }
        calendar.holidays.removeAll { $0.days.last < stage.days.first }
        stage.calendar = calendar
        _ = try await stage.supervision.calendars.change(calendar, .standard, by: stage.people.administrator)
    }

    private static func span(_ year: Int, _ first: (Int, Int), _ last: (Int, Int)) -> DaySpan {
        DaySpan(day(year, first.0, first.1), through: day(year, last.0, last.1))
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard let found = Day("\(year)-\(two(month))-\(two(day))") else { preconditionFailure("a day of the calendar") }
        return found
    }
}

extension Day {
    fileprivate var year: Int { Int(description.prefix(4)) ?? 0 }
}
