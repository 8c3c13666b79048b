import Domain
import FFmpeg

/// How a scene is coded, live and as a film.
extension SceneParameters {
    /// Pictures from one keyframe to the next: two seconds.
    var keyframeInterval: Int { framesPerSecond * 2 }

    func openEncoder() throws(FFmpegError) -> Encoder {
        try Encoder.open(
            .init(
                width: width, height: height, framesPerSecond: Double(framesPerSecond),
                keyframeInterval: keyframeInterval, rate: bitRate.map { .bitRate($0) } ?? .quality(26),
                preset: .superfast))
    }

    func mediaTime(of frame: Int) -> Time90k { Time90k(ticks: Int64(frame) * 90_000 / Int64(framesPerSecond)) }
}
