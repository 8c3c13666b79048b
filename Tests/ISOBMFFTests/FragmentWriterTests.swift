import Bitstream
import Domain
import TestSupport
import Testing

@testable import ISOBMFF

struct FragmentWriterTests {
    static func unit(_ ticks: Int64, isKey: Bool = false, bytes: Int = 10) -> AccessUnit {
        AccessUnit(
            format: SyntheticFile.format, decodeTime: Time90k(ticks: ticks), isKey: isKey,
            data: [UInt8](repeating: 1, count: bytes))
    }

    @Test func `a picture that nothing follows for a while lasts until the next`() throws {
        var writer = FragmentWriter(format: SyntheticFile.format)
        let parts = [Self.unit(0, isKey: true), Self.unit(9000), Self.unit(900_000)].map { writer.append($0) }
        #expect(parts[0] == nil && parts[1] == nil)
        let part = try #require(parts[2])
        #expect(part.sampleCount == 2 && part.duration == Time90k(ticks: 900_000) && part.isIndependent)
        let rest = [writer.finish(), writer.finish()]
        let last = try #require(rest[0])
        #expect(last.decodeTime == Time90k(ticks: 900_000) && !last.isIndependent)
        #expect(last.duration == Time90k(.milliseconds(500)))
        #expect(rest[1] == nil)
    }

    @Test func `the last picture lasts as long as the one before it`() throws {
        var writer = FragmentWriter(format: SyntheticFile.format)
        var parts = (0..<3).map { writer.append(Self.unit(Int64($0) * 3600, isKey: $0 == 0)) }
        parts.append(writer.finish())
        // After a cut, times may begin anywhere.
        parts.append(writer.append(Self.unit(100, isKey: true)))
        parts.append(writer.finish())
        #expect(parts.compactMap { $0?.duration.ticks } == [3 * 3600, 3600])
    }

    @Test func `a stream whose time stands still is cut by its bytes`() throws {
        var writer = FragmentWriter(format: SyntheticFile.format)
        var sizes: [Int] = []
        for index in 0..<9 {
            let unit = Self.unit(Int64(index), isKey: index == 0, bytes: 9 << 20)
            if let part = writer.append(unit) { sizes.append(part.payload.count) }
        }
        #expect(sizes == [27 << 20, 27 << 20])
    }

    @Test(arguments: [1, 2, 7, 100])
    func `a part's head under another time base fits its payload`(count: Int) throws {
        for part in SyntheticFile.parts(of: SyntheticFile.units(count)) {
            let head = part.header(decodeTime: Time90k(ticks: 42), sequence: 7, sampleEntry: 3)
            #expect(head.count == part.payload.lowerBound && part.payload.upperBound == part.bytes.count)
            let moved = head + part.bytes[part.payload]
            let before = try FragmentedFile.samples(inFragment: part.bytes)
            let after = try FragmentedFile.samples(inFragment: moved)
            #expect(after.map(\.range) == before.map(\.range))
            #expect(after.allSatisfy { $0.sampleEntry == 3 })
            #expect(after[0].decodeTime == Time90k(ticks: 42))
            #expect(Array(moved[20..<24]) == [0, 0, 0, 7])
            let changed = zip(part.bytes, moved).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
            #expect(changed.allSatisfy { $0 < FragmentLayout.run })
        }
    }

    @Test func `parts say what their bytes say`() throws {
        let units = SyntheticFile.units(40)
        var index = 0
        for part in SyntheticFile.parts(of: units) {
            let samples = try FragmentedFile.samples(inFragment: part.bytes)
            #expect(samples.count == part.sampleCount && samples[0].isKey == part.isIndependent)
            #expect(samples[0].range.lowerBound == part.payload.lowerBound)
            #expect(samples.reduce(Time90k.zero) { $0 + $1.duration } == part.duration)
            let head = try part.bytes.withUnsafeBytes { try FragmentHead($0) }
            #expect(head.decodeTime == part.decodeTime && head.headLength == part.payload.lowerBound)
            for sample in samples {
                #expect(Array(part.bytes[sample.range]) == units[index].data)
                #expect(sample.compositionOffset == units[index].compositionOffset)
                index += 1
            }
        }
        #expect(index == units.count)
    }
}
