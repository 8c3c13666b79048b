public import Bitstream
import CFFmpeg
public import Domain

/// H.264 by libx264.
public struct Encoder: ~Copyable {
    public struct Settings: Sendable, Hashable {
        public enum Rate: Sendable, Hashable {
            /// Constant quality: 0 (lossless) … 51, 23 by default of x264; lower is better and larger.
            case quality(Int)
            /// Average bits per second, never more than 1.5 times that over a second.
            case bitRate(Int)
        }

        public enum Preset: String, Sendable, CaseIterable {
            case ultrafast, superfast, veryfast, faster, fast, medium
        }

        /// Even numbers.
        public var width: Int
        public var height: Int
        /// For the rate control only: times stand on the pictures.
        public var framesPerSecond: Double
        /// Pictures from one keyframe to the next, ≥ 1; there are no others.
        public var keyframeInterval: Int
        public var rate: Rate
        public var preset: Preset
        /// Each picture comes out at once: no B pictures, no look-ahead.
        public var hasZeroLatency: Bool
        public var threads: Int

        public init(
            width: Int, height: Int, framesPerSecond: Double, keyframeInterval: Int, rate: Rate = .quality(23),
            preset: Preset = .superfast, hasZeroLatency: Bool = true, threads: Int = 1
        ) {
            self.width = width
            self.height = height
            self.framesPerSecond = framesPerSecond
            self.keyframeInterval = keyframeInterval
            self.rate = rate
            self.preset = preset
            self.hasZeroLatency = hasZeroLatency
            self.threads = threads
        }
    }

    /// The same for all access units.
    public let format: VideoFormat
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private var lastDecodeTime: Int64?

    private init(
        owning context: UnsafeMutablePointer<AVCodecContext>, packet: UnsafeMutablePointer<AVPacket>,
        format: VideoFormat
    ) {
        self.context = context
        self.packet = packet
        self.format = format
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        avcodec_free_context(&context)
        av_packet_free(&packet)
    }

    /// - Throws: ``FFmpegError/Kind/missingCodec`` when this machine's FFmpeg has no libx264.
    public static func open(_ settings: Settings) throws(FFmpegError) -> Encoder {
        Log.silence()
        let action = "opening the H.264 encoder"
        guard let codec = avcodec_find_encoder_by_name("libx264") else {
            throw FFmpegError(.missingCodec, while: action, detail: "this FFmpeg was built without libx264")
        }
        var context = avcodec_alloc_context3(codec)
        var packet = av_packet_alloc()
        do throws(FFmpegError) {
            guard let context, let packet else { throw .outOfMemory(while: action) }
            try settings.apply(to: context)
            try FFmpegError.check(action, avcodec_open2(context, codec, nil))
            let header = UnsafeBufferPointer(
                start: context.pointee.extradata, count: Int(context.pointee.extradata_size))
            let format = try VideoFormat.fromAnnexB(Array(header), codec: .h264, while: action)
            return Encoder(owning: context, packet: packet, format: format)
        } catch {
            avcodec_free_context(&context)
            av_packet_free(&packet)
            throw error
        }
    }

    /// Takes a picture of exactly the settings' size.
    ///
    /// - Parameters:
    ///   - time: Strictly increasing.
    ///   - isKey: Forces a keyframe here.
    /// - Returns: What is ready: with zero latency one access unit, else none or some of earlier pictures.
    public mutating func encode(
        _ picture: borrowing Picture, at time: Time90k, isKey: Bool = false
    ) throws(FFmpegError) -> [AccessUnit] {
        picture.frame.pointee.pts = time.ticks
        picture.frame.pointee.pict_type = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        try FFmpegError.check("encoding", avcodec_send_frame(context, picture.frame))
        return try receive()
    }

    /// What the encoder held back. Nothing can be encoded after it.
    public consuming func finish() throws(FFmpegError) -> [AccessUnit] {
        try FFmpegError.check("encoding", avcodec_send_frame(context, nil))
        return try receive()
    }

    private mutating func receive() throws(FFmpegError) -> [AccessUnit] {
        var units: [AccessUnit] = []
        while true {
            let code = avcodec_receive_packet(context, packet)
            if code == shim_error_again || code == shim_error_eof { return units }
            try FFmpegError.check("encoding", code)
            defer { av_packet_unref(packet) }
            let bytes = UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size))
            let contents = NALContents(annexB: bytes, codec: .h264)
            let decodeTime = max(packet.pointee.dts, (lastDecodeTime ?? .min) &+ 1)
            lastDecodeTime = decodeTime
            units.append(
                AccessUnit(
                    format: format, decodeTime: Time90k(ticks: decodeTime),
                    compositionOffset: Time90k(ticks: max(0, packet.pointee.pts - decodeTime)),
                    isKey: contents.isKey, data: contents.data))
        }
    }
}

extension Encoder.Settings {
    fileprivate func apply(to context: UnsafeMutablePointer<AVCodecContext>) throws(FFmpegError) {
        context.pointee.width = CInt(width)
        context.pointee.height = CInt(height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.time_base = AVRational(num: 1, den: 90_000)
        context.pointee.framerate = av_d2q(framesPerSecond, 100_000)
        context.pointee.gop_size = CInt(keyframeInterval)
        context.pointee.thread_count = CInt(threads)
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        context.pointee.color_range = AVCOL_RANGE_MPEG
        context.pointee.colorspace = AVCOL_SPC_BT709
        context.pointee.color_primaries = AVCOL_PRI_BT709
        context.pointee.color_trc = AVCOL_TRC_BT709

        var options = ["preset": preset.rawValue, "sc_threshold": "0", "forced-idr": "1"]
        if hasZeroLatency { options["tune"] = "zerolatency" }
        switch rate {
        case .quality(let quality): options["crf"] = "\(quality)"
        case .bitRate(let bits):
            context.pointee.bit_rate = Int64(bits)
            context.pointee.rc_max_rate = Int64(bits) * 3 / 2
            context.pointee.rc_buffer_size = CInt(clamping: bits * 3 / 2)
        }
        for (name, value) in options {
            try FFmpegError.check(
                "setting \(name) of the H.264 encoder", av_opt_set(context, name, value, AV_OPT_SEARCH_CHILDREN))
        }
    }
}
