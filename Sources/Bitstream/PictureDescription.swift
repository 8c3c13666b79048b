/// What a sequence parameter set says of the pictures.
public struct PictureDescription: Sendable, Hashable {
    /// Pixels, after cropping: 16…8192.
    public let width: Int
    public let height: Int
    /// Nominal; nil when the parameter set doesn't tell.
    public let framesPerSecond: Double?
    /// How many pictures may come before one that is shown earlier; 0 = decoded in the order shown.
    public let maxReorderedFrames: Int
    /// RFC 6381: `avc1.64001F`, `hvc1.1.6.L93.B0`.
    public let codecs: String
    /// What configuration records repeat.
    let sampling: Sampling

    struct Sampling: Sendable, Hashable {
        /// `chroma_format_idc`, 0…3: none, 4:2:0, 4:2:2, 4:4:4.
        var chroma = 1
        /// Bits a sample less 8, 0…8.
        var lumaDepth = 0
        var chromaDepth = 0
    }

    init(
        width: Int, height: Int, framesPerSecond: Double?, maxReorderedFrames: Int, codecs: String, sampling: Sampling
    ) throws(BitstreamError) {
        guard (16...8192).contains(width), (16...8192).contains(height) else {
            throw .invalid("picture size \(width) × \(height)")
        }
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.maxReorderedFrames = maxReorderedFrames
        self.codecs = codecs
        self.sampling = sampling
    }
}

extension VideoFormat {
    /// RFC 6381: `avc1.64001F`, `hvc1.1.6.L93.B0`.
    public var codecs: String { picture.codecs }
}

func hexadecimal(_ value: some BinaryInteger, digits: Int = 1) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
