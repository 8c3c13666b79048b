import Domain
import Testing

@testable import Vision

@Suite struct PestTests {
    private func box(_ x: Double, _ y: Double = 0.8, width: Double = 0.03) -> PictureBox {
        PictureBox(x: x, y: y, width: width, height: 0.03)
    }

    private func region(_ box: PictureBox, pixels: Int = 30, edges: Double = 0.4) -> Motion.Region {
        Motion.Region(box: box, pixels: pixels, difference: -40, newEdges: edges)
    }

    /// Runs one thing along `places` at five looks a second, the classifier always saying the same.
    private func captures(
        along places: [Double], rodent: Double, people: Bool = false, settings: AnalysisSettings = .standard
    ) -> [Capture] {
        var search = PestSearch()
        var rules = PestRules()
        var book = IncidentBook.standard(settings)
        var changes: [IncidentBook.Change] = []
        for (step, place) in places.enumerated() {
            let now = Moment.at(Double(step) * 0.2)
            let looks = search.look([box(place)], at: now).filter { $0.looks >= 2 }.map {
                PestRules.Look(path: $0, rodent: rodent, insect: 0)
            }
            changes += rules.look(
                looks, bar: (0.6, 0.6), people: people, others: [], at: now, settings: settings, &book)
        }
        return changes.opened
    }

    private let run = (0..<12).map { 0.1 + Double($0) * 0.05 }

    @Test func `a rat that runs along the wall is captured once, within a second`() throws {
        let captures = captures(along: run, rodent: 0.9)
        #expect(captures.count == 1)
        let capture = try #require(captures.first)
        #expect(capture.item == .rodent && capture.grade == .one)
        #expect(capture.metAt <= Moment.at(1).wall)
    }

    @Test func `what the classifier does not believe is nothing`() {
        #expect(captures(along: run, rodent: 0.5).isEmpty)
    }

    @Test func `what flickers in one place is nothing`() {
        #expect(captures(along: (0..<30).map { 0.4 + ($0.isMultiple(of: 2) ? 0 : 0.004) }, rodent: 0.99).isEmpty)
    }

    @Test func `while people are about the bar is higher`() {
        #expect(captures(along: run, rodent: 0.9, people: true).isEmpty)
        #expect(captures(along: run, rodent: 0.96, people: true).count == 1)
    }

    @Test func `a rule's own threshold counts`() {
        var settings = AnalysisSettings.standard
        var rule = CaptureRule.standard(.rodent)
        rule.threshold = 0.95
        settings.rules[.rodent] = rule
        #expect(captures(along: run, rodent: 0.9, settings: settings).isEmpty)
    }

    @Test func `hands, large things, soft things and storms are no candidates`() {
        let person = PictureBox(x: 0.3, y: 0.2, width: 0.2, height: 0.6)
        func candidates(_ regions: [Motion.Region], isGlobal: Bool = false) -> Int {
            PestSearch.candidates(
                in: Motion(regions: regions, share: 0.01, isGlobal: isGlobal), people: [person]
            ).count
        }
        #expect(candidates([region(box(0.7))]) == 1)
        #expect(candidates([region(box(0.4, 0.5))]) == 0)
        #expect(candidates([region(box(0.6, width: 0.3))]) == 0)
        #expect(candidates([region(box(0.7), edges: 0.01)]) == 0)
        #expect(candidates([region(box(0.7), pixels: 2)]) == 0)
        #expect(candidates([region(box(0.7))], isGlobal: true) == 0)
        #expect(candidates((0..<20).map { region(box(Double($0) * 0.02, 0.9, width: 0.01)) }) == 0)
    }

    @Test func `two rats keep their own paths`() {
        var search = PestSearch()
        for step in 0..<10 {
            _ = search.look(
                [box(0.1 + Double(step) * 0.03, 0.9), box(0.8 - Double(step) * 0.03, 0.7)],
                at: .at(Double(step) * 0.2))
        }
        #expect(search.paths.count == 2)
        #expect(search.paths.allSatisfy { $0.looks == 10 && $0.hasTravelled })
    }
}
