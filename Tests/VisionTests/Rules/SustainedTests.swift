import Domain
import Testing

@testable import Vision

@Suite struct SustainedTests {
    private func run(_ looks: [(Double, Bool?)], for seconds: Double = 3) -> [Double] {
        var sustained = Sustained(leastShare: 0.7, leastLooks: 3, longestPause: 2.5)
        return looks.compactMap { time, answer in
            sustained.add(answer, at: .at(time), for: seconds) == nil ? nil : time
        }
    }

    /// The same answer five times a second.
    private func steady(_ answer: Bool?, from start: Double = 0, looks: Int) -> [(Double, Bool?)] {
        (0..<looks).map { (start + Double($0) * 0.2, answer) }
    }

    @Test func `three seconds of yes meet a rule of three seconds`() {
        let met = run(steady(true, looks: 21))
        #expect(abs((met.first ?? 0) - 3) < 1e-9)
        #expect(met.count == 6)
    }

    @Test func `a glance meets nothing`() {
        #expect(run(steady(true, looks: 11)).isEmpty)
    }

    @Test func `a wrong look among many does not break the run`() {
        var looks = steady(true, looks: 21)
        looks[7].1 = false
        #expect(abs((run(looks).first ?? 0) - 3) < 1e-9)
    }

    @Test func `as many noes as yes meet nothing`() {
        #expect(run((0...60).map { step -> (Double, Bool?) in (Double(step) * 0.2, step.isMultiple(of: 2)) }).isEmpty)
    }

    @Test func `unknown looks neither prove nor disprove`() {
        var looks = steady(true, looks: 21)
        for index in stride(from: 1, to: 21, by: 2) { looks[index].1 = nil }
        #expect(abs((run(looks).first ?? 0) - 3.2) < 1e-9)
        #expect(run(steady(nil, looks: 41)).isEmpty)
    }

    @Test func `a pause begins the run anew`() {
        let looks = steady(true, looks: 6) + steady(true, from: 4, looks: 6)
        #expect(run(looks).isEmpty)
    }

    @Test func `few looks are not enough however long they last`() {
        #expect(run([(0, true), (2, true)], for: 2).isEmpty)
        #expect(run([(0, true), (1, true), (2, true)], for: 2) == [2])
    }

    @Test func `what was long ago does not outweigh what is now`() {
        let looks = steady(true, looks: 21) + steady(false, from: 4.2, looks: 20) + steady(true, from: 8.2, looks: 10)
        #expect(run(looks).allSatisfy { $0 <= 4.4 })
    }

    @Test func `what is looked at every four seconds only is found as well`() {
        var sustained = Sustained(leastShare: 0.7, leastLooks: 3, longestPause: 4.5)
        let found = (0..<4).map { sustained.add(true, at: .at(Double($0) * 4), for: 2)?.time.seconds }
        #expect(found == [nil, nil, 0, 4])
    }
}
