import Testing

@testable import Domain

struct SchoolTimeTests {
    let time = Terms.time

    @Test(arguments: [
        ("2026-11-23", true, "a Monday in term"), ("2026-11-21", false, "a Saturday"),
        ("2026-10-01", false, "a holiday"), ("2026-10-10", true, "a Saturday that makes up for one"),
        ("2026-09-20", true, "a Sunday that makes up for one"), ("2027-02-01", false, "between the terms"),
        ("2026-08-31", true, "before the first term: nothing is known, so it counts"),
        ("2027-08-02", false, "the summer holiday"), ("2027-09-08", false, "seventy days after the last term"),
        ("2027-09-09", true, "longer than any holiday: somebody forgot to enter a term"),
    ])
    func `a day is a school day or not`(day: String, expected: Bool, why: String) {
        #expect(Terms.calendar.isSchoolDay(Terms.day(day)) == expected, "\(why)")
    }

    @Test(
        arguments: [
            ("2026-11-23", 3, "2026-11-26"), ("2026-11-26", 3, "2026-12-01"), ("2026-09-30", 1, "2026-10-08"),
            ("2026-09-30", 3, "2026-10-10"), ("2027-01-22", 1, "2027-02-22"), ("2026-09-18", 1, "2026-09-20"),
        ] as [(String, Int, String)])
    func `school days are counted over weekends, holidays and make-up days`(from: String, count: Int, last: String) {
        let days = time.schoolDays(after: Terms.day(from), count: count)
        #expect(days.count == count && days.last == Terms.day(last))
    }

    @Test(
        arguments: [
            ("2026-11-23 10:00", 15, "2026-11-23 10:15", "within the day"),
            ("2026-11-23 04:00", 15, "2026-11-23 05:45", "before work begins"),
            ("2026-11-23 19:15", 15, "2026-11-23 19:30", "exactly to the end"),
            ("2026-11-23 19:20", 15, "2026-11-24 05:35", "over the night"),
            ("2026-11-20 19:20", 15, "2026-11-23 05:35", "over the weekend"),
            ("2026-11-21 12:00", 120, "2026-11-23 07:30", "from a Saturday"),
            ("2026-09-30 19:00", 120, "2026-10-08 07:00", "over the national holiday"),
            ("2026-10-09 19:00", 120, "2026-10-10 07:00", "into a make-up Saturday"),
            ("2027-01-22 19:00", 60, "2027-02-22 06:00", "over the winter holiday"),
            ("2026-11-23 10:00", 0, "2026-11-23 10:00", "no time at all"),
        ] as [(String, Int, String, String)])
    func `working time is added`(from: String, minutes: Int, expected: String, why: String) {
        let end = time.addWorkingTime(minutes: minutes, from: Terms.moment(from))
        #expect(Terms.text(end) == expected, "\(why)")
    }

    @Test func `who works from Monday to Friday also works on a Saturday that is made up`() {
        let hours = WorkingHours(startMinute: 480, endMinute: 1020, weekdays: [1, 2, 3, 4, 5])
        let office = SchoolTime(calendar: Terms.calendar, hours: hours)
        #expect(office.isWorking(at: Terms.moment("2026-10-10 08:00")))
        #expect(!office.isWorking(at: Terms.moment("2026-10-10 17:00")))
        #expect(!office.isWorking(at: Terms.moment("2026-10-17 08:00")))
        #expect(!office.isWorking(at: Terms.moment("2026-10-05 08:00")))
    }

