import Testing

@testable import Domain

struct TrendTests {
    /// - Parameters:
    ///   - cameras: How many are analysed on a day; at most 3.
    ///   - counts: Standing captures at ten o'clock of a day.
    private func trend(
        _ days: DaySpan, from: Day, cameras: (Day) -> Int = { _ in 1 }, _ counts: (Day) -> Int
    ) -> Trend {
        var random = SeededRandom(seed: 1)
        let time = Terms.moment("2026-08-01 00:00")
        let all = (0..<3).map { _ in CameraID(UUIDv7(at: time, using: &random)) }
        let school = SchoolID(UUIDv7(at: time, using: &random))
        var (captured, analysed) = (CaptureFacts(), AnalysedFacts())
        for number in from.number...days.last.number {
            let day = Day(number: number)
            let met = day.time(minute: 600, in: .shanghai)
            for camera in all.prefix(cameras(day)) {
                analysed.append(AnalysedDay(camera: camera, day: day, frames: 100, records: 10))
            }
            for _ in 0..<counts(day) {
                captured.set(
                    CaptureFact(
                        id: CaptureID(UUIDv7(at: met, using: &random)), camera: all[0], item: .noHat, metAt: met,
                        outcome: .confirmed, judgement: nil))
            }
        }
        let places = Dictionary(
            uniqueKeysWithValues: all.map { ($0, CameraPlace(PlacePath(school: school, camera: $0), .cooking)) })
        let tally = CaptureTally(
            InsightQuestion(days), of: captured, places: places, seriesFrom: from, zone: .shanghai)
        let watched = AnalysisTally(
            InsightQuestion(DaySpan(from, through: days.last)), of: analysed, places: places)
        return Trend(tally, watched: watched, Terms.calendar)
    }

    @Test func `days are held against the same weekdays of the term before`() {
        let days = Terms.span("2027-03-01", "2027-03-14")
        let from = Trend.needed(for: days, Terms.calendar)
        #expect(from == Terms.day("2026-09-01"))
        // Mondays 4, other days 1, days off too, and in March twice that.
        let counts = { (day: Day) in (day.weekday == 1 ? 4 : 1) * (day >= days.first ? 2 : 1) }
        let trend = trend(days, from: from, counts)
        #expect(trend.step == .day && trend.points.count == 14)
        for point in trend.points {
            let isOff = point.days.first.weekday > 5
            #expect(point.schoolDays == (isOff ? 0 : 1))
            #expect(point.expected == (point.days.first.weekday == 1 ? 4 : 1))
        }
        #expect(trend.change?.expected == 20)
        #expect(trend.change?.count == 40)
    }

    @Test func `more cameras let expect more, and a day on which nothing was analysed lets expect nothing`() {
        let days = Terms.span("2027-03-01", "2027-03-14")
        let from = Trend.needed(for: days, Terms.calendar)
        // A single camera from October on, in March three of them; on the second of March none.
        let cameras = { (day: Day) -> Int in
            if day < Terms.day("2026-10-01") || day == Terms.day("2027-03-02") { return 0 }
            return day < days.first ? 1 : 3
        }
        let told = trend(days, from: from, cameras: cameras) { cameras($0) * 2 }
        for point in told.points {
            #expect(point.expected == (point.days.first == Terms.day("2027-03-02") ? 0 : 6))
        }
        #expect(told.change?.count == 78 && told.change?.expected == 78)
        // A term of which less than a month was watched is nothing to hold another against.
        let late = Terms.day("2027-01-04")
        let short = trend(days, from: from, cameras: { $0 < late ? 0 : 1 }) { $0 < late ? 0 : 2 }
        #expect(short.points.allSatisfy { $0.expected == nil } && short.change == nil)
    }

    @Test func `what lies between terms is held against nothing`() {
        let days = Terms.span("2027-01-20", "2027-02-25")
        let from = Trend.needed(for: days, Terms.calendar)
        let trend = trend(days, from: from) { _ in 1 }
        for point in trend.points {
            #expect((point.expected != nil) == (point.days.first >= Terms.day("2027-02-22")), "\(point.days.first)")
        }
    }

    @Test func `the first term has nothing to be held against`() {
        let days = Terms.span("2026-10-08", "2026-10-20")
        let trend = trend(days, from: days.first) { _ in 3 }
        #expect(trend.points.allSatisfy { $0.expected == nil && $0.count == 3 })
        #expect(trend.change == nil)
    }

    @Test func `long spans go by weeks and months, and no day is lost or counted twice`() {
        for (first, last, step) in [
            ("2026-09-02", "2026-09-30", Trend.Step.day), ("2026-09-02", "2027-01-15", .week),
            ("2026-09-02", "2027-06-17", .month),
        ] {
            let days = Terms.span(first, last)
            let trend = trend(days, from: days.first) { $0.number % 3 }
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
