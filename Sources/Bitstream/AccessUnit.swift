public import Domain

/// One coded picture: the one currency of the media path. Whatever the source, nothing after it knows where it came from.
public struct AccessUnit: Sendable {
    public let format: VideoFormat
    /// Strictly increasing within a stream; jumps forward over lost pictures.
    public let decodeTime: Time90k
    /// Presentation time minus decode time, ≥ 0; 0 in streams without B pictures.
    public let compositionOffset: Time90k
    /// An IDR picture (H.264), or an IRAP picture (H.265): decoding can start here.
    public let isKey: Bool
    /// NAL units, each after its length in four bytes, big-endian (ISO/IEC 14496-15 §5.3.3).
    /// Parameter sets, access-unit delimiters and filler are left out: they stand in `format` or say nothing.
    public let data: [UInt8]
    /// When the picture was taken by the camera's own clock (RTCP sender report, RFC 3550 §6.4.1); nil when it didn't say.
    public let captureTime: UTCTime?

    public init(
        format: VideoFormat, decodeTime: Time90k, compositionOffset: Time90k = .zero, isKey: Bool, data: [UInt8],
        captureTime: UTCTime? = nil
    ) {
        self.format = format
        self.decodeTime = decodeTime
        self.compositionOffset = compositionOffset
        self.isKey = isKey
        self.data = data
        self.captureTime = captureTime
    }

    public var presentationTime: Time90k { decodeTime + compositionOffset }
}
