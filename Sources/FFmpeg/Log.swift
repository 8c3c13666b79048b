import CFFmpeg

/// FFmpeg's own log, which goes to stderr and shows addresses with their passwords: off.
enum Log {
    /// Every `open` of this target calls it first. FFmpeg's errors are told by ``FFmpegError``.
    static func silence() { _ = once }

    private static let once: Void = shim_silence_log()
}
