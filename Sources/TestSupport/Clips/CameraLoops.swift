/// What a camera sends, for benchmarks: people walking, from Debian's opencv-doc (vtest.avi), with a sensor's noise on top,
/// at a camera's own bit rate; a keyframe each 2 s, no B pictures; 40 s long.
extension Clip {
    /// 1920×1080, 15 pictures a second, about 3 Mbit/s.
    public static let camera1080p = cameraLoop("camera-1080p15-3M.mp4", "1920:1080", rate: 15, kilobits: 3000)
    /// 1280×720, 25 pictures a second, about 2 Mbit/s.
    public static let camera720p = cameraLoop("camera-720p25-2M.mp4", "1280:720", rate: 25, kilobits: 2000)
    /// 640×360, 15 pictures a second, about 0.5 Mbit/s.
    public static let camera360p = cameraLoop("camera-360p15-500k.mp4", "640:360", rate: 15, kilobits: 500)

    private static func cameraLoop(_ name: String, _ size: String, rate: Int, kilobits: Int) -> Clip {
        let keyframeDistance = 2 * rate
        // Noise as a constant drizzle costs all bits at 360p; a cheap camera's is about this much after its own filter.
        let picture = "scale=\(size):flags=bicubic,noise=alls=4:allf=t,fps=\(rate),format=yuv420p"
        return Clip(
            name,
            [
                "-t", "40", "-i", "/usr/share/doc/opencv-doc/examples/data/vtest.avi", "-vf", picture, "-c:v",
                "libx264",
                "-preset", "veryfast", "-b:v", "\(kilobits)k", "-maxrate", "\(kilobits * 3 / 2)k", "-bufsize",
                "\(kilobits * 2)k", "-x264-params",
                "keyint=\(keyframeDistance):min-keyint=\(keyframeDistance):scenecut=0:bframes=0:nal-hrd=none", "-an",
                "-movflags", "+faststart",
            ])
    }
}
