/// What a decoder must know before the first picture: the codec and its parameter sets, with what they say.
///
/// Immutable and shared by every access unit of a stream until the parameter sets change.
public final class VideoFormat: Sendable, Hashable {
    public enum Codec: String, Sendable, CaseIterable {
        case h264
        case h265
    }

    public let codec: Codec
    /// NAL units without start code or length, emulation prevention bytes kept. H.265 only; empty for H.264.
    public let videoParameterSets: [[UInt8]]
    public let sequenceParameterSets: [[UInt8]]
    public let pictureParameterSets: [[UInt8]]
    /// What the first sequence parameter set says.
    public let picture: PictureDescription

    /// - Throws: ``BitstreamError`` when a set is missing, the first sequence parameter set can't be read, or the sets are more
    ///   or longer than a configuration record can hold.
    public init(
        codec: Codec, videoParameterSets: [[UInt8]] = [], sequenceParameterSets: [[UInt8]],
        pictureParameterSets: [[UInt8]]
    ) throws(BitstreamError) {
        guard let first = sequenceParameterSets.first else { throw .missingParameterSet("SPS") }
        guard !pictureParameterSets.isEmpty else { throw .missingParameterSet("PPS") }
        guard codec == .h264 || !videoParameterSets.isEmpty else { throw .missingParameterSet("VPS") }
        for (sets, maximum) in [(videoParameterSets, 16), (sequenceParameterSets, 31), (pictureParameterSets, 255)] {
            guard sets.count <= maximum, sets.allSatisfy({ (1...0xFFFF).contains($0.count) }) else {
                throw .invalid("number or length of parameter sets")
            }
        }
        self.codec = codec
        self.videoParameterSets = videoParameterSets
        self.sequenceParameterSets = sequenceParameterSets
        self.pictureParameterSets = pictureParameterSets
        self.picture =
            switch codec {
            case .h264: try PictureDescription(h264SPS: first)
            case .h265: try PictureDescription(h265SPS: first)
            }
    }

    public static func == (a: VideoFormat, b: VideoFormat) -> Bool {
        a === b
            || a.codec == b.codec && a.sequenceParameterSets == b.sequenceParameterSets
                && a.pictureParameterSets == b.pictureParameterSets && a.videoParameterSets == b.videoParameterSets
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(codec)
        hasher.combine(sequenceParameterSets)
    }
}
