import CFFmpeg
public import Domain

/// The pictures of a video file in any codec and container that FFmpeg knows, upright, in the order in which they are
/// shown.
///
/// For looking at files; cameras and recordings go the way of ``Demuxer`` and ``Decoder``. Every call blocks: for a
/// ``BlockingThread``.
public struct Movie: ~Copyable {
    /// Pictures of more pixels are refused: a small file can claim any size.
    private static let mostPixels = 120_000_000

    private let format: UnsafeMutablePointer<AVFormatContext>
    private var codec: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var stream: CInt = 0
    private var orientation = Orientation(1)
    private var scaler = Scaler()
    /// What is added to the file's own times, in 1/90,000 s: the first picture is at 0, and time never goes back.
    private var shift: Int64?
    private var last: Int64?
    private var isDrained = false
    /// Packets that could not be decoded so far.
    public private(set) var damaged = 0

    private init(owning format: UnsafeMutablePointer<AVFormatContext>) { self.format = format }

    deinit {
        var format: UnsafeMutablePointer<AVFormatContext>? = format
        var (codec, packet) = (codec, packet)
        avformat_close_input(&format)
        avcodec_free_context(&codec)
        av_packet_free(&packet)
    }

    /// - Throws: ``FFmpegError``; of the kind ``FFmpegError/Kind/noVideo`` when it is no video file or holds no video.
    public static func open(path: String) throws(FFmpegError) -> Movie {
        Log.silence()
        let action = "opening the video"
        var opened: UnsafeMutablePointer<AVFormatContext>?
        let code = avformat_open_input(&opened, "file:" + path, nil, nil)
        if code == shim_error_invalid_data || code == shim_error_invalid_argument || code == shim_error_eof {
            throw FFmpegError(.noVideo, while: action, detail: "it is no video file")
        }
        try FFmpegError.check(action, code)
        var movie = Movie(owning: opened!)
        try FFmpegError.check("looking for video", avformat_find_stream_info(movie.format, nil))
        try movie.prepare(action)
        return movie
    }

    /// As the container tells it; nil when it doesn't.
    public var duration: Duration? {
        let ticks = format.pointee.duration
        return ticks == shim_no_timestamp || ticks <= 0 ? nil : .microseconds(ticks)
    }

    /// Calls `show` with the next picture and its time after the first one.
    ///
    /// - Parameter isWanted: asked before a picture is made plain and turned, which costs more than decoding some.
    /// - Returns: false at the end.
    public mutating func next(
        isWanted: (Time90k) -> Bool, show: (borrowing Picture, Time90k) throws(FFmpegError) -> Void
    ) throws(FFmpegError) -> Bool {
        let raw = try Picture.empty()
        while true {
            let code = avcodec_receive_frame(codec, raw.frame)
            if code == shim_error_again {
                guard try feed() else { return false }
                continue
            }
            if code == shim_error_eof { return false }
            guard code >= 0 else {
                damaged += 1
                continue
            }
            let time = self.time(of: raw)
            guard isWanted(time) else { return true }
            let plain = try scaler.scale(raw, width: raw.width, height: raw.height)
            try show(try orientation.upright(plain), time)
            return true
        }
    }

    private mutating func prepare(_ action: String) throws(FFmpegError) {
        var found: UnsafePointer<AVCodec>?
        stream = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, &found, 0)
        if stream == shim_error_decoder_not_found {
            throw FFmpegError(.missingCodec, while: action, detail: "this FFmpeg was built without its decoder")
        }
        guard stream >= 0, let found else {
            throw FFmpegError(.noVideo, while: action, detail: "there is no video in it")
        }
        guard let context = avcodec_alloc_context3(found) else { throw .outOfMemory(while: action) }
        codec = context
        packet = av_packet_alloc()
        guard packet != nil else { throw .outOfMemory(while: action) }
        let source = format.pointee.streams[Int(stream)]!
        try FFmpegError.check(action, avcodec_parameters_to_context(context, source.pointee.codecpar))
        context.pointee.pkt_timebase = source.pointee.time_base
        context.pointee.max_pixels = Int64(Self.mostPixels)
        context.pointee.thread_count = 1
        try FFmpegError.check(action, avcodec_open2(context, found, nil))
        if let matrix = av_stream_get_side_data(source, AV_PKT_DATA_DISPLAYMATRIX, nil) {
            // FFmpeg counts counter-clockwise.
            let turn = matrix.withMemoryRebound(to: Int32.self, capacity: 9) { av_display_rotation_get($0) }
            orientation = Orientation(clockwise: -turn)
        }
    }

    /// - Returns: false when there is nothing more to come.
    private mutating func feed() throws(FFmpegError) -> Bool {
        guard !isDrained else { return false }
        while true {
            let code = av_read_frame(format, packet)
            if code < 0 {
                // A file that breaks off is worth what was read of it.
                isDrained = true
                avcodec_send_packet(codec, nil)
                return true
            }
            defer { av_packet_unref(packet) }
            guard packet!.pointee.stream_index == stream else { continue }
            if avcodec_send_packet(codec, packet) < 0 {
                damaged += 1
                continue
            }
            return true
        }
    }

    /// Joined files begin their times anew on the way, and bare streams have none: there the clock goes on by itself.
    private mutating func time(of picture: borrowing Picture) -> Time90k {
        let source = format.pointee.streams[Int(stream)]!.pointee
        let stamp = picture.frame.pointee.best_effort_timestamp
        let rate = source.avg_frame_rate
        let interval = rate.num > 0 && rate.den > 0 ? av_rescale_q(1, av_inv_q(rate), ticks90k) : 3600
        let next = last.map { $0 + max(interval, 1) } ?? 0
        var time = next
        let ticks = stamp == shim_no_timestamp ? stamp : av_rescale_q(stamp, source.time_base, ticks90k)
        // A damaged file can claim any time; centuries are enough.
        if ticks.magnitude < 1 << 50 {
            var shift = self.shift ?? -ticks
            if let last, ticks + shift <= last { shift = next - ticks }
            self.shift = shift
            time = ticks + shift
        }
        last = time
        return Time90k(ticks: time)
    }
}

private let ticks90k = AVRational(num: 1, den: 90_000)
