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
