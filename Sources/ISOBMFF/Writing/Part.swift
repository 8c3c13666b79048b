public import Domain

/// One movie fragment, `moof` and `mdat`: what CMAF calls a chunk and LL-HLS a part. Immutable, shared by all readers.
public struct Part: Sendable {
    /// The whole fragment, its decode time on the stream's clock.
    public let bytes: [UInt8]
    /// Of its first sample.
    public let decodeTime: Time90k
    public let duration: Time90k
    /// Its first sample is a keyframe.
    public let isIndependent: Bool
    public let sampleCount: Int
    /// The samples' bytes within `bytes`; what is before them is `moof` and the head of `mdat`.
    public let payload: Range<Int>

    /// The bytes before the payload, under another time base: for a recording, whose own time begins at zero.
    ///
    /// - Parameters:
    ///   - decodeTime: for `tfdt`, ≥ 0.
    ///   - sequence: for `mfhd`, counting from 1 within a file.
    ///   - sampleEntry: index of the format among the file's, from 1.
    public func header(decodeTime: Time90k, sequence: UInt32, sampleEntry: UInt32 = 1) -> [UInt8] {
        var header = Array(bytes[..<payload.lowerBound])
        header.put(sequence, at: FragmentLayout.sequenceNumber)
        header.put(sampleEntry, at: FragmentLayout.sampleEntry)
        header.put(UInt64(bitPattern: decodeTime.ticks), at: FragmentLayout.decodeTime)
        return header
    }
}

/// Where things stand in the fragments that we write: `moof { mfhd, traf { tfhd, tfdt, trun } }`, `mdat`.
enum FragmentLayout {
    static let sequenceNumber = 8 + 12
    static let trackFragment = 8 + 16
    /// tfhd: size, type, flags, track, then the sample entry's index.
    static let sampleEntry = trackFragment + 8 + 16
    static let decodeTime = trackFragment + 8 + 20 + 12
    static let run = trackFragment + 8 + 20 + 20
    /// trun: size, type, flags, count, data offset; then 16 bytes a sample.
    static let firstSample = run + 20
    static let sampleBytes = 16
}
