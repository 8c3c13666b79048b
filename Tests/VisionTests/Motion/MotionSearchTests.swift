import Domain
import Testing

@testable import Vision

@Suite struct MotionSearchTests {
    private var kitchen = Kitchen()
    private var search = MotionSearch()

    private mutating func learn(_ seconds: Double = 30) {
        for step in 0..<Int(seconds * 2) {
            _ = search.look(kitchen.picture(), at: Moment.at(Double(step) * 0.5 - seconds).time)
        }
    }

    @Test mutating func `an empty noisy kitchen has no regions`() {
        kitchen.noise = 4
        learn()
        for step in 0..<100 {
            #expect(search.look(kitchen.picture(), at: Moment.at(Double(step) * 0.2).time).regions.isEmpty)
        }
    }

    @Test mutating func `somebody is found where he is`() throws {
        learn()
        let person = Kitchen.Thing(x: 100, y: 50, width: 30, height: 80, brightness: 200)
        let motion = search.look(kitchen.picture([person]), at: Moment.at(0.2).time)
        let region = try #require(motion.solid.first)
        #expect(motion.solid.count == 1)
        let truth = PictureBox(x: 100.0 / 320, y: 50.0 / 180, width: 30.0 / 320, height: 80.0 / 180)
        #expect(region.box.overlap(truth) > 0.7)
    }

    @Test mutating func `a rat of seven by three grid pixels is found`() {
        learn()
        let rat = Kitchen.Thing(x: 200, y: 150, width: 7, height: 4, brightness: 25)
        let motion = search.look(kitchen.picture([rat]), at: Moment.at(0.2).time)
        #expect(motion.regions.count == 1)
    }

    @Test mutating func `a region ends where the thing ends`() throws {
        learn()
        let thing = Kitchen.Thing(x: 201, y: 151, width: 9, height: 6, brightness: 25)
        let region = try #require(search.look(kitchen.picture([thing]), at: Moment.at(0.2).time).regions.first)
        let truth = PictureBox(x: 201.0 / 320, y: 151.0 / 180, width: 9.0 / 320, height: 6.0 / 180)
        #expect(region.box.overlap(truth) > 0.8)
    }

    @Test mutating func `steam is soft, a person in the same place is not`() {
        learn()
        let steam = Kitchen.Thing(x: 80, y: 90, width: 90, height: 60, brightness: 45, isSolid: false)
        let soft = search.look(kitchen.picture([steam]), at: Moment.at(0.2).time)
        #expect(!soft.regions.isEmpty)
        #expect(soft.solid.isEmpty)
    }

    @Test(arguments: [0.7, 0.85, 1.2, 1.35]) func `light that changes is nothing`(light: Double) {
        var copy = self
        copy.learn()
        copy.kitchen.light = light
        let motion = copy.search.look(copy.kitchen.picture(), at: Moment.at(0.2).time)
        #expect(motion.solid.isEmpty)
    }

    @Test mutating func `a camera that is turned is a global change, and its new view is learned`() {
        learn()
        kitchen.shift = 37
        kitchen.light = 0.4
        var last = Motion.none
        for step in 0..<40 { last = search.look(kitchen.picture(), at: Moment.at(Double(step) * 0.5).time) }
        #expect(last.regions.isEmpty)
    }

    @Test mutating func `somebody known who stands still stays, a thing left behind is learned`() {
        learn()
        let thing = Kitchen.Thing(x: 100, y: 50, width: 30, height: 60, brightness: 210)
        let box = PictureBox(x: 100.0 / 320, y: 50.0 / 180, width: 30.0 / 320, height: 60.0 / 180)
        var copy = self
        for step in 0..<600 {
            let time = Moment.at(Double(step) * 0.5).time
            _ = search.look(kitchen.picture([thing]), at: time, known: [box])
            _ = copy.search.look(copy.kitchen.picture([thing]), at: time)
        }
        let end = Moment.at(301).time
        #expect(!search.look(kitchen.picture([thing]), at: end, known: [box]).regions.isEmpty)
        #expect(copy.search.look(copy.kitchen.picture([thing]), at: end).regions.isEmpty)
    }

    @Test mutating func `masked places are never looked at`() {
        search = MotionSearch(masks: [
            PictureZone([.init(x: 0, y: 0), .init(x: 0.5, y: 0), .init(x: 0.5, y: 1), .init(x: 0, y: 1)])
        ])
        learn()
        let hidden = Kitchen.Thing(x: 60, y: 50, width: 30, height: 80, brightness: 200)
        let seen = Kitchen.Thing(x: 220, y: 50, width: 30, height: 80, brightness: 200)
        #expect(search.look(kitchen.picture([hidden]), at: Moment.at(0.2).time).regions.isEmpty)
        #expect(search.look(kitchen.picture([seen]), at: Moment.at(0.4).time).regions.count == 1)
    }

    @Test mutating func `another size of picture begins anew`() {
        learn()
        let small = LumaGrid(width: 160, height: 90, pixels: [UInt8](repeating: 90, count: 160 * 90))
        #expect(search.look(small, at: Moment.at(1).time) == .none)
        #expect(search.look(small, at: Moment.at(2).time).regions.isEmpty)
    }
}
