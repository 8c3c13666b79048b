/// Small clips for tests: moving test pictures, a second or two to make each.
extension Clip {
    /// A clip of ffmpeg's moving test picture.
    ///
    /// - Parameters:
    ///   - keyframeSeconds: exactly one keyframe each so many seconds.
    ///   - bFrames: reordered pictures between the others: presentation times differ from decode times.
    public static func test(
        _ codec: Codec, width: Int = 320, height: Int = 240, framesPerSecond: Int = 15, seconds: Int = 10,
        keyframeSeconds: Int = 1, bFrames: Int = 0
    ) -> Clip {
        let name =
            "test-\(codec.rawValue)-\(width)x\(height)-\(framesPerSecond)fps-\(seconds)s-key\(keyframeSeconds)s-b\(bFrames).mp4"
        let source = "testsrc2=size=\(width)x\(height):rate=\(framesPerSecond):duration=\(seconds)"
        return Clip(
            name,
            ["-f", "lavfi", "-i", source]
                + codec.encoder(keyframeDistance: keyframeSeconds * framesPerSecond, bFrames: bFrames)
                + ["-pix_fmt", "yuv420p", "-an", "-movflags", "+faststart"])
    }

    public enum Codec: String, Sendable, CaseIterable {
        case h264
        case h265

        func encoder(keyframeDistance: Int, bFrames: Int) -> [String] {
            let parameters = "keyint=\(keyframeDistance):min-keyint=\(keyframeDistance):scenecut=0:bframes=\(bFrames)"
            switch self {
            case .h264: return ["-c:v", "libx264", "-preset", "veryfast", "-x264-params", parameters]
            case .h265:
                return [
                    "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1",
                    "-x265-params", "log-level=error:open-gop=0:" + parameters,
                ]
            }
        }

        /// The raw stream format's name in ffmpeg, which is also the file's ending.
        var rawFormat: String { self == .h264 ? "h264" : "hevc" }
    }

    /// H.264, 320×240, 15 pictures a second, 10 s, a keyframe each second, no B pictures.
    public static let h264 = test(.h264)
    /// H.265 with the same figures as ``h264``.
    public static let h265 = test(.h265)
    /// H.264 with two B pictures between the others.
    public static let h264WithBFrames = test(.h264, bFrames: 2)
    public static let h265WithBFrames = test(.h265, bFrames: 2)
    /// The size changes from 320×240 to 640×360 in the middle, with new parameter sets in the stream: a raw stream.
    public static let sizeChange = changingSize(.h264)

    public static func changingSize(_ codec: Codec) -> Clip {
        let parts = ["320x240", "640x360"].map { size in
            ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=15:duration=4"]
                + codec.encoder(keyframeDistance: 15, bFrames: 0) + ["-pix_fmt", "yuv420p", "-f", codec.rawFormat]
        }
        return Clip("size-change.\(codec.rawFormat)", parts: parts)
    }

    /// MPEG-4 Part 2: a codec that cameras once had and we don't record.
    public static let mpeg4 = Clip(
        "mpeg4.mp4",
        ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15:duration=4", "-c:v", "mpeg4", "-g", "15", "-an"])
    /// Motion JPEG in a Matroska file.
    public static let mjpeg = Clip(
        "mjpeg.mkv",
        [
            "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=5:duration=4", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p",
            "-an",
        ])
    /// Sound without pictures.
    public static let soundOnly = Clip(
        "sound.mp4", ["-f", "lavfi", "-i", "sine=frequency=440:duration=4", "-c:a", "aac"])
    /// H.264 with an AAC sound track.
    public static let h264WithSound = Clip(
        "h264-sound.mp4",
        [
            "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15:duration=4", "-f", "lavfi", "-i",
            "sine=frequency=440:duration=4", "-c:v", "libx264", "-preset", "veryfast", "-g", "15", "-bf", "0",
            "-pix_fmt",
            "yuv420p", "-c:a", "aac", "-shortest", "-movflags", "+faststart",
        ])
}
