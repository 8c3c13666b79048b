import Testing

@testable import Domain

struct ReportSpanTests {
    private static let calendar = SchoolCalendar(terms: [
        .init("spring", DaySpan(Day("2026-02-16")!, through: Day("2026-06-30")!)),
        .init("autumn", DaySpan(Day("2026-09-01")!, through: Day("2027-01-22")!)),
    ])

    /// Against `date -d … +%G-W%V`.
    @Test(arguments: [
        ("2026-11-30", "week-2026-W49"), ("2026-01-01", "week-2026-W01"), ("2027-01-01", "week-2026-W53"),
        ("2027-01-04", "week-2027-W01"), ("2024-12-30", "week-2025-W01"), ("2023-01-01", "week-2022-W52"),
    ])
    func `a week has the year and number of ISO 8601`(day: String, name: String) throws {
        let day = try #require(Day(day))
        let span = try #require(ReportSpan.holding(day, .week, Self.calendar))
        #expect(span.name.description == name && span.days.contains(day))
        #expect(span.days.first.weekday == 1 && span.days.last - span.days.first == 6)
    }

    @Test func `each name leads back to its span`() throws {
        for number in stride(from: Day("2020-01-01")!.number, to: Day("2031-01-01")!.number, by: 1) {
            for kind in ReportKind.allCases {
                guard let span = ReportSpan.holding(Day(number: number), kind, Self.calendar) else {
                    #expect(kind == .term)
                    continue
                }
                let name = try #require(ReportName(span.name.description))
                #expect(name == span.name && ReportSpan(name, Self.calendar) == span)
            }
        }
    }

    @Test(arguments: [
        "", "week", "week-2026", "week-2026-W00", "week-2026-W54", "week-2025-W53", "week-2026-49", "week-2026-W1",
        "month-2026", "month-2026-13", "month-2026-11-01", "term-2026-9-1", "year-2026", "week-2026-W4９",
        "month-2026-11 ", "term-2026-02-30",
    ]) func `what is no name is none`(text: String) { #expect(ReportName(text) == nil) }

    @Test func `a term that the calendar has not is none, nor is one named by another day`() {
        for text in ["term-2026-09-02", "term-2020-09-01"] {
            #expect(ReportName(text).flatMap { ReportSpan($0, Self.calendar) } == nil)
        }
    }

    @Test func `the span before, and the same days a term before from the same weekday on`() throws {
        func span(_ text: String) throws -> ReportSpan {
            let name = try #require(ReportName(text))
            return try #require(ReportSpan(name, Self.calendar))
        }
        #expect(try span("week-2027-W01").before(in: Self.calendar)?.name.description == "week-2026-W53")
        #expect(try span("month-2027-01").before(in: Self.calendar)?.name.description == "month-2026-12")
        #expect(try span("term-2026-09-01").before(in: Self.calendar)?.name.description == "term-2026-02-16")
        #expect(try span("term-2026-02-16").before(in: Self.calendar) == nil)
        let week = try span("week-2026-W49")
        let earlier = try #require(week.aTermBefore(in: Self.calendar))
        #expect(earlier.first.weekday == 1 && earlier.last - earlier.first == 6)
        // 91 days into a term that begins on a Monday, 90 into one that begins on a Tuesday.
        #expect(earlier.first == Day("2026-05-18")!)
        #expect(try span("month-2026-03").aTermBefore(in: Self.calendar) == nil)
        #expect(try span("month-2026-07").aTermBefore(in: Self.calendar) == nil)
        #expect(try span("term-2026-09-01").aTermBefore(in: Self.calendar) == nil)
    }

    @Test func `the last spans are the newest first, without a hole`() throws {
        let weeks = ReportSpan.last(60, .week, upTo: Day("2026-11-30")!, Self.calendar)
        #expect(weeks.count == 60 && weeks.first?.name.description == "week-2026-W49")
        for (later, earlier) in zip(weeks, weeks.dropFirst()) { #expect(earlier.days.last + 1 == later.days.first) }
        let terms = ReportSpan.last(8, .term, upTo: Day("2026-08-31")!, Self.calendar)
        #expect(terms.map(\.name.description) == ["term-2026-02-16"])
    }
}
