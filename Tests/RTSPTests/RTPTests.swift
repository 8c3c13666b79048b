import Bitstream
import Domain
import TestSupport
import Testing

@testable import RTSP

struct RTPTests {
    @Test func `a packet's fields stand where RFC 3550 says`() {
        let bytes: [UInt8] = [0x80, 0xE0, 0x12, 0x34, 1, 2, 3, 4, 5, 6, 7, 8, 0xAA]
        let packet = RTPPacket(bytes.span)
        #expect(packet?.payloadType == 96)
        #expect(packet?.marker == true)
        #expect(packet?.sequence == 0x1234)
        #expect(packet?.timestamp == 0x0102_0304)
        #expect(packet?.ssrc == 0x0506_0708)
        #expect(packet?.payload == 12..<13)
    }

    @Test func `contradicting lengths are refused`() {
        #expect(RTPPacket(([0x40, 96] + [UInt8](repeating: 0, count: 10)).span) == nil, "version 1")
        #expect(
            RTPPacket(([0xA0, 96] + [UInt8](repeating: 0, count: 9) + [13]).span) == nil, "padding beyond the packet")
        #expect(RTPPacket(([0x8F, 96] + [UInt8](repeating: 0, count: 20)).span) == nil, "fifteen sources, two there")
        #expect(
            RTPPacket(([0x90, 96] + [UInt8](repeating: 0, count: 10) + [0, 0, 0xFF, 0xFF]).span) == nil, "extension")
    }

    @Test func `sequence numbers: loss, disorder, wrap and restart`() {
        var tracker = SequenceTracker()
        #expect(tracker.take(65_534) == .next)
        #expect(tracker.take(65_535) == .next)
        #expect(tracker.take(0) == .next)
        #expect(tracker.take(0) == .old)
        #expect(tracker.take(65_535) == .old)
        #expect(tracker.take(4) == .gap(3))
        #expect(tracker.highest == 65_536 + 4)
        let loss = tracker.loss()
        #expect(loss.total == 3)
        #expect(loss.fraction == UInt8(3 * 256 / 7))
        #expect(tracker.loss().fraction == 0)
        #expect(tracker.take(30_000) == .jump)
        #expect(tracker.take(30_001) == .next)
    }

    @Test func `a source that restarts just behind is followed in the end`() {
        var tracker = SequenceTracker()
        _ = tracker.take(1000)
        let verdicts = (0..<200).map { tracker.take(UInt16(905 + $0)) }
        #expect(verdicts.last == .next)
        #expect(verdicts.filter { $0 == .old }.count <= 101)
    }

    @Test func `datagrams out of order come back in order`() {
        let pictures = TestStream.pictures(.h264, count: 40)
        var random = SeededGenerator(seed: 5)
        var packetiser = Packetiser(codec: .h264)
        var sent = pictures.enumerated().flatMap { packetiser.packets(of: $1, timestamp: UInt32($0) * 6000) }
        // The very first stays: what comes before it would be taken for late.
        for start in stride(from: 1, to: sent.count - 8, by: 8) { sent[start..<start + 8].shuffle(using: &random) }
        let doubled = sent.flatMap { [$0, $0] }
        var driver = ReceiverDriver(.h264, isConnection: false)
        for packet in doubled { driver.takeDatagram(packet) }
        #expect(driver.units.count >= 39)
        #expect(driver.damaged == 0)
        #expect(driver.units.map(\.data) == pictures.prefix(driver.units.count).map { TestStream.sample($0, .h264) })
    }

    @Test func `a lost datagram is waited for a tenth of a second, or sixty-four packets`() {
        let pictures = TestStream.pictures(.h264, count: 100, sizes: 40...200)
        var packetiser = Packetiser(codec: .h264)
        let sent = pictures.enumerated().flatMap { packetiser.packets(of: $1, timestamp: UInt32($0) * 6000) }
        var driver = ReceiverDriver(.h264, isConnection: false)
        for packet in sent[..<20] { driver.takeDatagram(packet) }
        let before = driver.units.count
        for packet in sent[21..<40] { driver.takeDatagram(packet) }
        #expect(driver.units.count == before)
        driver.now += .milliseconds(90)
        driver.expire()
        #expect(driver.units.count == before)
        driver.now += .milliseconds(20)
        driver.expire()
        #expect(driver.units.count > before)
        #expect(driver.damaged == 1)

        let again = driver.units.count
        for packet in sent[41..<(41 + ReorderBuffer.maximumPackets)] { driver.takeDatagram(packet) }
        #expect(driver.units.count == again)
        for packet in sent[(41 + ReorderBuffer.maximumPackets)...] { driver.takeDatagram(packet) }
        #expect(driver.units.count > again)
        driver.checkInvariants()
    }

    @Test func `strangers' datagrams don't disturb`() {
        let pictures = TestStream.pictures(.h264, count: 20)
        var packetiser = Packetiser(codec: .h264)
        var stranger = Packetiser(codec: .h264, ssrc: 0xBAD, sequence: 7)
        var driver = ReceiverDriver(.h264, isConnection: false)
        for (index, units) in pictures.enumerated() {
            for packet in packetiser.packets(of: units, timestamp: UInt32(index) * 6000) { driver.takeDatagram(packet) }
            driver.takeDatagram(stranger.packet([0x65, 0x88, 1, 2, 3], timestamp: 99, marker: true))
        }
        #expect(driver.units.map(\.data) == pictures.map { TestStream.sample($0, .h264) })
        #expect(driver.damaged == 0)
    }

    @Test(arguments: [true, false])
    func `a sender that takes a new number goes on in the same time line`(isConnection: Bool) {
        let pictures = TestStream.pictures(.h264, count: 40)
        var first = Packetiser(codec: .h264)
        var second = Packetiser(codec: .h264, ssrc: 0xFEED, sequence: 9)
        var driver = ReceiverDriver(.h264, isConnection: isConnection)
        for (index, units) in pictures.enumerated() {
            driver.now += .microseconds(66_667)
            let time = UInt32(index) * 6000
            let packets =
                index < 20
                ? first.packets(of: units, timestamp: time)
                : second.packets(of: units, timestamp: 3_000_000_000 &+ time)
            for packet in packets { isConnection ? driver.take(packet) : driver.takeDatagram(packet) }
        }
        driver.checkInvariants()
        #expect(driver.units.count >= 35)
        let steps = zip(driver.units, driver.units.dropFirst()).map { $1.decodeTime.ticks - $0.decodeTime.ticks }
        #expect(steps.allSatisfy { (1...90_000).contains($0) })
        #expect(driver.units.last!.decodeTime.ticks <= 41 * 6000)
    }

    @Test func `a payload type other than announced is believed when no other comes`() {
        let pictures = TestStream.pictures(.h264, count: 60)
        var packetiser = Packetiser(codec: .h264, payloadType: 103)
        var driver = ReceiverDriver(.h264)
        for (index, units) in pictures.enumerated() {
            for packet in packetiser.packets(of: units, timestamp: UInt32(index) * 6000) { driver.take(packet) }
        }
        #expect(!driver.units.isEmpty)
    }
}

