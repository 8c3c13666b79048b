import Domain
import Testing

@testable import Vision

@Suite struct PersonTrackerTests {
    private func person(x: Double, y: Double = 0.3, width: Double = 0.1, height: Double = 0.4) -> PersonSighting {
        PersonSighting(
            body: .init(box: PictureBox(x: x, y: y, width: width, height: height), score: 0.8),
            head: .init(box: PictureBox(x: x + 0.035, y: y, width: 0.03, height: 0.06), score: 0.7))
    }

    @Test func `somebody who walks keeps one track`() {
        var tracker = PersonTracker()
        for step in 0..<40 { tracker.update([person(x: 0.05 + Double(step) * 0.02)], at: .at(Double(step) * 0.2)) }
        #expect(tracker.tracks.map(\.id) == [1])
        #expect(tracker.tracks.first?.isConfirmed == true)
    }

    @Test func `two who pass each other keep their own`() {
        var tracker = PersonTracker()
        for step in 0..<30 {
            let way = Double(step) * 0.025
            tracker.update(
                [person(x: 0.05 + way, y: 0.2), person(x: 0.8 - way, y: 0.34)], at: .at(Double(step) * 0.2))
        }
        #expect(tracker.tracks.count == 2)
        let first = tracker.tracks.first { $0.id == 1 }
        #expect((first?.box.x ?? 0) > 0.7)
    }

    @Test func `somebody hidden for two seconds comes back as the same, after ten as another`() {
        var tracker = PersonTracker()
        for step in 0..<5 { tracker.update([person(x: 0.4)], at: .at(Double(step) * 0.2)) }
        for step in 5..<15 { tracker.update([], at: .at(Double(step) * 0.2)) }
        tracker.update([person(x: 0.42)], at: .at(3))
        #expect(tracker.tracks.map(\.id) == [1])
        let lost = tracker.update([], at: .at(13))
        #expect(lost.map(\.id) == [1])
        tracker.update([person(x: 0.42)], at: .at(13.2))
        #expect(tracker.tracks.map(\.id) == [2])
    }

    @Test func `one wrong detection is nobody for long`() {
        var tracker = PersonTracker()
        tracker.update([person(x: 0.4)], at: .at(0))
        #expect(tracker.tracks.first?.isConfirmed == false)
        tracker.update([], at: .at(1))
        #expect(tracker.tracks.isEmpty)
    }

    @Test func `heads go to the bodies that they sit on, the rest stand for themselves`() {
        let bodies = [person(x: 0.1).body!, person(x: 0.5).body!]
        let heads = [person(x: 0.5).head!, person(x: 0.8).head!]
        let people = PersonSighting.pair(bodies: bodies, heads: heads)
        #expect(people.count == 3)
        #expect(people[0].head == nil)
        #expect(people[1].head == heads[0])
        #expect(people[2].body == nil && people[2].head == heads[1])
    }

    @Test func `any sequence of sightings keeps the tracks in order`() {
        var random = SystemRandomNumberGenerator()
        var tracker = PersonTracker()
        var time = 0.0
        var given = Set<Int>()
        for _ in 0..<500 {
            time += Double.random(in: 0.05...1.5, using: &random)
            let people = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                person(
                    x: .random(in: 0...0.9, using: &random), y: .random(in: 0...0.6, using: &random),
                    width: .random(in: 0.01...0.3, using: &random), height: .random(in: 0.01...0.5, using: &random))
            }
            let before = Set(tracker.tracks.map(\.id))
            let lost = Set(tracker.update(people, at: .at(time)).map(\.id))
            let now = Set(tracker.tracks.map(\.id))
            #expect(lost.isSubset(of: before))
            #expect(lost.isDisjoint(with: now))
            #expect(now.subtracting(before).isDisjoint(with: given), "a number is given once")
            given.formUnion(now)
            #expect(tracker.tracks.filter { $0.last == .at(time) }.count == people.count)
        }
    }
}
