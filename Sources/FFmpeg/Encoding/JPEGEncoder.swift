import CFFmpeg

/// Pictures of one size into JPEG files.
public struct JPEGEncoder: ~Copyable {
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let canvas: Picture
    private var scaler = Scaler()

    private init(
        owning context: UnsafeMutablePointer<AVCodecContext>, packet: UnsafeMutablePointer<AVPacket>,
        canvas: consuming Picture
    ) {
        self.context = context
        self.packet = packet
        self.canvas = canvas
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        avcodec_free_context(&context)
        av_packet_free(&packet)
    }

    /// - Parameter quality: 1 (smallest) … 100 (best); 75 can hardly be told from the original.
    public static func open(width: Int, height: Int, quality: Int = 75) throws(FFmpegError) -> JPEGEncoder {
        Log.silence()
        let action = "opening the JPEG encoder"
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG) else {
            throw FFmpegError(.missingCodec, while: action, detail: "this FFmpeg was built without it")
        }
        var context = avcodec_alloc_context3(codec)
        var packet = av_packet_alloc()
        do throws(FFmpegError) {
            guard let context, let packet else { throw .outOfMemory(while: action) }
            context.pointee.width = CInt(width)
            context.pointee.height = CInt(height)
            context.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
            context.pointee.color_range = AVCOL_RANGE_JPEG
            context.pointee.time_base = AVRational(num: 1, den: 25)
            context.pointee.thread_count = 1
            context.pointee.flags |= AV_CODEC_FLAG_QSCALE
            // MPEG's quantiser scale runs from 2, the finest, to 31.
            let scale = 2 + (100 - min(max(quality, 1), 100)) * 29 / 99
            context.pointee.global_quality = CInt(scale) * FF_QP2LAMBDA
            try FFmpegError.check(action, avcodec_open2(context, codec, nil))
            let canvas = try Picture.blank(width: width, height: height, format: AV_PIX_FMT_YUVJ420P, isFullRange: true)
            // JFIF knows no other matrix.
            canvas.frame.pointee.colorspace = AVCOL_SPC_SMPTE170M
            canvas.frame.pointee.quality = context.pointee.global_quality
            return JPEGEncoder(owning: context, packet: packet, canvas: canvas)
        } catch {
            avcodec_free_context(&context)
            av_packet_free(&packet)
            throw error
        }
    }

    /// A whole JPEG file. A picture of another size is scaled.
    public mutating func encode(_ picture: borrowing Picture) throws(FFmpegError) -> [UInt8] {
        let action = "encoding a JPEG"
        try FFmpegError.check(action, av_frame_make_writable(canvas.frame))
        try scaler.convert(picture, into: canvas)
        // The picture was already stretched to square pixels, as far as its size says so.
        canvas.frame.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        try FFmpegError.check(action, avcodec_send_frame(context, canvas.frame))
        try FFmpegError.check(action, avcodec_receive_packet(context, packet))
        defer { av_packet_unref(packet) }
        return Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
    }
}
