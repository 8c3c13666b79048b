import Domain

/// The camera's wall clock, as its sender reports tell it.
struct CameraClock {
    /// NTP's zero, 1900-01-01, in Unix time; its seconds wrap on 2036-02-07.
    private static let epoch: Int64 = -2_208_988_800
    /// Cameras without a clock count from when they were switched on: less than two years of that is no date.
    private static let leastSeconds: UInt64 = 2 * 365 * 86_400

    private let clockRate: Int64
    private var reference: (time: UTCTime, timestamp: UInt32)?

    /// - Parameter clockRate: ticks per second of the RTP timestamps, > 0.
    init(clockRate: Int) { self.clockRate = Int64(clockRate) }

    /// - Returns: the camera's time when it sent the report; nil when it says nothing of use.
    mutating func take(_ report: SenderReport, now: UTCTime) -> UTCTime? {
        guard let time = Self.time(ntp: report.ntpTime, now: now) else {
            reference = nil
            return nil
        }
        reference = (time, report.rtpTimestamp)
        return time
    }

    /// When the picture with this timestamp was taken; nil before the first report.
    func captureTime(of timestamp: UInt32) -> UTCTime? {
        guard let reference else { return nil }
        let ticks = Int64(Int32(bitPattern: timestamp &- reference.timestamp))
        return UTCTime(milliseconds: reference.time.milliseconds + ticks * 1000 / clockRate)
    }

    mutating func forget() { reference = nil }

    static func time(ntp: UInt64, now: UTCTime) -> UTCTime? {
        guard ntp >> 32 >= leastSeconds else { return nil }
        let milliseconds = Int64(ntp >> 32) * 1000 + Int64(((ntp & 0xFFFF_FFFF) * 1000) >> 32) + epoch * 1000
        // Of the two eras, the one that is nearer to our own clock.
        let later = milliseconds + (1 << 32) * 1000
        let isLater = (later - now.milliseconds).magnitude < (milliseconds - now.milliseconds).magnitude
        return UTCTime(milliseconds: isLater ? later : milliseconds)
    }
}
