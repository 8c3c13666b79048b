import Bitstream
import Domain
import TestSupport
import Testing

@testable import RTSP

struct RTCPTests {
    private func senderReport(ssrc: UInt32, ntp: UInt64, rtp: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [0x80, 200, 0, 6]
        bytes.append(bigEndian: ssrc)
        bytes.append(bigEndian: ntp)
        bytes.append(bigEndian: rtp)
        bytes += [UInt8](repeating: 0, count: 8)
        return bytes + [0x81, 202, 0, 2] + [0, 0, 0, 1, 1, 1, 65, 0]
    }

    /// 2026-11-23T00:00:00Z as NTP seconds.
    private let seconds: UInt64 = 1_795_392_000 + 2_208_988_800

    @Test func `a compound packet is read part by part`() {
        let bytes = senderReport(ssrc: 7, ntp: seconds << 32 | 0x8000_0000, rtp: 900) + [0x81, 203, 0, 1, 0, 0, 0, 7]
        let packets = RTCPPacket.parse(bytes.span)
        let report = SenderReport(ssrc: 7, ntpTime: seconds << 32 | 0x8000_0000, rtpTimestamp: 900)
        #expect(packets == [.senderReport(report), .other(type: 202), .goodbye([7])])
        #expect(report.middle == UInt32(truncatingIfNeeded: seconds << 16 | 0x8000))
    }

    @Test func `nothing that comes breaks the reader`() {
        let bytes = senderReport(ssrc: 7, ntp: seconds << 32, rtp: 900) + [0x82, 203, 0, 2, 0, 0, 0, 7, 0, 0, 0, 8]
        for cut in truncations(of: bytes) { #expect(RTCPPacket.parse(cut.span).count <= 3) }
        for broken in Mutations(of: bytes, count: 3000) { #expect(RTCPPacket.parse(broken.span).count <= 30) }
    }

    @Test func `sender reports tell when a picture was taken, and how far the clocks are apart`() {
        var driver = ReceiverDriver(.h264)
        var packetiser = Packetiser(codec: .h264)
        let pictures = TestStream.pictures(.h264, count: 10)
        driver.takeControl(senderReport(ssrc: packetiser.ssrc, ntp: (seconds + 3) << 32, rtp: 90_000))
        for (index, units) in pictures.enumerated() {
            for packet in packetiser.packets(of: units, timestamp: 45_000 + UInt32(index) * 9000) {
                driver.take(packet)
            }
        }
        #expect(driver.offsets == [.seconds(3)])
        let first = 1_795_392_000_000 + 3000 - 500
        #expect(
            driver.units.map { $0.captureTime?.milliseconds }
                == (0..<driver.units.count).map { Int64(first + $0 * 100) })
    }

    @Test func `another sender's report says nothing of ours`() {
        var driver = ReceiverDriver(.h264)
        var packetiser = Packetiser(codec: .h264)
        let pictures = TestStream.pictures(.h264, count: 10)
        for (index, units) in pictures.enumerated() {
            for packet in packetiser.packets(of: units, timestamp: UInt32(index) * 9000) { driver.take(packet) }
            driver.takeControl(senderReport(ssrc: 99, ntp: seconds << 32, rtp: 0))
        }
        #expect(driver.offsets.isEmpty)
        #expect(driver.units.allSatisfy { $0.captureTime == nil })
    }

    @Test func `clocks that know no date say nothing, the era after 2036 is known`() {
        let now = UTCTime(milliseconds: 1_795_392_000_000)
        #expect(CameraClock.time(ntp: 0, now: now) == nil)
        #expect(CameraClock.time(ntp: 3600 << 32, now: now) == nil, "an hour since it was switched on")
        #expect(CameraClock.time(ntp: seconds << 32 | 0x4000_0000, now: now)?.milliseconds == 1_795_392_000_250)
        let later = UTCTime(milliseconds: 2_300_000_000_000)
        let wrapped = UInt64(2_300_000_000 + 2_208_988_800) & 0xFFFF_FFFF
        #expect(CameraClock.time(ntp: wrapped << 32, now: later) == later)
    }

    @Test func `a receiver report is laid out as RFC 3550 says`() {
        let block = ReceiverReport.Block(
            source: 0x0102_0304, fractionLost: 5, totalLost: -2, highestSequence: 0x0001_0002, jitter: 9,
            lastReport: 0xAABB_CCDD, delay: 0x10000)
        let bytes = ReceiverReport(ssrc: 0x0A0B_0C0D, block: block, canonicalName: "abc").encoded()
        #expect(bytes.count % 4 == 0)
        #expect(Array(bytes[..<8]) == [0x81, 201, 0, 7, 0x0A, 0x0B, 0x0C, 0x0D])
        #expect(Array(bytes[8..<16]) == [1, 2, 3, 4, 5, 0xFF, 0xFF, 0xFE])
        #expect(RTCPPacket.parse(bytes.span) == [.other(type: 201), .other(type: 202)])
        for length in 0...8 {
            let name = String(repeating: "x", count: length)
            let report = ReceiverReport(ssrc: 1, block: nil, canonicalName: name).encoded()
            #expect(report.count % 4 == 0)
            #expect(RTCPPacket.parse(report.span).count == 2)
            #expect(report.last == 0, "the list of items ends with a zero")
        }
    }

    @Test func `a report counts what was lost`() {
        var driver = ReceiverDriver(.h264)
        var packetiser = Packetiser(codec: .h264, sequence: 100)
        for index in 0..<10 where index != 4 {
            packetiser.sequence = 100 + UInt16(index)
            driver.take(packetiser.packet([0x41, 0x80, 1], timestamp: UInt32(index) * 3000, marker: true))
        }
        let bytes = driver.receiver.receiverReport(now: driver.now)
        #expect(bytes[12] == UInt8(256 / 10), "a tenth")
        #expect(Array(bytes[13..<16]) == [0, 0, 1])
        #expect(Array(bytes[16..<20]) == [0, 0, 0, 109])
    }
}
