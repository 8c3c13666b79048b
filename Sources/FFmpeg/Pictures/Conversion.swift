import CFFmpeg

/// What swscale must know of one side.
struct Layout: Equatable {
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

    var coefficients: CInt {
        switch ColorMatrix(matrix, height: Int(height)) {
        case .bt601: SWS_CS_ITU601
        case .bt709: SWS_CS_ITU709
        case .bt2020: SWS_CS_BT2020
        }
    }
}

/// From one side to the other.
struct Conversion: Equatable {
    var from: Layout
    var to: Layout

    init(from: Layout, to: Layout) {
        self.from = from
        self.to = to
        // Only a target that names its matrix (a JPEG: BT.601) has colours recomputed.
        if to.matrix == AVCOL_SPC_UNSPECIFIED { self.to.matrix = from.matrix }
    }

    /// - Parameter flags: swscale's algorithm; nil = what suits pictures for people.
    func prepare(flags: CInt? = nil) throws(FFmpegError) -> OpaquePointer {
        let action = "preparing to scale"
        guard let context = sws_alloc_context() else { throw .outOfMemory(while: action) }
        let shrinks = to.width < from.width
        let options: [(String, CInt)] = [
            ("srcw", from.width), ("srch", from.height), ("src_format", from.format),
            ("src_range", from.isFullRange ? 1 : 0),
            ("dstw", to.width), ("dsth", to.height), ("dst_format", to.format),
            ("dst_range", to.isFullRange ? 1 : 0),
            ("sws_flags", flags ?? (shrinks ? SWS_AREA : SWS_BILINEAR)),
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
