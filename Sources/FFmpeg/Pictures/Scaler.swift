import CFFmpeg

/// Changes the size of pictures; inside this target also their pixel format, range and colour matrix.
public struct Scaler: ~Copyable {
    private var context: OpaquePointer?
    private var prepared: Conversion?

    public init() {
        Log.silence()
    }

    deinit { sws_freeContext(context) }

    /// Scales `source` to `width` × `height` pixels, averaging when it gets smaller.
    public mutating func scale(
        _ source: borrowing Picture, width: Int, height: Int
    ) throws(FFmpegError) -> Picture {
        let scaled = try Picture.blank(width: width, height: height)
        try convert(source, into: scaled)
        return scaled
    }

    mutating func convert(_ source: borrowing Picture, into target: borrowing Picture) throws(FFmpegError) {
        let wanted = Conversion(from: Layout(source), to: Layout(target))
        if prepared != wanted {
            sws_freeContext(context)
            context = nil
            prepared = nil
            context = try wanted.prepare()
            prepared = wanted
        }
        let action = "scaling a picture"
        try FFmpegError.check(action, sws_scale_frame(context, target.frame, source.frame))
        target.frame.pointee.pts = source.frame.pointee.pts
        target.frame.pointee.key_frame = source.frame.pointee.key_frame
        target.frame.pointee.sample_aspect_ratio = source.frame.pointee.sample_aspect_ratio
        target.frame.pointee.colorspace = wanted.to.matrix
    }
}

/// What swscale must know of one side.
private struct Layout: Equatable {
    var width: CInt
    var height: CInt
    var format: CInt
    var isFullRange: Bool
    var matrix: AVColorSpace

    init(_ picture: borrowing Picture) {
        let frame = picture.frame
        width = frame.pointee.width
        height = frame.pointee.height
        // The J formats are the plain ones plus full range; swscale says so on stderr each time it meets them.
        let (plain, isJPEG) = Self.plain(AVPixelFormat(frame.pointee.format))
        format = plain.rawValue
        isFullRange = isJPEG || frame.pointee.color_range == AVCOL_RANGE_JPEG
        matrix = frame.pointee.colorspace
    }

    private static func plain(_ format: AVPixelFormat) -> (format: AVPixelFormat, isJPEG: Bool) {
        switch format {
        case AV_PIX_FMT_YUVJ420P: (AV_PIX_FMT_YUV420P, true)
        case AV_PIX_FMT_YUVJ422P: (AV_PIX_FMT_YUV422P, true)
        case AV_PIX_FMT_YUVJ444P: (AV_PIX_FMT_YUV444P, true)
        default: (format, false)
        }
    }

    /// Cameras seldom say which matrix they use; players take BT.709 for 720 lines and more, and so do we.
    var coefficients: CInt {
        switch matrix {
        case AVCOL_SPC_BT709: SWS_CS_ITU709
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
        case AVCOL_SPC_UNSPECIFIED where height >= 720: SWS_CS_ITU709
        default: SWS_CS_ITU601
        }
    }
}

private struct Conversion: Equatable {
    var from: Layout
    var to: Layout

    init(from: Layout, to: Layout) {
        self.from = from
        self.to = to
        // Only a target that names its matrix (a JPEG: BT.601) has colours recomputed.
        if to.matrix == AVCOL_SPC_UNSPECIFIED { self.to.matrix = from.matrix }
    }

    func prepare() throws(FFmpegError) -> OpaquePointer {
        let action = "preparing to scale"
        guard let context = sws_alloc_context() else { throw .outOfMemory(while: action) }
        let shrinks = to.width < from.width
        let options: [(String, CInt)] = [
            ("srcw", from.width), ("srch", from.height), ("src_format", from.format),
            ("src_range", from.isFullRange ? 1 : 0),
            ("dstw", to.width), ("dsth", to.height), ("dst_format", to.format),
            ("dst_range", to.isFullRange ? 1 : 0),
            ("sws_flags", shrinks ? SWS_AREA : SWS_BILINEAR),
        ]
        for (name, value) in options {
            av_opt_set_int(UnsafeMutableRawPointer(context), name, Int64(value), 0)
        }
        let isSameMatrix = to.matrix == from.matrix
        let code = sws_init_context(context, nil, nil)
        guard code >= 0 else {
            sws_freeContext(context)
            throw FFmpegError(code, while: action)
        }
        let source = sws_getCoefficients(from.coefficients)
        sws_setColorspaceDetails(
            context, source, from.isFullRange ? 1 : 0,
            isSameMatrix ? source : sws_getCoefficients(to.coefficients), to.isFullRange ? 1 : 0, 0, 1 << 16, 1 << 16)
        return context
    }
}