struct TimelineTests {
    private func run(_ timestamps: [(UInt32, Duration)], reorders: Bool = false) -> [Int64] {
        var timeline = StreamTimeline(clockRate: 90_000)
        return timestamps.map { timeline.time(of: $0.0, reorders: reorders, arrived: $0.1).ticks }
    }

    private func regular(_ count: Int, from start: UInt32, at arrived: Duration) -> [(UInt32, Duration)] {
        (0..<count).map { (start &+ UInt32($0) * 3600, arrived + .milliseconds(40 * $0)) }
    }

    @Test func `the time line begins at zero and crosses the wrap`() {
        #expect(run(regular(5, from: 0xFFFF_F000, at: .zero)) == [0, 3600, 7200, 10_800, 14_400])
    }

    @Test(arguments: [0x1000_0000, 0xF000_0000] as [UInt32])
    func `a jump that our clock doesn't confirm is smoothed`(by jump: UInt32) {
        let start: UInt32 = 1000
        let times = run(
            regular(10, from: start, at: .zero) + regular(10, from: start &+ jump, at: .milliseconds(400)))
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == 3600 })
    }

    @Test func `a pause that our clock confirms stays a pause`() {
        let times = run(regular(10, from: 0, at: .zero) + regular(10, from: 90_000 * 60, at: .seconds(60)))
        #expect(times[10] == 90_000 * 60)
    }

    @Test func `a pause with a jump lasts as long as our clock says`() {
        let times = run(regular(10, from: 0, at: .zero) + regular(10, from: 0x4000_0000, at: .seconds(60)))
        #expect(abs(times[10] - 90_000 * 60) < 90_000)
        #expect(times[11] - times[10] == 3600)
    }

    @Test func `disorder makes the time line no longer`() {
        var timestamps = regular(100, from: 0, at: .zero)
        for index in stride(from: 1, to: 98, by: 2) {
            (timestamps[index].0, timestamps[index + 1].0) = (timestamps[index + 1].0, timestamps[index].0)
        }
        let times = run(timestamps)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(times.last! <= 100 * 3600)
    }

    @Test func `another clock rate is scaled`() {
        var timeline = StreamTimeline(clockRate: 1000)
        _ = timeline.time(of: 500, reorders: false, arrived: .zero)
        #expect(timeline.time(of: 540, reorders: false, arrived: .milliseconds(40)).ticks == 3600)
    }

    @Test(arguments: 1...4)
    func `decoding times of reordered pictures increase and never pass presentation`(_ depth: Int) {
        var random = SeededGenerator(seed: UInt64(depth))
        // Decoding order in which no picture waits for more than `depth` others.
        var shown = (0..<200).map { Int64($0) * 3600 }
        for start in stride(from: 1, to: shown.count - depth - 1, by: depth + 1) {
            let anchor = shown.remove(at: start + depth)
            shown.insert(anchor, at: start)
        }
        if Bool.random(using: &random) { shown.removeLast() }
        var times = DecodeTimes()
        let stamped = shown.map {
            times.next(presentation: Time90k(ticks: $0), maxReorderedFrames: depth, usualFrame: 3600)
        }
        #expect(zip(stamped, stamped.dropFirst()).allSatisfy { $0.decode < $1.decode })
        #expect(zip(stamped, shown).allSatisfy { $0.decode + $0.composition == Time90k(ticks: $1) })
        #expect(stamped.allSatisfy { $0.composition >= .zero && $0.composition.ticks <= Int64(2 * depth + 1) * 3600 })
    }

    @Test func `without reordering both times are one`() {
        var times = DecodeTimes()
        for tick in [0, 3600, 7200] as [Int64] {
            let stamped = times.next(presentation: Time90k(ticks: tick), maxReorderedFrames: 0, usualFrame: 3600)
            #expect(stamped.decode.ticks == tick && stamped.composition == .zero)
        }
    }
}
