import Bitstream
import Domain
import TestSupport
import Testing

@testable import RTSP

struct DepacketizingTests {
    struct Way: Sendable, CustomTestStringConvertible {
        var codec: VideoFormat.Codec
        var limit: Int
        var aggregates: Bool
        var slices = 1
        var testDescription: String { "\(codec) \(limit) \(aggregates ? "aggregated" : "single") \(slices)" }
    }

    static let ways = VideoFormat.Codec.allCases.flatMap { codec in
        [(1400, false, 1), (1400, true, 1), (1400, true, 4), (60, false, 3), (200, true, 2), (60_000, true, 4)].map {
            Way(codec: codec, limit: $0.0, aggregates: $0.1, slices: $0.2)
        }
    }

    private func packets(
        _ pictures: [[[UInt8]]], _ packetiser: inout Packetiser, marker: Bool = true, from start: UInt32 = 0xFFFF_0000
    ) -> [[[UInt8]]] {
        pictures.enumerated().map { index, units in
            packetiser.packets(of: units, timestamp: start &+ UInt32(index) * 6000, marker: marker)
        }
    }

    @Test(arguments: ways)
    func `what was packetised comes back whole, across wraps of sequence and time`(_ way: Way) {
        let pictures = TestStream.pictures(way.codec, count: 40, slices: way.slices)
        var packetiser = Packetiser(codec: way.codec, limit: way.limit, aggregates: way.aggregates)
        var driver = ReceiverDriver(way.codec)
        for picture in packets(pictures, &packetiser) { for packet in picture { driver.take(packet) } }
        #expect(driver.units.map(\.data) == pictures.map { TestStream.sample($0, way.codec) })
        #expect(driver.units.map(\.isKey) == pictures.indices.map { $0 % 8 == 0 })
        #expect(driver.units.map(\.decodeTime.ticks) == pictures.indices.map { Int64($0) * 6000 })
        #expect(driver.units.allSatisfy { $0.format == driver.units[0].format && $0.format.picture.width == 320 })
        #expect(driver.damaged == 0)
        driver.checkInvariants()
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `whichever packet is lost, only its picture is missing, and it is counted`(_ codec: VideoFormat.Codec) {
        let pictures = TestStream.pictures(codec, count: 24, slices: 2, sizes: 40...3000)
        var packetiser = Packetiser(codec: codec, limit: 1000)
        let sent = packets(pictures, &packetiser)
        let whole = pictures.map { TestStream.sample($0, codec) }
        for (picture, index) in sent.indices.dropFirst().dropLast().flatMap({ p in sent[p].indices.map { (p, $0) } }) {
            var driver = ReceiverDriver(codec)
            for (p, packets) in sent.enumerated() {
                for (i, packet) in packets.enumerated() where p != picture || i != index { driver.take(packet) }
            }
            let losesParameterSet = pictures[picture].count > 2 && index < pictures[picture].count - 2
            var expected = whole
            expected.remove(at: picture)
            if !losesParameterSet {
                #expect(driver.units.map(\.data) == expected)
                #expect(driver.damaged == 1)
            } else {
                // A set that stands in force already is no loss of a picture.
                #expect([expected, whole].contains(driver.units.map(\.data)))
            }
            driver.checkInvariants()
        }
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `nothing comes before a keyframe with its parameter sets`(_ codec: VideoFormat.Codec) {
        let pictures = TestStream.pictures(codec, count: 20, keyDistance: 5)
        var packetiser = Packetiser(codec: codec)
        let sent = packets(pictures, &packetiser)
        var driver = ReceiverDriver(codec)
        // Begins in the middle of a picture.
        for packet in sent[2].dropFirst() + sent[3...].joined() { driver.take(packet) }
        #expect(driver.units.map(\.data) == pictures[5...].map { TestStream.sample($0, codec) })
        #expect(driver.damaged == 0)

        var withoutSets = ReceiverDriver(codec)
        var bare = Packetiser(codec: codec)
        for (index, units) in pictures.enumerated() {
            let slices = units.filter { !TestStream.parameterSets(codec).contains($0) }
            for packet in bare.packets(of: slices, timestamp: UInt32(index) * 6000) { withoutSets.take(packet) }
        }
        #expect(withoutSets.units.isEmpty)
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `parameter sets of the session description do`(_ codec: VideoFormat.Codec) {
        var random = SeededGenerator(seed: 1)
        let key = TestStream.slice(codec, isKey: true, size: 100, &random)
        var packetiser = Packetiser(codec: codec)
        var driver = ReceiverDriver(codec, parameterSets: TestStream.parameterSets(codec))
        for index in 0..<4 {
            for packet in packetiser.packets(of: [key], timestamp: UInt32(index) * 3000) { driver.take(packet) }
        }
        // The last waits for the marker to have proved itself.
        #expect(driver.units.count == 4 - 1 || driver.units.count == 4)
        #expect(driver.units.first?.format.picture.width == 320)
    }

    @Test func `a new format begins with the picture that brings it`() {
        let small = TestStream.pictures(.h264, count: 10)
        let large = TestStream.pictures(.h264, count: 10, seed: 9).map { units in
            units.map { $0 == TestStream.h264SPS ? TestStream.h264LargeSPS : $0 }
        }
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for packet in packets(small + large, &packetiser).joined() { driver.take(packet) }
        #expect(
            driver.units.map(\.format.picture.width) == [Int](repeating: 320, count: 10)
                + [Int](repeating: 640, count: 10))
        #expect(Set(driver.units.map { ObjectIdentifier($0.format) }).count == 2, "one format for all pictures of it")
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `missing markers only delay`(_ codec: VideoFormat.Codec) {
        let pictures = TestStream.pictures(codec, count: 20)
        var packetiser = Packetiser(codec: codec)
        var driver = ReceiverDriver(codec)
        for packet in packets(pictures, &packetiser, marker: false).joined() { driver.take(packet) }
        #expect(driver.units.map(\.data) == pictures.dropLast().map { TestStream.sample($0, codec) })
        #expect(driver.damaged == 0)
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `a camera that marks every packet is seen through`(_ codec: VideoFormat.Codec) {
        let pictures = TestStream.pictures(codec, count: 20, slices: 3)
        var packetiser = Packetiser(codec: codec)
        var driver = ReceiverDriver(codec)
        for var packet in packets(pictures, &packetiser).joined() {
            packet[1] |= 0x80
            driver.take(packet)
        }
        #expect(driver.units.map(\.data) == pictures.dropLast().map { TestStream.sample($0, codec) })
        #expect(driver.damaged == 0)
    }

    @Test func `a marker that begins to lie costs one picture`() {
        let pictures = TestStream.pictures(.h264, count: 30, slices: 3)
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for (index, packets) in packets(pictures, &packetiser).enumerated() {
            for var packet in packets {
                if index >= 10 { packet[1] |= 0x80 }
                driver.take(packet)
            }
        }
        #expect(driver.damaged == 1)
        let whole = Set(pictures.map { TestStream.sample($0, .h264) })
        #expect(driver.units.filter { !whole.contains($0.data) }.count == 1)
    }

    @Test func `two pictures under one timestamp stay two`() {
        let pictures = TestStream.pictures(.h264, count: 12)
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for (index, units) in pictures.enumerated() {
            for packet in packetiser.packets(of: units, timestamp: UInt32(index / 2) * 12_000) { driver.take(packet) }
        }
        #expect(driver.units.map(\.data) == pictures.prefix(driver.units.count).map { TestStream.sample($0, .h264) })
        #expect(driver.units.count >= 11)
        driver.checkInvariants()
    }

    @Test func `padding, extension and contributing sources are passed over`() {
        let pictures = TestStream.pictures(.h264, count: 10)
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for packet in packets(pictures, &packetiser).joined() {
            var dressed = Array(packet[..<12])
            dressed[0] = 0x80 | 0x20 | 0x10 | 2
            dressed += [1, 2, 3, 4, 5, 6, 7, 8]
            dressed += [0xBE, 0xDE, 0, 1, 9, 9, 9, 9]
            dressed += packet[12...]
            dressed += [0, 0, 3]
            driver.take(dressed)
        }
        #expect(driver.units.map(\.data) == pictures.map { TestStream.sample($0, .h264) })
    }

    @Test func `units with start codes in a packet are taken apart`() {
        let code: [UInt8] = [0, 0, 0, 1]
        var random = SeededGenerator(seed: 3)
        let key = TestStream.slice(.h264, isKey: true, size: 300, &random)
        let second = TestStream.slice(.h264, isKey: true, isFirst: false, size: 300, &random)
        let sets = TestStream.h264SPS + code + TestStream.h264PPS
        let forms: [[[UInt8]]] = [
            [code + sets + code + key + code + second],
            [sets + code + key + code + second],
            [code + TestStream.h264SPS, code + TestStream.h264PPS, code + key, code + second],
            [sets, key + code + second],
            [[0, 0, 1] + sets, [0, 0, 1] + key + [0, 0, 1] + second],
            [[0x09, 0xF0] + code + sets + code + key + code + second],
        ]
        let expected = TestStream.sample([key, second], .h264)
        for limit in [1400, 100] {
            for form in forms {
                var packetiser = Packetiser(codec: .h264, limit: limit)
                var driver = ReceiverDriver(.h264)
                for index in 0..<3 {
                    // A unit that begins with a start code has no header that could be fragmented.
                    let units = limit == 100 && form[0][0] == 0 ? [sets + code + key + code + second] : form
                    for packet in packetiser.packets(of: units, timestamp: UInt32(index) * 3000) { driver.take(packet) }
                }
                #expect(driver.units.first?.data == expected)
                #expect(driver.damaged == 0)
            }
        }
    }

    @Test func `delimiters and filler are left out, supplemental information is kept`() {
        var random = SeededGenerator(seed: 3)
        let key = TestStream.slice(.h264, isKey: true, size: 300, &random)
        let information: [UInt8] = [0x06, 0x05, 0x02, 0x41, 0x42, 0x80]
        let units = [
            [0x09, 0x10], TestStream.h264SPS, TestStream.h264PPS, information, key, [0x0C, 0xFF, 0xFF, 0x80],
        ]
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for index in 0..<4 {
            for packet in packetiser.packets(of: units, timestamp: UInt32(index) * 3000) { driver.take(packet) }
        }
        #expect(driver.units.first?.data == TestStream.sample([information, key], .h264))
    }

    @Test func `units with decoding order numbers: STAP-B and FU-B are read, MTAP is damage`() {
        var random = SeededGenerator(seed: 4)
        let key = TestStream.slice(.h264, isKey: true, size: 300, &random)
        var packetiser = Packetiser(codec: .h264)
        var driver = ReceiverDriver(.h264)
        for index in 0..<5 {
            var sets: [UInt8] = [25, 0, 1]
            for unit in [TestStream.h264SPS, TestStream.h264PPS] {
                sets.append(bigEndian: UInt16(unit.count))
                sets += unit
            }
            let time = UInt32(index) * 3000
            driver.take(packetiser.packet(sets, timestamp: time, marker: false))
            driver.take(packetiser.packet([0x7D, 0x85, 0, 2] + key[1..<100], timestamp: time, marker: false))
            driver.take(packetiser.packet([0x7C, 0x45] + key[100...], timestamp: time, marker: true))
        }
        #expect(driver.units.first?.data == TestStream.sample([key], .h264))
        let before = driver.units.count
        for index in 5..<8 {
            driver.take(packetiser.packet([26, 0, 0, 0, 3, 0, 0, 0, 1], timestamp: UInt32(index) * 3000, marker: true))
        }
        #expect(driver.units.count <= before + 1)
        #expect(driver.damaged > 0)
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `no mutation of packets breaks it`(_ codec: VideoFormat.Codec) {
        var random = SeededGenerator(seed: 11)
        for round in 0..<60 {
            let pictures = TestStream.pictures(codec, count: 12, slices: 2, sizes: 20...1500, seed: UInt64(round))
            var packetiser = Packetiser(codec: codec, limit: 300, aggregates: round % 2 == 0)
            var driver = ReceiverDriver(codec, isConnection: round % 3 != 0)
            for packet in packets(pictures, &packetiser).joined() {
                driver.now += .milliseconds(3)
                for broken in Mutations(of: packet, count: Int.random(in: 0...2, using: &random), seed: random.next()) {
                    round % 3 == 0 ? driver.takeDatagram(broken) : driver.take(broken)
                }
                round % 3 == 0 ? driver.takeDatagram(packet) : driver.take(packet)
            }
            driver.checkInvariants()
        }
    }

    @Test(arguments: VideoFormat.Codec.allCases)
    func `packets cut off anywhere are refused or read`(_ codec: VideoFormat.Codec) {
        var packetiser = Packetiser(codec: codec, limit: 100, aggregates: true)
        let sent = packets(TestStream.pictures(codec, count: 2, sizes: 40...300), &packetiser)
        for packet in sent.joined() {
            for cut in truncations(of: packet) {
                var driver = ReceiverDriver(codec, parameterSets: TestStream.parameterSets(codec))
                driver.take(cut)
                driver.take(packet)
                driver.checkInvariants()
            }
        }
    }
}
