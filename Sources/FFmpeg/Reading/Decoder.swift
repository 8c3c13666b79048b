public import Bitstream
import CFFmpeg
import Domain

/// Turns access units into pictures.
public struct Decoder: ~Copyable {
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var scaler = Scaler()
    private var format: VideoFormat
    private let keyframesOnly: Bool

    private init(
        owning context: UnsafeMutablePointer<AVCodecContext>, format: VideoFormat, keyframesOnly: Bool
    ) {
        self.context = context
        self.format = format
        self.keyframesOnly = keyframesOnly
    }

    deinit {
        var context = context
        var packet = packet
        avcodec_free_context(&context)
        av_packet_free(&packet)
    }

    /// - Parameters:
    ///   - threads: 1…16. More than one costs a picture of delay for each.
    ///   - keyframesOnly: Units that are no keyframes are passed over, and each keyframe's picture comes at once.
    public static func open(
        _ format: VideoFormat, threads: Int = 1, keyframesOnly: Bool = false
    ) throws(FFmpegError) -> Decoder {
        Log.silence()
        let action = "opening the \(format.codec.rawValue) decoder"
        let id = format.codec == .h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_HEVC
        guard let codec = avcodec_find_decoder(id) else {
            throw FFmpegError(.missingCodec, while: action, detail: "this FFmpeg was built without it")
        }
        guard let context = avcodec_alloc_context3(codec) else { throw .outOfMemory(while: action) }
        var decoder = Decoder(owning: context, format: format, keyframesOnly: keyframesOnly)
        context.pointee.thread_count = CInt(threads)
        context.pointee.pkt_timebase = AVRational(num: 1, den: 90_000)
        try context.setExtradata(format.annexBParameterSets, while: action)
        try FFmpegError.check(action, avcodec_open2(context, codec, nil))
        decoder.packet = av_packet_alloc()
        guard decoder.packet != nil else { throw .outOfMemory(while: action) }
        return decoder
    }

    /// Calls `show` with each picture that is ready: none or one as a rule, in the order of presentation.
    ///
    /// - Throws: ``FFmpegError`` when the unit is broken; the next keyframe can be decoded nevertheless.
    public mutating func decode(
        _ unit: AccessUnit, show: (borrowing Picture) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        if keyframesOnly && !unit.isKey { return }
        try fill(with: unit)
        try FFmpegError.check("decoding", avcodec_send_packet(context, packet))
        if keyframesOnly {
            try finish(show: show)
        } else {
            try receive(show: show)
        }
    }

    /// Shows the pictures that the decoder held back for reordering; then it is ready for another keyframe.
    public mutating func finish(show: (borrowing Picture) throws(FFmpegError) -> Void) throws(FFmpegError) {
        defer { avcodec_flush_buffers(context) }
        try FFmpegError.check("decoding", avcodec_send_packet(context, nil))
        try receive(show: show)
    }

    private mutating func fill(with unit: AccessUnit) throws(FFmpegError) {
        // Parameter sets that have changed go in front of the picture that needs them.
        let prefix = unit.format == format ? [] : unit.format.annexBParameterSets
        format = unit.format
        av_packet_unref(packet)
        try FFmpegError.check("decoding", av_new_packet(packet, CInt(prefix.count + unit.data.count)))
        guard let packet, let bytes = packet.pointee.data else { return }
        bytes.update(from: prefix, count: prefix.count)
        (bytes + prefix.count).update(from: unit.data, count: unit.data.count)
        AnnexB.replaceLengths(in: UnsafeMutableBufferPointer(start: bytes + prefix.count, count: unit.data.count))
        packet.pointee.pts = unit.presentationTime.ticks
        packet.pointee.dts = unit.decodeTime.ticks
        if unit.isKey { packet.pointee.flags |= AV_PKT_FLAG_KEY }
    }

    private mutating func receive(show: (borrowing Picture) throws(FFmpegError) -> Void) throws(FFmpegError) {
        while true {
            let picture = try Picture.empty()
            let code = avcodec_receive_frame(context, picture.frame)
            if code == shim_error_again || code == shim_error_eof { return }
            try FFmpegError.check("decoding", code)
            picture.frame.pointee.pts = picture.frame.pointee.best_effort_timestamp
            if picture.isPlain {
                try show(picture)
            } else {
                let plain = try Picture.blank(width: picture.width, height: picture.height)
                try scaler.convert(picture, into: plain)
                try show(plain)
            }
        }
    }
}

extension Picture {
    /// Already what ``Picture`` promises.
    fileprivate var isPlain: Bool {
        frame.pointee.format == AV_PIX_FMT_YUV420P.rawValue && frame.pointee.color_range != AVCOL_RANGE_JPEG
    }
}

extension UnsafeMutablePointer<AVCodecContext> {
    fileprivate func setExtradata(_ bytes: [UInt8], while action: String) throws(FFmpegError) {
        guard let copy = av_mallocz(bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)) else {
            throw .outOfMemory(while: action)
        }
        copy.copyMemory(from: bytes, byteCount: bytes.count)
        pointee.extradata = copy.assumingMemoryBound(to: UInt8.self)
        pointee.extradata_size = CInt(bytes.count)
    }
}
