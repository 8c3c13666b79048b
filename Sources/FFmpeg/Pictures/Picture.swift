import CFFmpeg
public import Domain

/// A decoded picture, or one to draw into: planar YUV 4:2:0, 8 bits, video range (Y 16…235).
///
/// The planes are lent, never returned. Rows may be padded: the next row of a plane begins `lumaStride` or `chromaStride` bytes on.
public struct Picture: ~Copyable {
    let frame: UnsafeMutablePointer<AVFrame>

    init(owning frame: UnsafeMutablePointer<AVFrame>) { self.frame = frame }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
    }

    /// A picture with undefined contents.
    public static func blank(width: Int, height: Int) throws(FFmpegError) -> Picture {
        try blank(width: width, height: height, format: AV_PIX_FMT_YUV420P, isFullRange: false)
    }

    static func blank(
        width: Int, height: Int, format: AVPixelFormat, isFullRange: Bool
    ) throws(FFmpegError) -> Picture {
        let picture = try empty()
        picture.frame.pointee.width = CInt(width)
        picture.frame.pointee.height = CInt(height)
        picture.frame.pointee.format = format.rawValue
        picture.frame.pointee.color_range = isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
        try FFmpegError.check("making room for a \(width)×\(height) picture", av_frame_get_buffer(picture.frame, 0))
        return picture
    }

    /// A frame with no planes yet, for FFmpeg to fill.
    static func empty() throws(FFmpegError) -> Picture {
        guard let frame = av_frame_alloc() else { throw .outOfMemory(while: "making a frame") }
        return Picture(owning: frame)
    }

    public var width: Int { Int(frame.pointee.width) }
    public var height: Int { Int(frame.pointee.height) }
    public var chromaWidth: Int { (width + 1) / 2 }
    public var chromaHeight: Int { (height + 1) / 2 }
    /// Bytes from a row of Y to the next, ≥ `width`.
    public var lumaStride: Int { Int(frame.pointee.linesize.0) }
    /// Bytes from a row of U, or of V, to the next, ≥ `chromaWidth`.
    public var chromaStride: Int { Int(frame.pointee.linesize.1) }
    public var isKey: Bool { frame.pointee.key_frame != 0 }

    /// Of the access unit that it was decoded from; zero for a blank one.
    public var presentationTime: Time90k {
        Time90k(ticks: frame.pointee.pts == shim_no_timestamp ? 0 : frame.pointee.pts)
    }

    /// Lends the three planes to `body`, for as long as it runs.
    public func withPlanes<Result, Failure: Error>(
        _ body: (_ y: Span<UInt8>, _ u: Span<UInt8>, _ v: Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let data = frame.pointee.data
        return try body(
            Span(_unsafeElements: UnsafeBufferPointer(start: data.0, count: lumaCount)),
            Span(_unsafeElements: UnsafeBufferPointer(start: data.1, count: chromaCount)),
            Span(_unsafeElements: UnsafeBufferPointer(start: data.2, count: chromaCount)))
    }

    /// Lends the three planes to be drawn into.
    public mutating func withMutablePlanes<Result, Failure: Error>(
        _ body: (
            _ y: inout MutableSpan<UInt8>, _ u: inout MutableSpan<UInt8>, _ v: inout MutableSpan<UInt8>
        ) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // An encoder may still hold the planes; then this picture gets its own copy.
        precondition(av_frame_make_writable(frame) >= 0, "out of memory")
        let data = frame.pointee.data
        var y = MutableSpan(_unsafeElements: UnsafeMutableBufferPointer(start: data.0, count: lumaCount))
        var u = MutableSpan(_unsafeElements: UnsafeMutableBufferPointer(start: data.1, count: chromaCount))
        var v = MutableSpan(_unsafeElements: UnsafeMutableBufferPointer(start: data.2, count: chromaCount))
        return try body(&y, &u, &v)
    }

    private var lumaCount: Int { lumaStride * height }
    private var chromaCount: Int { chromaStride * chromaHeight }
}
