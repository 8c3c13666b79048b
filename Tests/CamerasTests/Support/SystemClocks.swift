import Domain
import Foundation

extension TimeSource {
    /// This machine's clocks, for tests that have real cameras.
    static let real = TimeSource(
        now: { UTCTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        monotonic: { .seconds(ProcessInfo.processInfo.systemUptime) })
}
