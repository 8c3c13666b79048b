public import Domain

/// One coded picture inside a fragment's bytes.
public struct FragmentSample: Hashable, Sendable {
    /// Within the fragment's bytes.
    public var range: Range<Int>
    public var decodeTime: Time90k
    public var compositionOffset: Time90k
    public var duration: Time90k
    public var isKey: Bool
    /// Which of the file's formats, from 1.
    public var sampleEntry: UInt32
}

extension FragmentedFile {
    /// The samples of one whole fragment, `moof` and `mdat`.
    ///
    /// - Throws: ``ISOBMFFError`` for anything that is not a fragment as ``FragmentWriter`` writes it.
    public static func samples(inFragment bytes: [UInt8]) throws(ISOBMFFError) -> [FragmentSample] {
        var reader = ByteReader(bytes[...], box: "fragment")
        let moofSize = Int(try reader.number(UInt32.self))
        guard moofSize >= 8, moofSize <= bytes.count else { throw .truncated("moof") }
        return try samples(inMovieFragment: bytes[..<moofSize], available: bytes.count)
    }

    /// - Parameters:
    ///   - moof: the whole box.
    ///   - available: how far the samples may reach, from the begin of `moof`.
    static func samples(
        inMovieFragment moof: ArraySlice<UInt8>, available: Int
    ) throws(ISOBMFFError) -> [FragmentSample] {
        guard moof.count >= 8, moof.dropFirst(4).prefix(4).elementsEqual("moof".utf8) else { throw .invalid("moof") }
        let fragment = try ByteReader(moof.dropFirst(8), box: "moof").box("traf")
        var header = try fragment.box("tfhd")
        guard try header.fullBoxHeader().flags == 0x02_0002 else { throw .invalid("flags of tfhd") }
        try header.skip(4)
        let sampleEntry = try header.number(UInt32.self)
        var timeBox = try fragment.box("tfdt")
        guard try timeBox.fullBoxHeader().version == 1 else { throw .invalid("version of tfdt") }
        let base = try timeBox.number(Int64.self)
        // Ten thousand years: sums stay far from overflowing.
        guard (0...28_000_000_000_000_000).contains(base) else { throw .invalid("decode time") }
        var run = try fragment.box("trun")
        guard try run.fullBoxHeader() == (1, 0x0F01) else { throw .invalid("flags of trun") }
        let count = Int(try run.number(UInt32.self))
        var offset = Int(try run.number(UInt32.self))
        guard count > 0, run.rest.count == count * FragmentLayout.sampleBytes, offset == moof.count + 8 else {
            throw .invalid("trun")
        }
        var samples: [FragmentSample] = []
        samples.reserveCapacity(count)
        var time = Time90k(ticks: base)
        for _ in 0..<count {
            let duration = Time90k(ticks: Int64(try run.number(UInt32.self)))
            let size = Int(try run.number(UInt32.self))
            let flags = try run.number(UInt32.self)
            let composition = Time90k(ticks: Int64(try run.number(Int32.self)))
            guard offset + size <= available else { throw .truncated("mdat") }
            samples.append(
                FragmentSample(
                    range: offset..<offset + size, decodeTime: time, compositionOffset: composition,
                    duration: duration, isKey: flags & 0x0001_0000 == 0, sampleEntry: sampleEntry))
            offset += size
            time += duration
        }
        return samples
    }
}
