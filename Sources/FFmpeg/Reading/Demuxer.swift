public import Bitstream
import CFFmpeg
public import Domain

/// Reads the H.264 or H.265 video out of a file, or out of an RTSP stream by FFmpeg's own client.
///
/// Every call blocks, up to the time-outs: for a ``BlockingThread``.
public struct Demuxer: ~Copyable {
    public struct Options: Sendable {
        public var credentials: Credentials?
        /// RTSP only.
        public var transport: Camera.Transport
        /// For opening, until the video is found.
        public var openTimeout: Duration
        /// For each access unit.
        public var readTimeout: Duration

        public init(
            credentials: Credentials? = nil, transport: Camera.Transport = .tcp,
            openTimeout: Duration = .seconds(10), readTimeout: Duration = .seconds(10)
        ) {
            self.credentials = credentials
            self.transport = transport
            self.openTimeout = openTimeout
            self.readTimeout = readTimeout
        }
    }

    private let context: UnsafeMutablePointer<AVFormatContext>
    /// FFmpeg asks it through a bare pointer: it must live as long as `context`.
    private let interruption: Interruption
    private let readTimeout: Duration
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var streamIndex: CInt = -1
    private var assembler: PacketAssembler?

    private init(
        owning context: UnsafeMutablePointer<AVFormatContext>, interruption: Interruption, readTimeout: Duration
    ) {
        self.context = context
        self.interruption = interruption
        self.readTimeout = readTimeout
    }

    deinit {
        // TEARDOWN is sent on closing; a silent camera must not hold that up for longer.
        interruption.setDeadline(after: .milliseconds(500))
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        var packet = packet
        avformat_close_input(&context)
        av_packet_free(&packet)
        withExtendedLifetime(interruption) {}
    }

    /// Opens `address` and finds its video.
    ///
    /// - Throws: ``FFmpegError``, never with credentials in it: ``FFmpegError/Kind/noVideo`` when there is none,
    ///   ``FFmpegError/Kind/unsupportedCodec`` with the codec's name in `detail` when it is neither H.264 nor H.265.
    public static func open(
        _ address: SourceAddress, options: Options = Options(), interruption: Interruption = Interruption()
    ) throws(FFmpegError) -> Demuxer {
        Log.silence()
        let action = "opening"
        guard var context = avformat_alloc_context() else { throw .outOfMemory(while: action) }
        context.pointee.interrupt_callback = AVIOInterruptCB(
            callback: { Unmanaged<Interruption>.fromOpaque($0!).takeUnretainedValue().mustStop ? 1 : 0 },
            opaque: Unmanaged.passUnretained(interruption).toOpaque())
        interruption.setDeadline(after: options.openTimeout)
        defer { interruption.clearDeadline() }

        var settings = openingOptions(address, options)
        defer { av_dict_free(&settings) }
        let location = location(of: address, credentials: options.credentials)
        var opening: UnsafeMutablePointer<AVFormatContext>? = context
        let code = avformat_open_input(&opening, location, nil, &settings)
        if code == shim_error_invalid_argument, address.scheme == .file {
            throw FFmpegError(.noVideo, while: action, detail: "it is no video file")
        }
        // When it fails FFmpeg has freed the context.
        try interruption.check(action, code)
        context = opening!
        var demuxer = Demuxer(owning: context, interruption: interruption, readTimeout: options.readTimeout)
        try interruption.check("looking for video", avformat_find_stream_info(context, nil))
        try demuxer.chooseStream()
        return demuxer
    }

    /// What the container says of its pictures; nil when only the first access unit will tell.
    public var format: VideoFormat? { assembler?.format }

    /// As the container tells it; nil when it doesn't.
    public var framesPerSecond: Double? {
        let rate = context.pointee.streams[Int(streamIndex)]!.pointee.avg_frame_rate
        return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : nil
    }

