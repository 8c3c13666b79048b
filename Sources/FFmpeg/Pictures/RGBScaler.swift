import CFFmpeg

/// Cuts rectangles out of pictures and scales them to packed RGB, 3 bytes a pixel, full range.
///
/// Keeps what it has prepared for the sizes it met last: the same few sizes again and again cost no allocation.
public struct RGBScaler: ~Copyable {
    /// In pixels of the picture. `x` and `y` are even: half a chroma pixel can't be cut.
    public struct Crop: Sendable, Hashable {
        public let x: Int
        public let y: Int
        public let width: Int
        public let height: Int

        /// The least crop that holds the rectangle as far as it lies in the picture, and at least a pixel of it.
        public init(x: Double, y: Double, width: Double, height: Double, in picture: borrowing Picture) {
            (self.x, self.width) = Self.span(x, width, limit: picture.width)
            (self.y, self.height) = Self.span(y, height, limit: picture.height)
        }

        /// The whole picture.
        public init(_ picture: borrowing Picture) {
            (x, y, width, height) = (0, 0, picture.width, picture.height)
        }

        private static func span(_ start: Double, _ length: Double, limit: Int) -> (Int, Int) {
            let last = Double(limit - 1)
            let first = Int(min(max(start, 0), last)) & ~1
            let end = min(max((start + length).rounded(.up), 0), Double(limit))
            return (first, max(Int(end) - first, 1))
        }
    }

    private struct Prepared {
        let conversion: Conversion
        let context: OpaquePointer
        /// swscale may write beyond the end of a row: into this, never into the caller's memory.
        let canvas: UnsafeMutablePointer<AVFrame>
    }

    /// The one used last comes last.
    private var prepared: [Prepared] = []
    private static let capacity = 8

    public init() {
        Log.silence()
        prepared.reserveCapacity(Self.capacity + 1)
    }

    deinit { for one in prepared { Self.free(one) } }

    /// Scales a crop to `width` × `height` pixels at `left`, `top` of an RGB image that is `stride` bytes a row.
    ///
    /// Bilinear, every source pixel counted when it gets smaller.
    public mutating func convert(
        _ crop: Crop, of picture: borrowing Picture, width: Int, height: Int,
        into image: inout MutableSpan<UInt8>, stride: Int, left: Int = 0, top: Int = 0
    ) throws(FFmpegError) {
        precondition(
            width > 0 && height > 0 && left >= 0 && top >= 0 && (left + width) * 3 <= stride
                && (top + height) * stride <= image.count, "the image is smaller than what is to be put into it")
        let action = "scaling to RGB"
        let one = try prepare(crop, of: picture, width: width, height: height)
        let data = picture.frame.pointee.data
        let strides = picture.frame.pointee.linesize
        let luma = data.0! + crop.y * Int(strides.0) + crop.x
        let u = data.1! + crop.y / 2 * Int(strides.1) + crop.x / 2
        let v = data.2! + crop.y / 2 * Int(strides.2) + crop.x / 2
        try FFmpegError.check(
            action,
            withUnsafePointer(to: (UnsafePointer(luma), UnsafePointer(u), UnsafePointer(v))) { planes in
                withUnsafePointer(to: (strides.0, strides.1, strides.2)) { strides in
                    withUnsafePointer(to: one.canvas.pointee.linesize) { targetStrides in
                        withUnsafePointer(to: one.canvas.pointee.data) { targets in
                            sws_scale(
                                one.context,
                                UnsafeRawPointer(planes).assumingMemoryBound(to: UnsafePointer<UInt8>?.self),
                                UnsafeRawPointer(strides).assumingMemoryBound(to: CInt.self), 0, CInt(crop.height),
                                UnsafeRawPointer(targets).assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self),
                                UnsafeRawPointer(targetStrides).assumingMemoryBound(to: CInt.self))
                        }
                    }
                }
            })
        let rows = one.canvas.pointee.data.0!
        let rowStride = Int(one.canvas.pointee.linesize.0)
        image.withUnsafeMutableBufferPointer { bytes in
            for row in 0..<height {
                (bytes.baseAddress! + (top + row) * stride + left * 3)
                    .update(from: rows + row * rowStride, count: width * 3)
            }
        }
    }

    private mutating func prepare(
        _ crop: Crop, of picture: borrowing Picture, width: Int, height: Int
    ) throws(FFmpegError) -> Prepared {
        precondition(
            crop.x + crop.width <= picture.width && crop.y + crop.height <= picture.height,
            "the crop is of another picture")
        var from = Layout(picture)
        // A crop's matrix is its picture's; its size no longer tells.
        from.matrix = picture.colorMatrix.told
        from.width = CInt(crop.width)
        from.height = CInt(crop.height)
        if let index = prepared.lastIndex(where: {
            $0.conversion.from == from && $0.canvas.pointee.width == CInt(width)
                && $0.canvas.pointee.height == CInt(height)
        }) {
            let found = prepared.remove(at: index)
            prepared.append(found)
            return found
        }
        if prepared.count == Self.capacity { Self.free(prepared.removeFirst()) }
        let canvas = try Picture.blank(width: width, height: height, format: AV_PIX_FMT_RGB24, isFullRange: true)
        let conversion = Conversion(from: from, to: Layout(canvas))
        let context = try conversion.prepare(flags: SWS_BILINEAR)
        guard let kept = av_frame_clone(canvas.frame) else {
            sws_freeContext(context)
            throw .outOfMemory(while: "scaling to RGB")
        }
        let new = Prepared(conversion: conversion, context: context, canvas: kept)
        prepared.append(new)
        return new
    }

    private static func free(_ one: Prepared) {
        sws_freeContext(one.context)
        var canvas: UnsafeMutablePointer<AVFrame>? = one.canvas
        av_frame_free(&canvas)
    }
}

extension ColorMatrix {
    /// FFmpeg's name for it.
    fileprivate var told: AVColorSpace {
        switch self {
        case .bt601: AVCOL_SPC_SMPTE170M
        case .bt709: AVCOL_SPC_BT709
        case .bt2020: AVCOL_SPC_BT2020_NCL
        }
    }
}
