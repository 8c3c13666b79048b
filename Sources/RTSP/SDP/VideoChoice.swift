import Bitstream
import Domain

/// The video of a session that we are going to ask for.
struct VideoChoice: Hashable, Sendable {
    let codec: VideoFormat.Codec
    let payloadType: UInt8
    /// Ticks per second of its RTP timestamps; 90,000 by the standards.
    let clockRate: Int
    /// NAL units.
    let parameterSets: [[UInt8]]
    /// As written.
    let control: String?

    /// The first video that we can carry.
    ///
    /// - Throws: `notVideo`; `unsupportedCodec` with the name of the first video's.
    init(from description: SessionDescription) throws(SourceFailure) {
        var rejected: String?
        for media in description.media where media.kind == "video" {
            for type in media.payloadTypes {
                guard let encoding = media.encoding(of: type) else { continue }
                let parameters = media.parameters(of: type)
                guard let codec = Self.codec(named: encoding.name) else {
                    rejected = rejected ?? encoding.name.printable(limit: 40)
                    continue
                }
                guard !Self.isInterleaved(codec, parameters) else {
                    rejected = rejected ?? "\(encoding.name) in interleaved mode"
                    continue
                }
                self.codec = codec
                payloadType = type
                clockRate = encoding.clockRate
                parameterSets = parameters.parameterSets
                control = media.control
                return
            }
        }
        if let rejected { throw SourceFailure(.unsupportedCodec, detail: rejected) }
        throw SourceFailure(
            .notVideo, detail: description.media.map(\.kind).joined(separator: ", ").printable(limit: 80))
    }

    private static func codec(named name: String) -> VideoFormat.Codec? {
        switch name.uppercased() {
        case "H264", "AVC", "AVC1": .h264
        case "H265", "HEVC": .h265
        default: nil
        }
    }

    /// NAL units out of decoding order (RFC 6184 §5.6 mode 2, RFC 7798 §7.1 `sprop-max-don-diff`): no camera sends them.
    private static func isInterleaved(_ codec: VideoFormat.Codec, _ parameters: FormatParameters) -> Bool {
        switch codec {
        case .h264: parameters["packetization-mode"] == "2"
        case .h265: (parameters["sprop-max-don-diff"].flatMap { Int($0) } ?? 0) > 0
        }
    }
}