    /// The next access unit, its times in the container's own count; nil at the end.
    public mutating func next() throws(FFmpegError) -> AccessUnit? {
        interruption.setDeadline(after: readTimeout)
        defer { interruption.clearDeadline() }
        while true {
            let code = av_read_frame(context, packet)
            if code == shim_error_eof && !interruption.isCancelled { return nil }
            try interruption.check("reading", code)
            defer { av_packet_unref(packet) }
            guard let packet, packet.pointee.stream_index == streamIndex else { continue }
            if let unit = try assembler?.accessUnit(from: packet) { return unit }
        }
    }

    private mutating func chooseStream() throws(FFmpegError) {
        let action = "looking for video"
        let index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
        guard index >= 0, let stream = context.pointee.streams[Int(index)],
            stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
        else { throw FFmpegError(.noVideo, while: action, detail: "there is no video in it") }

        let codec: VideoFormat.Codec
        switch stream.pointee.codecpar.pointee.codec_id {
        case AV_CODEC_ID_H264: codec = .h264
        case AV_CODEC_ID_HEVC: codec = .h265
        case let other:
            throw FFmpegError(.unsupportedCodec, while: action, detail: String(cString: avcodec_get_name(other)))
        }
        for other in 0..<Int(context.pointee.nb_streams) where other != Int(index) {
            context.pointee.streams[other]!.pointee.discard = AVDISCARD_ALL
        }
        streamIndex = index
        packet = av_packet_alloc()
        guard packet != nil else { throw .outOfMemory(while: action) }
        assembler = try PacketAssembler(stream: stream, codec: codec)
    }
}

extension Demuxer {
    /// The text that FFmpeg opens: the only place where a password stands in an address.
    private static func location(of address: SourceAddress, credentials: Credentials?) -> String {
        // Without `file:`, FFmpeg takes a file called `concat:…` or `x:y` for a protocol.
        if address.scheme == .file { return "file:" + address.path }
        let plain = address.description
        guard let credentials, let slashes = plain.firstRange(of: "://") else { return plain }
        return plain[..<slashes.upperBound] + credentials.user.percentEncoded() + ":"
            + credentials.password.reveal().percentEncoded() + "@" + plain[slashes.upperBound...]
    }

    /// FFmpeg's names: files that cameras, recorders and people make. What isn't here is refused with EINVAL.
    private static let containers =
        "mov,matroska,mpegts,mpeg,avi,flv,h264,hevc,asf,dhav,mpegvideo,m4v,mjpeg,mxf,ogg,ivf,obu,gif,wav,mp3,aac,flac"

    private static func openingOptions(_ address: SourceAddress, _ options: Options) -> OpaquePointer? {
        var dictionary: OpaquePointer?
        switch address.scheme {
        case .file, .sim:
            // A playlist must not make us read other files or fetch from the network, and a text is no video of its letters.
            av_dict_set(&dictionary, "protocol_whitelist", "file", 0)
            av_dict_set(&dictionary, "format_whitelist", containers, 0)
        case .rtsp, .rtsps:
            av_dict_set(&dictionary, "protocol_whitelist", "rtsp,rtsps,rtp,udp,tcp,tls", 0)
            av_dict_set(&dictionary, "rtsp_transport", options.transport.rawValue, 0)
            av_dict_set(&dictionary, "allowed_media_types", "video", 0)
            // The first picture should not wait for five seconds of guessing at frame rates.
            av_dict_set(&dictionary, "analyzeduration", "2000000", 0)
            av_dict_set(&dictionary, "fflags", "nobuffer", 0)
        }
        return dictionary
    }
}

extension Interruption {
    /// Like ``FFmpegError/check(_:_:)``, and tells a cancelled call from one that took too long.
    fileprivate func check(_ action: String, _ code: CInt) throws(FFmpegError) {
        guard code < 0 else { return }
        if isCancelled { throw FFmpegError(shim_error_exit, while: action) }
        if mustStop { throw FFmpegError(.timedOut, while: action, detail: "no answer in time") }
        throw FFmpegError(code, while: action)
    }
}

extension String {
    /// All but RFC 3986's unreserved characters.
    fileprivate func percentEncoded() -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
