/// The `avcC` or `hvcC` box's content: parameter sets, as MP4 and Matroska carry them (ISO/IEC 14496-15 §5.3.3.1, §8.3.3.1).
public struct ConfigurationRecord: Sendable {
    public let format: VideoFormat
    /// Bytes of the length before each NAL unit: 1…4.
    public let lengthSize: Int

    /// - Throws: ``BitstreamError`` when it is cut off or holds no usable parameter sets.
    public init(_ bytes: [UInt8], codec: VideoFormat.Codec) throws(BitstreamError) {
        var reader = RecordReader(bytes)
        switch codec {
        case .h264:
            try reader.skip(4)
            lengthSize = Int(try reader.byte() & 3) + 1
            let sequenceSets = try reader.units(count: Int(try reader.byte() & 0x1F))
            let pictureSets = try reader.units(count: Int(try reader.byte()))
            format = try VideoFormat(
                codec: .h264, sequenceParameterSets: sequenceSets, pictureParameterSets: pictureSets)
        case .h265:
            try reader.skip(21)
            lengthSize = Int(try reader.byte() & 3) + 1
            var sets: [UInt8: [[UInt8]]] = [:]
            for _ in 0..<(try reader.byte()) {
                let type = try reader.byte() & 0x3F
                sets[type, default: []] += try reader.units(count: try reader.short())
            }
            format = try VideoFormat(
                codec: .h265, videoParameterSets: sets[32] ?? [], sequenceParameterSets: sets[33] ?? [],
                pictureParameterSets: sets[34] ?? [])
        }
    }
}

private struct RecordReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func byte() throws(BitstreamError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated("configuration record") }
        return byte
    }

    mutating func short() throws(BitstreamError) -> Int { Int(try byte()) << 8 | Int(try byte()) }

    mutating func skip(_ count: Int) throws(BitstreamError) {
        guard rest.count >= count else { throw .truncated("configuration record") }
        rest = rest.dropFirst(count)
    }

    mutating func units(count: Int) throws(BitstreamError) -> [[UInt8]] {
        var units: [[UInt8]] = []
        for _ in 0..<count {
            let length = try short()
            guard rest.count >= length else { throw .truncated("configuration record") }
            if length > 0 { units.append(Array(rest.prefix(length))) }
            rest = rest.dropFirst(length)
        }
        return units
    }
}

extension VideoFormat {
    /// The `avcC` or `hvcC` box's content for this format; four-byte lengths.
    public var configurationRecord: [UInt8] {
        switch codec {
        case .h264: avcConfiguration
        case .h265: hevcConfiguration
        }
    }

    private var avcConfiguration: [UInt8] {
        let first = sequenceParameterSets[0]
        var bytes: [UInt8] = [1, first[1], first[2], first[3], 0xFF, 0xE0 | UInt8(sequenceParameterSets.count)]
        for unit in sequenceParameterSets { bytes += Self.prefixed(unit) }
        bytes.append(UInt8(pictureParameterSets.count))
        for unit in pictureParameterSets { bytes += Self.prefixed(unit) }
        if ![66, 77, 88].contains(first[1]) {
            // §5.3.3.1.2: chroma format and bit depths of the high profiles, no extensions.
            bytes += [0xFC | sampling[0], 0xF8 | sampling[1], 0xF8 | sampling[2], 0]
        }
        return bytes
    }

    private var hevcConfiguration: [UInt8] {
        var reader = BitReader(sequenceParameterSets[0][2...], structure: "SPS")
        var bytes: [UInt8] = [1]
        let subLayers = Int((try? reader.bits(7)) ?? 0) & 7
        let isNested = (try? reader.bit()) ?? false
        // The set was read when this format was made, so its first bytes are there.
        guard let profile = try? ProfileTierLevel(&reader, subLayers: subLayers) else { return bytes }
        bytes.append(profile.profile)
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: profile.compatibility >> $0) }
        bytes += profile.constraints
        bytes.append(profile.level)
        // No spatial segmentation, parallelism unknown; sampling; frame rate unknown; four-byte lengths, three kinds of sets.
        bytes += [0xF0, 0, 0xFC, 0xFC | sampling[0], 0xF8 | sampling[1], 0xF8 | sampling[2], 0, 0]
        bytes += [UInt8(subLayers + 1) << 3 | (isNested ? 4 : 0) | 3, 3]
        for (type, units) in [
            (UInt8(32), videoParameterSets), (33, sequenceParameterSets), (34, pictureParameterSets),
        ] {
            // Complete: none of them comes in the stream.
            bytes += [0x80 | type, 0, UInt8(units.count)]
            for unit in units { bytes += Self.prefixed(unit) }
        }
        return bytes
    }

    private var sampling: [UInt8] {
        [picture.sampling.chroma, picture.sampling.lumaDepth, picture.sampling.chromaDepth].map { UInt8($0) }
    }

    private static func prefixed(_ unit: [UInt8]) -> [UInt8] {
        [UInt8(unit.count >> 8), UInt8(unit.count & 0xFF)] + unit
    }
}
