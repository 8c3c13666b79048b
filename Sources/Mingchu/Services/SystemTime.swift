import Domain
import FFmpeg
import Foundation

extension TimeSource {
    /// This machine's clocks.
    static let system = TimeSource(
        now: { UTCTime(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
        monotonic: { Interruption.now })
}
