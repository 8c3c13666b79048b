public import Bitstream
public import Domain

/// Joins fragments of several recordings into one file: their bytes stay as they are but for time, number and format.
///
/// Time between files that is not recorded is left out, so that an export plays through; where each piece belongs in the day
/// stands in the export's name and the ledger.
public struct FragmentStitcher: Sendable {
    private let formats: [VideoFormat]
    private var sequence: UInt32 = 0
    /// Where the next fragment goes in the new file.
    private var time = Time90k.zero
    private var current: VideoFormat?

    /// - Parameter formats: all that will occur, each once; a file has one track for them (several sample entries).
    public init(formats: [VideoFormat]) { self.formats = formats }

    public var initializationSegment: [UInt8] { InitializationSegment(formats: formats).bytes }

    /// Rewrites a fragment in place. Call it in the order of the new file.
    ///
    /// - Parameters:
    ///   - bytes: where the fragment begins; only its first bytes are touched.
    ///   - duration: as ``FragmentedFile`` tells it.
    /// - Returns: what must stand between the fragment's head and its payload: nothing as a rule; where the format changes, its
    ///   parameter sets, because FFmpeg's reader does not follow `sample_description_index` from fragment to fragment.
    /// - Throws: ``ISOBMFFError`` when that is no fragment of ours or its format was not announced.
    public mutating func rewrite(
        _ bytes: UnsafeMutableRawBufferPointer, format: VideoFormat, duration: Time90k
    ) throws(ISOBMFFError) -> [UInt8] {
        guard bytes.count >= FragmentLayout.firstSample else { throw .truncated("moof") }
        guard bytes[4..<8].elementsEqual("moof".utf8),
            bytes[FragmentLayout.run + 4..<FragmentLayout.run + 8].elementsEqual("trun".utf8)
        else { throw .invalid("moof") }
        guard let entry = formats.firstIndex(of: format) else { throw .invalid("format") }
        sequence += 1
        put(sequence, at: FragmentLayout.sequenceNumber, in: bytes)
        put(UInt32(entry + 1), at: FragmentLayout.sampleEntry, in: bytes)
        put(UInt64(bitPattern: time.ticks), at: FragmentLayout.decodeTime, in: bytes)
        time += duration
        defer { current = format }
        guard let current, current != format else { return [] }
        return try insertParameterSets(of: format, into: bytes)
    }

    /// Makes the first sample, and `mdat`, so much longer.
    private func insertParameterSets(
        of format: VideoFormat, into bytes: UnsafeMutableRawBufferPointer
    ) throws(ISOBMFFError) -> [UInt8] {
        var sets: [UInt8] = []
        for unit in format.videoParameterSets + format.sequenceParameterSets + format.pictureParameterSets {
            withUnsafeBytes(of: UInt32(unit.count).bigEndian) { sets.append(contentsOf: $0) }
            sets += unit
        }
        let head = try FragmentHead(UnsafeRawBufferPointer(bytes))
        for offset in [FragmentLayout.firstSample + 4, head.headLength - 8] {
            let length = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            put(length + UInt32(sets.count), at: offset, in: bytes)
        }
        return sets
    }

    private func put(_ value: some FixedWidthInteger, at offset: Int, in bytes: UnsafeMutableRawBufferPointer) {
        bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: type(of: value))
    }
}
