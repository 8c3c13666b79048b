import CFFmpeg
import Domain

/// Times of access units out of a container's time stamps, which may be missing, equal, or run backwards.
struct PacketClock {
    private let timeBase: AVRational
    /// Ticks from a picture to the next, for those without a time stamp.
    private let step: Int64
    /// How many pictures may be decoded before the first is shown.
    private let delay: Int64
    /// Added to the container's stamps since they last ran backwards.
    private var shift: Int64 = 0
    private var last: Int64?
    /// Half a second: stamps run back by less when a muxer mixed up the order of B pictures.
    private static let jitter: Int64 = 45_000

    init(stream: UnsafeMutablePointer<AVStream>) {
        timeBase = stream.pointee.time_base
        let rates = [stream.pointee.avg_frame_rate, stream.pointee.r_frame_rate]
        // What tells no rate is most often a raw H.264 file, for which everybody takes 25.
        let rate = rates.first { $0.num > 0 && $0.den > 0 && av_q2d($0) < 1000 } ?? AVRational(num: 25, den: 1)
        delay = Int64(stream.pointee.codecpar.pointee.video_delay)
        step = max(1, Int64(90_000 / av_q2d(rate)))
    }

    mutating func times(of packet: UnsafeMutablePointer<AVPacket>) -> (decode: Time90k, offset: Time90k) {
        let presentation = ticks(packet.pointee.pts)
        var decode =
            ticks(packet.pointee.dts).map { $0 + shift } ?? decodeTime(of: presentation.map { $0 + shift })
        if let last, decode <= last {
            if last - decode > Self.jitter {
                // The clock was set back, or a second recording follows the first.
                shift += last + step - decode
                decode = last + step
            } else {
                decode = last + 1
            }
        }
        last = decode
        // A presentation time before the decode time can't be kept; such files are broken and play on.
        let offset = presentation.map { max(0, $0 + shift - decode) } ?? 0
        return (Time90k(ticks: decode), Time90k(ticks: offset))
    }

    /// For a picture with no decode time. Matroska has none at all: FFmpeg works them out, except for the first ones.
    private func decodeTime(of presentation: Int64?) -> Int64 {
        if let presentation, delay == 0 { return presentation }
        return last.map { $0 + step } ?? (presentation ?? 0) - delay * step
    }

    private func ticks(_ stamp: Int64) -> Int64? {
        guard stamp != shim_no_timestamp else { return nil }
        return av_rescale_q(stamp, timeBase, AVRational(num: 1, den: 90_000))
    }
}
