import Domain
import Testing

@testable import Vision

@Suite struct CameraIntegrityTests {
    private var kitchen = Kitchen(seed: 3)
    private var integrity = CameraIntegrity()
    private var book = IncidentBook.standard()
    private var clock = 0.0

    /// Looks every two seconds, as keyframes come.
    private mutating func watch(
        _ seconds: Double, isWorking: Bool = true, _ picture: (inout Kitchen) -> LumaGrid = { $0.picture() }
    ) -> [IncidentBook.Change] {
        var changes: [IncidentBook.Change] = []
        for _ in 0..<Int(seconds / 2) {
            clock += 2
            let now = Moment.at(clock)
            changes += integrity.look(
                picture(&kitchen), share: 0, hour: isWorking ? 10 : 22, isWorking: isWorking, at: now,
                settings: .standard, &book)
            changes += book.settle(at: now)
        }
        return changes
    }

    private static func flat(_ brightness: Int) -> (inout Kitchen) -> LumaGrid {
        { kitchen in
            let pixels = kitchen.picture().pixels.map { (value: UInt8) in UInt8(brightness + Int(value & 1)) }
            return LumaGrid(width: Kitchen.width, height: Kitchen.height, pixels: pixels)
        }
    }

    @Test mutating func `a good camera is never captured`() {
        #expect(watch(600).isEmpty)
    }

    @Test mutating func `people who work in front of it are no trouble`() {
        _ = watch(60)
        let changes = watch(120) { kitchen in
            let x = Int.random(in: 0..<200, using: &kitchen.random)
            return kitchen.picture([.init(x: x, y: 30, width: 60, height: 140, brightness: 190)])
        }
        #expect(changes.isEmpty)
    }

    @Test mutating func `a cloth over the lens is captured after ten seconds and ends when it is gone`() throws {
        _ = watch(60)
        let changes = watch(30, Self.flat(120))
        let capture = try #require(changes.opened.first)
        #expect(changes.opened.map(\.item) == [.covered])
        #expect(capture.grade == .one)
        let seconds = (capture.metAt - capture.start).inSeconds
        #expect(seconds >= 10 && seconds <= 14)
        #expect(watch(60).ended.count == 1)
    }

    @Test mutating func `black in working hours is dark`() {
        _ = watch(60)
        #expect(watch(30, Self.flat(17)).opened.map(\.item) == [.dark])
    }

    @Test mutating func `lights out at night is nothing, not even in the first night`() {
        _ = watch(60)
        #expect(watch(600, isWorking: false, Self.flat(17)).isEmpty)
    }

    @Test mutating func `a camera that was turned is captured`() {
        _ = watch(60)
        kitchen.shift = 57
        #expect(watch(30).opened.map(\.item) == [.moved])
    }

    @Test mutating func `a lens that lost its focus is captured after a minute`() {
        _ = watch(60)
        kitchen.blur = 3
        kitchen.noise = 1
        let changes = watch(120)
        #expect(changes.opened.map(\.item) == [.defocused])
    }

    @Test mutating func `the same picture for half a minute is frozen`() {
        _ = watch(60)
        let still = kitchen.picture()
        #expect(watch(60) { _ in still }.opened.map(\.item) == [.frozen])
    }

    @Test mutating func `after a reconnection, whose clock begins anew, it is watched as before`() {
        _ = watch(600)
        integrity.restartClock()
        clock = 0
        #expect(watch(60).isEmpty)
        #expect(watch(30, Self.flat(120)).opened.map(\.item) == [.covered])
    }

    @Test mutating func `a hand before the lens for a moment is nothing`() {
        _ = watch(60)
        #expect(watch(6, Self.flat(90)).isEmpty)
        #expect(watch(60).isEmpty)
    }

    @Test mutating func `a day that grows dim is no trouble`() {
        _ = watch(60)
        for step in 0..<20 {
            kitchen.light = 1 - Double(step) * 0.025
            #expect(watch(20).isEmpty)
        }
    }
}
