import CFFmpeg
import Glibc

/// Reads JPEG, PNG, BMP and WebP files.
public enum StillPicture {
    /// Pictures of more pixels are refused: a small file can claim any size.
    public static let mostPixels = 120_000_000
    private static let mostBytes = 512 << 20

    /// Whether a file begins like one of them; false also when it can't be read.
    public static func isOne(path: String) -> Bool {
        guard let file = fopen(path, "rb") else { return false }
        defer { fclose(file) }
        var head = [UInt8](repeating: 0, count: 16)
        let count = fread(&head, 1, head.count, file)
        return codec(of: head[..<count]) != nil
    }

    /// The picture, upright as its EXIF orientation says, in the colours of ``Picture``. Blocks.
    public static func read(path: String) throws(FFmpegError) -> Picture {
        try decode(try contents(of: path))
    }

    /// Decodes the contents of a file.
    /// - Parameter mostPixels: A picture that claims more is refused.
    public static func decode(_ bytes: [UInt8], mostPixels: Int = mostPixels) throws(FFmpegError) -> Picture {
        let action = "reading the picture"
        guard !bytes.isEmpty else { throw FFmpegError(.invalidData, while: action, detail: "the file is empty") }
        guard let id = codec(of: bytes.prefix(16)) else {
            throw FFmpegError(.invalidData, while: action, detail: "it is neither JPEG, PNG, BMP nor WebP")
        }
        Log.silence()
        let raw = try decode(bytes, as: id, mostPixels: mostPixels, action)
        let (width, height) = (raw.width, raw.height)
        guard width > 1, height > 1 else {
            throw FFmpegError(.invalidData, while: action, detail: "\(width)×\(height) pixels show nothing")
        }
        let orientation = Orientation(of: raw)
        var scaler = Scaler()
        let plain = try scaler.scale(raw, width: width, height: height)
        return try orientation.upright(plain)
    }

    private static func decode(
        _ bytes: [UInt8], as id: AVCodecID, mostPixels: Int, _ action: String
    ) throws(FFmpegError) -> Picture {
        guard let codec = avcodec_find_decoder(id) else {
            throw FFmpegError(.missingCodec, while: action, detail: "this FFmpeg was built without its decoder")
        }
        var context = avcodec_alloc_context3(codec)
        var packet = av_packet_alloc()
        defer {
            avcodec_free_context(&context)
            av_packet_free(&packet)
        }
        guard let context, let packet else { throw .outOfMemory(while: action) }
        context.pointee.thread_count = 1
        context.pointee.max_pixels = Int64(mostPixels)
        try FFmpegError.check(action, avcodec_open2(context, codec, nil))
        try FFmpegError.check(action, av_new_packet(packet, CInt(bytes.count)))
        packet.pointee.data.update(from: bytes, count: bytes.count)
        packet.pointee.flags |= AV_PKT_FLAG_KEY
        try FFmpegError.check(action, avcodec_send_packet(context, packet))
        try FFmpegError.check(action, avcodec_send_packet(context, nil))
        let picture = try Picture.empty()
        let code = avcodec_receive_frame(context, picture.frame)
        guard code != shim_error_eof && code != shim_error_again else { throw .noPicture }
        try FFmpegError.check(action, code)
        return picture
    }

    private static func codec(of head: ArraySlice<UInt8>) -> AVCodecID? {
        func begins(_ text: String, at offset: Int = 0) -> Bool {
            head.dropFirst(offset).starts(with: text.utf8)
        }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return AV_CODEC_ID_MJPEG }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return AV_CODEC_ID_PNG }
        if begins("RIFF"), begins("WEBP", at: 8) { return AV_CODEC_ID_WEBP }
        if begins("BM"), head.count >= 14 { return AV_CODEC_ID_BMP }
        return nil
    }

    private static func contents(of path: String) throws(FFmpegError) -> [UInt8] {
        let action = "opening the picture"
        guard let file = fopen(path, "rb") else {
            let kind: FFmpegError.Kind = errno == ENOENT ? .notFound : .other
            throw FFmpegError(kind, while: action, detail: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        guard size >= 0, size <= mostBytes else {
            throw FFmpegError(.invalidData, while: action, detail: "it is larger than \(mostBytes >> 20) MiB")
        }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
    }
}
