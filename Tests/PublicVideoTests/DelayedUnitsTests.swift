import Bitstream
import Domain
import FFmpeg
import Testing

@testable import PublicVideo

struct DelayedUnitsTests {
    private static func units(_ count: Int) throws -> [AccessUnit] {
        var encoder = try Encoder.open(.init(width: 64, height: 64, framesPerSecond: 8, keyframeInterval: 4))
        return try (0..<count).flatMap { number in
            var picture = try Picture.blank(width: 64, height: 64)
            Ink.fill(&picture, luma: UInt8(number % 200))
            return try encoder.encode(picture, at: Time90k(ticks: Int64(number) * 11_250))
        }
    }

    private static func kinds(_ items: [DelayedUnits.Item]) -> [Bool?] {
        items.map { if case .unit(let unit, _, _) = $0 { unit.isKey } else { nil } }
    }

    @Test func `units come out in order, each when it is due`() throws {
        let queue = DelayedUnits()
        for (number, unit) in try Self.units(8).enumerated() {
            queue.put(unit, wall: UTCTime(milliseconds: 0), arrival: .seconds(number))
        }
        #expect(queue.take(before: .zero).isEmpty)
        #expect(queue.take(before: .seconds(3)).count == 3)
        #expect(queue.take(before: .seconds(3)).isEmpty)
        #expect(queue.take(before: .seconds(100)).count == 5)
    }

    @Test func `after a loss nothing is taken in before a keyframe`() throws {
        let queue = DelayedUnits()
        let units = try Self.units(9)
        for unit in units[1...3] { queue.put(unit, wall: UTCTime(milliseconds: 0), arrival: .zero) }
        #expect(queue.take(before: .seconds(1)).isEmpty)
        for unit in units[4...5] { queue.put(unit, wall: UTCTime(milliseconds: 0), arrival: .zero) }
        queue.interrupt()
        queue.interrupt()
        for unit in units[6...8] { queue.put(unit, wall: UTCTime(milliseconds: 0), arrival: .zero) }
        #expect(Self.kinds(queue.take(before: .seconds(1))) == [true, false, nil, true])
    }

    @Test func `a worker that never comes fills no memory`() throws {
        let queue = DelayedUnits()
        let units = try Self.units(4)
        for number in 0..<10_000 {
            queue.put(units[number % 4], wall: UTCTime(milliseconds: 0), arrival: .milliseconds(number))
        }
        #expect(queue.take(before: .seconds(100)).count <= 3000)
    }
}
