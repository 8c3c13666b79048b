import Domain
import Foundation
import Testing

struct RatingTests {
    private static let today = Day("2026-11-30")!
    private static let rule = RatingRule.standard

    private static func closed(_ grade: Grade, _ day: Int, reopened: Bool = false) -> RatingEvent {
        RatingEvent(.caseClosed(.item(.noHat), grade, wasReopened: reopened), on: today - day)
    }

    @Test func `a school with nothing against it has all points`() {
        let rating = Self.rule.rating(of: [], on: Self.today)
        #expect(rating.letter == .a && rating.points == 100 && rating.deductions.isEmpty)
    }

    @Test(arguments: [
        ([closed(.one, 3)], 85, SchoolRating.Letter.a), ([closed(.one, 3), closed(.three, 9)], 83, .b),
        ([closed(.one, 3, reopened: true), closed(.two, 9), closed(.two, 10)], 68, .c),
        ([RatingEvent(.inspection(failedItems: 2), on: today)], 94, .a),
        ([RatingEvent(.inspection(failedItems: 0), on: today)], 100, .a), ((0..<20).map { closed(.one, $0) }, 0, .c),
    ])
    func `each event takes its points`(events: [RatingEvent], points: Int, letter: SchoolRating.Letter) {
        let rating = Self.rule.rating(of: events, on: Self.today)
        #expect(rating.points == points && rating.letter == letter)
    }

    @Test func `what ended a year ago counts no more, and what will end not yet`() {
        let events = [Self.closed(.one, 364), Self.closed(.one, 365), Self.closed(.one, -1)]
        #expect(Self.rule.rating(of: events, on: Self.today).deductions.map(\.event) == [events[0]])
    }

    @Test func `the deductions make up the points, newest first, whatever the order they come in`() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let events = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                Self.closed(Grade.allCases.randomElement(using: &random)!, Int.random(in: -30...500, using: &random))
            }
            let rating = Self.rule.rating(of: events, on: Self.today)
            #expect(rating.points == max(0, 100 - rating.deductions.reduce(0) { $0 + $1.points }))
            #expect(rating.deductions.map(\.event.day) == rating.deductions.map(\.event.day).sorted().reversed())
            #expect(Self.rule.rating(of: events.shuffled(using: &random), on: Self.today).points == rating.points)
        }
    }

    @Test func `a history is what stood on the last day of each month`() {
        let events = [Self.closed(.one, 40)]  // 2026-10-21
        let history = RatingRule.history(of: events, on: Self.today, since: Self.today - 400) { _ in Self.rule }
        #expect(history.count == 12 && history.first?.month.description == "2025-12")
        #expect(history.suffix(3).map(\.rating.points) == [100, 85, 85])
        let young = RatingRule.history(of: events, on: Self.today, since: Day("2026-10-31")!) { _ in Self.rule }
        #expect(young.map(\.month.description) == ["2026-10", "2026-11"])
        #expect(RatingRule.history(of: events, on: Self.today, since: Self.today + 1) { _ in Self.rule }.isEmpty)
    }

    @Test func `a rule that is changed leaves the months before as they were`() {
        var mild = Self.rule
        mild.onePoints = 1
        let changed = Day("2026-11-15")!
        let history = RatingRule.history(of: [Self.closed(.one, 40)], on: Self.today, since: Self.today - 400) {
            $0 < changed ? Self.rule : mild
        }
        #expect(history.suffix(3).map(\.rating.points) == [100, 85, 99])
    }

    @Test func `a rule by which a letter can't be reached, or points are added, is none`() {
        func with(_ change: (inout RatingRule) -> Void) -> Bool {
            var rule = Self.rule
            change(&rule)
            return rule.isValid
        }
        #expect(with { _ in } && with { $0.onePoints = 0 } && with { ($0.leastA, $0.leastB) = (100, 1) })
        #expect(!with { $0.twoPoints = -1 } && !with { $0.failedItemPoints = 101 } && !with { $0.leastA = 101 })
        #expect(!with { $0.leastB = 85 } && !with { $0.leastB = 0 })
    }

    @Test func `rules that were kept before ratings were part of them go by the standard`() throws {
        var policy = CasePolicy.standard
        policy.mostExtensions = 7
        policy.rating.twoPoints = 3
        let whole = try JSONEncoder().encode(policy)
        #expect(try JSONDecoder().decode(CasePolicy.self, from: whole) == policy)
        var kept = try #require(try JSONSerialization.jsonObject(with: whole) as? [String: Any])
        #expect(kept.removeValue(forKey: "rating") != nil)
        let old = try JSONDecoder().decode(CasePolicy.self, from: JSONSerialization.data(withJSONObject: kept))
        #expect(old.rating == .standard && old.mostExtensions == 7)
    }

    @Test func `months are written and ordered as in the calendar`() {
        for number in stride(from: 0, to: 40_000, by: 37) {
            let day = Day(number: number)
            let month = RatingMonth(of: day)
            #expect("\(day)".hasPrefix("\(month)") && month.firstDay <= day)
            #expect(RatingMonth(of: month.firstDay - 1) < month)
        }
    }
}
