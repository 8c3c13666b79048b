import Domain
import Testing

@testable import Mingchu

struct AgendaTests {
    @Test func `what is earliest comes first, and of two at once the first that was entered`() {
        var agenda = Agenda()
        var dice = DemoDice(seed: 3, "agenda")
        let times = (0..<500).map { _ in UTCTime(milliseconds: Int64(dice.whole(0...40))) }
        for time in times { agenda.add(at: time) { _ in } }
        var taken: [UTCTime] = []
        while let next = agenda.next(until: UTCTime(milliseconds: 30)) { taken.append(next.time) }
        #expect(taken == times.filter { $0.milliseconds <= 30 }.sorted())
        #expect(agenda.next(until: UTCTime(milliseconds: 99)) != nil)
    }

    @Test func `dice throw the same for the same matter, and what is asked of them`() {
        var (one, same, other) = (DemoDice(seed: 1, "a"), DemoDice(seed: 1, "a"), DemoDice(seed: 1, "b"))
        let throwsOfOne = (0..<50).map { _ in one.next() }
        #expect(throwsOfOne == (0..<50).map { _ in same.next() })
        #expect(throwsOfOne != (0..<50).map { _ in other.next() })
        let counts = (0..<4000).map { _ in one.count(mean: 0.7) }
        #expect(abs(Double(counts.reduce(0, +)) / 4000 - 0.7) < 0.06)
        let waits = (0..<4000).map { _ in one.exponential(mean: 30) }
        #expect(abs(waits.reduce(0, +) / 4000 - 30) < 2)
        #expect((0..<4000).allSatisfy { _ in (3...5).contains(one.whole(3...5)) })
        let heavy = (0..<4000).count { _ in one.pick(weighted: [(true, 3), (false, 1)]) }
        #expect(abs(Double(heavy) / 4000 - 0.75) < 0.03)
    }
}
