import Domain
import Testing

@testable import Vision

@Suite struct IncidentBookTests {
    private func sight(_ score: Double = 0.9, x: Double = 0.4) -> Observation {
        Observation(score: score, box: PictureBox(x: x, y: 0.2, width: 0.05, height: 0.08))
    }

    @Test func `one visit is one capture`() {
        var book = IncidentBook.standard()
        var changes: [IncidentBook.Change] = []
        for step in 0..<100 {
            let now = Moment.at(3 + Double(step) * 0.4)
            if let change = book.see(.noHat, subject: 1, since: .at(0), sight(), at: now) { changes.append(change) }
            changes += book.settle(at: now)
        }
        changes += book.settle(at: .at(200))
        #expect(changes.opened.count == 1)
        #expect(changes.ended.count == 1)
        #expect(changes.ended.first?.end == Moment.at(3 + 99 * 0.4).wall)
        #expect(changes.ended.first?.start == Moment.at(0).wall)
        #expect(changes.opened.first?.metAt == Moment.at(3).wall)
    }

    @Test func `who steps behind a shelf and comes out is still the same visit`() {
        var book = IncidentBook.standard()
        #expect(book.see(.noHat, subject: 1, since: .at(0), sight(), at: .at(3), present: [1]) != nil)
        #expect(book.see(.noHat, subject: 2, since: .at(9), sight(x: 0.5), at: .at(12), present: [2]) == nil)
        #expect(book.open.count == 1)
    }

    @Test func `two people without a hat at once are two captures`() {
        var book = IncidentBook.standard()
        #expect(book.see(.noHat, subject: 1, since: .at(0), sight(), at: .at(3), present: [1, 2]) != nil)
        #expect(book.see(.noHat, subject: 2, since: .at(0), sight(x: 0.5), at: .at(3), present: [1, 2]) != nil)
        #expect(book.open.count == 2)
    }

    @Test func `after the cool-down it is a new incident`() {
        var book = IncidentBook.standard()
        #expect(book.see(.noMask, subject: 1, since: .at(0), sight(), at: .at(3)) != nil)
        #expect(book.settle(at: .at(20)).isEmpty)
        #expect(book.settle(at: .at(34)).ended.count == 1)
        #expect(book.see(.noMask, subject: 1, since: .at(40), sight(), at: .at(43)) != nil)
    }

    @Test func `the best moment becomes the picture and the curve keeps every score`() throws {
        var book = IncidentBook.standard()
        _ = book.see(.noHat, subject: 1, since: .at(0), sight(0.7), at: .at(3))
        _ = book.see(.noHat, subject: 1, since: .at(0), sight(0.95, x: 0.45), at: .at(4))
        _ = book.see(.noHat, subject: 1, since: .at(0), sight(0.8), at: .at(5))
        let capture = try #require(book.endAll().ended.first)
        #expect(capture.bestAt == Moment.at(4).wall)
        #expect(capture.box?.x == 0.45)
        #expect(capture.curve.map(\.score) == [0.7, 0.95, 0.8])
        #expect(capture.curve.map(\.offsetMs) == [3000, 4000, 5000])
    }

    @Test func `an hour's curve stays short`() throws {
        var book = IncidentBook.standard()
        for step in 0..<9000 { _ = book.see(.noHat, subject: 1, since: .at(0), sight(), at: .at(Double(step) * 0.4)) }
        let capture = try #require(book.endAll().ended.first)
        #expect(capture.curve.count <= Incident.longestCurve)
        #expect(capture.curve.count > Incident.longestCurve / 4)
        #expect(zip(capture.curve, capture.curve.dropFirst()).allSatisfy { $0.offsetMs < $1.offsetMs })
    }

    @Test func `rules count only in their hours, their zones, and outside of masks`() {
        var settings = AnalysisSettings.standard
        let left = PictureZone([.init(x: 0, y: 0), .init(x: 0.5, y: 0), .init(x: 0.5, y: 1), .init(x: 0, y: 1)])
        var rule = CaptureRule.standard(.noHat)
        rule.zones = [left]
        settings.rules[.noHat] = rule
        settings.masks = [
            PictureZone([.init(x: 0, y: 0), .init(x: 0.2, y: 0), .init(x: 0.2, y: 1), .init(x: 0, y: 1)])
        ]
        let book = IncidentBook.standard(settings)
        let noon = Moment.at(0)
        let night = Moment.at(12 * 3600)
        #expect(book.applies(.noHat, at: noon, place: .init(x: 0.3, y: 0.5)) == true)
        #expect(book.applies(.noHat, at: noon, place: .init(x: 0.7, y: 0.5)) == false)
        #expect(book.applies(.noHat, at: noon, place: .init(x: 0.1, y: 0.5)) == false)
        #expect(book.applies(.noHat, at: night, place: .init(x: 0.3, y: 0.5)) == false)
        #expect(book.applies(.nightPresence, at: night, place: .init(x: 0.3, y: 0.5)) == true)
        #expect(book.applies(.nightPresence, at: noon, place: .init(x: 0.3, y: 0.5)) == false)
        #expect(book.applies(.rodent, at: night, place: .init(x: 0.3, y: 0.5)) == true)
    }

    @Test func `a blind camera weighs more while people cook`() throws {
        var book = IncidentBook.standard()
        let noon = book.see(.covered, subject: nil, since: .at(0), sight(), at: .at(10))
        let night = book.see(.moved, subject: nil, since: .at(43_200), sight(), at: .at(43_210))
        #expect([try #require(noon)].opened.first?.grade == .one)
        #expect([try #require(night)].opened.first?.grade == .two)
    }
}
