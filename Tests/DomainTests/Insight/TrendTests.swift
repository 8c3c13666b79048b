import Testing

@testable import Domain

struct TrendTests {
    /// So many standing captures at ten o'clock of each day.
    private func tally(_ question: InsightQuestion, from: Day, _ counts: (Day) -> Int) -> CaptureTally {
        var random = SeededRandom(seed: 1)
        let time = Terms.moment("2026-08-01 00:00")
        let camera = CameraID(UUIDv7(at: time, using: &random))
        let school = SchoolID(UUIDv7(at: time, using: &random))
        var facts = CaptureFacts()
        for number in from.number...question.days.last.number {
            let met = Day(number: number).time(minute: 600, in: .shanghai)
            for _ in 0..<counts(Day(number: number)) {
                facts.set(
                    CaptureFact(
                        id: CaptureID(UUIDv7(at: met, using: &random)), camera: camera, item: .noHat, metAt: met,
                        outcome: .confirmed, judgement: nil))
            }
        }
        return CaptureTally(
            question, of: facts, places: [camera: CameraPlace(PlacePath(school: school, camera: camera), .cooking)],
            seriesFrom: from, zone: .shanghai)
    }

    @Test func `days are held against the same weekdays of the term before`() {
        let days = Terms.span("2027-03-01", "2027-03-14")
        let from = Trend.needed(for: days, Terms.calendar)
        #expect(from == Terms.day("2026-09-01"))
        // Mondays 4, other days 1, days off too, and in March twice that.
        let counts = { (day: Day) in (day.weekday == 1 ? 4 : 1) * (day >= days.first ? 2 : 1) }
        let trend = Trend(tally(InsightQuestion(days), from: from, counts), Terms.calendar)
        #expect(trend.step == .day && trend.points.count == 14)
        for point in trend.points {
            let isOff = point.days.first.weekday > 5
            #expect(point.schoolDays == (isOff ? 0 : 1))
            #expect(point.expected == (point.days.first.weekday == 1 ? 4 : 1))
        }
        #expect(trend.change?.expected == 20)
        #expect(trend.change?.count == 40)
    }

    @Test func `what lies between terms is held against nothing`() {
        let days = Terms.span("2027-01-20", "2027-02-25")
        let from = Trend.needed(for: days, Terms.calendar)
        let trend = Trend(tally(InsightQuestion(days), from: from) { _ in 1 }, Terms.calendar)
        for point in trend.points {
            #expect((point.expected != nil) == (point.days.first >= Terms.day("2027-02-22")), "\(point.days.first)")
        }
    }

    @Test func `the first term has nothing to be held against`() {
        let days = Terms.span("2026-10-08", "2026-10-20")
        let trend = Trend(tally(InsightQuestion(days), from: days.first) { _ in 3 }, Terms.calendar)
        #expect(trend.points.allSatisfy { $0.expected == nil && $0.count == 3 })
        #expect(trend.change == nil)
    }

    @Test func `long spans go by weeks and months, and no day is lost or counted twice`() {
        for (first, last, step) in [
            ("2026-09-02", "2026-09-30", Trend.Step.day), ("2026-09-02", "2027-01-15", .week),
            ("2026-09-02", "2027-06-17", .month),
        ] {
            let days = Terms.span(first, last)
            let trend = Trend(tally(InsightQuestion(days), from: days.first) { $0.number % 3 }, Terms.calendar)
            #expect(trend.step == step)
            #expect(trend.points.first?.days.first == days.first && trend.points.last?.days.last == days.last)
            for (one, next) in zip(trend.points, trend.points.dropFirst()) {
                #expect(one.days.last + 1 == next.days.first)
            }
            #expect(
                trend.points.reduce(0) { $0 + $1.count }
                    == (days.first.number...days.last.number).reduce(0) { $0 + $1 % 3 })
        }
    }
}
