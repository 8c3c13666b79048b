/// What cameras send that are analysed, for benchmarks: a place in which nothing moves but the sensor's noise, and the same
/// place with people in it all the time or half of it. From Debian's opencv-doc (vtest.avi).
extension Clip {
    public enum Activity: String, Sendable, CaseIterable {
        case idle
        case half
        case busy
    }

    /// 15 pictures a second, a keyframe each 2 s, 40 s long; 3 Mbit/s or 0.5 Mbit/s.
    public static func watched(_ activity: Activity, _ size: WatchedSize) -> Clip {
        let noise = "noise=alls=4:allf=t"
        // Whoever walks through is in the minority at each place: the median of a minute is the place without anybody.
        let empty = "fps=1,tmedian=radius=30,trim=end_frame=1,loop=loop=-1:size=1:start=0,setpts=N/15/TB,fps=15"
        let filter: String =
            switch activity {
            case .idle: empty
            // Nobody is there for the first half of each 40 s.
            case .half:
                "split[a][b];[a]\(empty),trim=duration=20[still];"
                    + "[b]fps=15,trim=duration=20,setpts=PTS-STARTPTS[walk];[still][walk]concat=n=2:v=1"
            case .busy: "fps=15"
            }
        return Clip(
            "watched-\(activity.rawValue)-\(size.height).mp4",
            [
                "-i", source, "-vf",
                "\(filter),scale=\(size.width):\(size.height):flags=bicubic,\(noise),fps=15,format=yuv420p",
                "-c:v", "libx264", "-preset", "veryfast", "-b:v", "\(size.kilobits)k", "-maxrate",
                "\(size.kilobits * 3 / 2)k", "-bufsize", "\(size.kilobits * 2)k", "-x264-params",
                "keyint=30:min-keyint=30:scenecut=0:bframes=0:nal-hrd=none", "-t", "40", "-an", "-movflags",
                "+faststart",
            ])
    }

    public enum WatchedSize: Sendable, CaseIterable {
        case main
        case sub

        var width: Int { self == .main ? 1920 : 640 }
        var height: Int { self == .main ? 1080 : 360 }
        var kilobits: Int { self == .main ? 3000 : 500 }
    }

    private static let source = "/usr/share/doc/opencv-doc/examples/data/vtest.avi"
}