    @Test func `adding working time is monotonic, and counting it gives it back`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<3000 {
            let start = UTCTime(milliseconds: Int64.random(in: 1_788_000_000_000...1_813_000_000_000, using: &random))
            let some = Duration.milliseconds(Int64.random(in: 0...200_000_000, using: &random))
            let more = some + .milliseconds(Int64.random(in: 0...100_000_000, using: &random))
            let later = start + .milliseconds(Int64.random(in: 0...1_000_000_000, using: &random))
            let end = time.addWorkingTime(some, from: start)
            #expect(start <= end)
            #expect(end <= time.addWorkingTime(more, from: start))
            #expect(end <= time.addWorkingTime(some, from: later))
            #expect(time.workingTime(in: TimeSpan(start: start, end: end)) == some)
        }
    }

    @Test func `a calendar in which nobody ever works still ends every deadline`() {
        let never = SchoolTime(
            calendar: SchoolCalendar(weekdays: []), hours: WorkingHours(startMinute: 0, endMinute: 0, weekdays: []))
        let start = Terms.moment("2026-11-23 10:00")
        for unit in Allowance.Unit.allCases {
            let end = never.end(of: Allowance(3, unit), from: start)
            #expect(start < end && end < start + .seconds(410 * 86_400), "\(unit)")
        }
    }

    @Test(
        arguments: [
            (.workingMinutes(15), "2026-11-20 19:20", "2026-11-23 05:35"),
            (.workingMinutes(120), "2026-11-23 18:30", "2026-11-24 06:30"),
            (.hours(24), "2026-11-21 12:00", "2026-11-22 12:00"),
            (.schoolDays(1), "2026-11-20 08:00", "2026-11-23 19:30"),
            (.schoolDays(3), "2026-11-20 08:00", "2026-11-25 19:30"),
            (.schoolDays(3), "2026-09-29 08:00", "2026-10-09 19:30"),
            (.days(7), "2026-11-23 08:00", "2026-11-30 19:30"),
            (.days(7), "2026-09-29 08:00", "2026-10-06 19:30"),
        ] as [(Allowance, String, String)])
    func `an allowance ends`(allowance: Allowance, from: String, expected: String) {
        #expect(Terms.text(time.end(of: allowance, from: Terms.moment(from))) == expected)
    }

    @Test(
        arguments: [
            (.workingMinutes(120), "2026-11-23 10:30", 180, "2026-11-23 15:00", "work goes on where it stopped"),
            (.workingMinutes(120), "2026-11-23 10:30", 1440, "2026-11-24 12:00", "on the next day"),
            (.hours(24), "2026-11-23 10:30", 180, "2026-11-24 13:00", "by the clock"),
            (.schoolDays(3), "2026-11-23 10:30", 180, "2026-11-26 19:30", "the day it began never counted"),
            (.schoolDays(3), "2026-11-24 10:30", 180, "2026-11-27 19:30", "the day of the pause does not count"),
            (.schoolDays(3), "2026-11-24 20:00", 180, "2026-11-26 19:30", "after work no day is lost"),
            (.days(7), "2026-11-25 10:00", 2880, "2026-12-03 19:30", "three days touched"),
        ] as [(Allowance, String, Int, String, String)])
    func `what a pause took is given back`(
        allowance: Allowance, pausedAt: String, minutes: Int, expected: String, why: String
    ) {
        let pause = TimeSpan(start: Terms.moment(pausedAt), duration: .seconds(minutes * 60))
        let end = time.end(of: allowance, from: Terms.moment("2026-11-23 09:00") + .seconds(3600), pauses: [pause])
        #expect(Terms.text(end) == expected, "\(why)")
    }

    @Test func `pauses never bring a deadline forward, and those after it change nothing`() {
        var random = SeededRandom(seed: 8)
        for _ in 0..<2000 {
            let start = UTCTime(milliseconds: Int64.random(in: 1_788_000_000_000...1_813_000_000_000, using: &random))
            let unit = Allowance.Unit.allCases.randomElement(using: &random) ?? .hours
            let allowance = Allowance(Int.random(in: 1...40, using: &random), unit)
            let plain = time.end(of: allowance, from: start)
            var pauses: [TimeSpan] = []
            var at = start
            var previous = plain
            for _ in 0..<3 {
                at = at + .milliseconds(Int64.random(in: 0...200_000_000, using: &random))
                let pause = TimeSpan(
                    start: at, duration: .milliseconds(Int64.random(in: 0...300_000_000, using: &random)))
                at = pause.end
                pauses.append(pause)
                let end = time.end(of: allowance, from: start, pauses: pauses)
                #expect(end >= previous)
                if pause.start >= previous { #expect(end == previous) }
                if unit == .hours {
                    let lost = pauses.filter { $0.start < end }.reduce(Duration.zero) { $0 + $1.duration }
                    #expect(end == plain + lost)
                }
                previous = end
            }
        }
    }

    @Test func `days are numbered as the calendar has them`() {
        for (text, weekday) in [("2026-11-23", 1), ("1970-01-01", 4), ("1969-12-31", 3), ("2027-02-28", 7)] {
            #expect(Terms.day(text).weekday == weekday && "\(Terms.day(text))" == text)
        }
        #expect(Day(of: Terms.moment("2026-11-23 00:00"), in: .shanghai) == Terms.day("2026-11-23"))
        #expect(Day(of: Terms.moment("2026-11-22 23:59"), in: .shanghai) == Terms.day("2026-11-22"))
        #expect(Terms.day("1969-12-31").time(minute: 0, in: .shanghai) == Terms.moment("1969-12-31 00:00"))
    }
}
