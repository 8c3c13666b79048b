import Domain
import Foundation

extension TimeSource {
    /// This machine's clocks.
    static let system = TimeSource(
        now: {
            let time = read(CLOCK_REALTIME)
            return UTCTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        monotonic: {
            let time = read(CLOCK_MONOTONIC)
            return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
        })

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
