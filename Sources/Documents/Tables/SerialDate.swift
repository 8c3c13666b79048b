import Domain

/// Days since 1899-12-30, the way spreadsheets keep dates; exact from 1900-03-01 on (before it Excel counts a day
/// that never was).
enum SerialDate {
    private static let unixEpoch = 25_569.0
    private static let day = 86_400_000.0
    /// 1900-03-01 … 9999-12-31.
    private static let exact = 61.0..<2_958_466.0

    static func serial(_ time: UTCTime, in zone: TerritoryZone) -> Double? {
        let local = Double(time.milliseconds) + Double(zone.offsetMinutes) * 60_000
        let serial = local / day + unixEpoch
        return exact.contains(serial) ? serial : nil
    }

    /// Milliseconds of the clock on the wall, as if it showed UTC; nil when out of Excel's range.
    static func wallMilliseconds(_ serial: Double) -> Int64? {
        guard (0..<2_958_466.0).contains(serial) else { return nil }
        return Int64(((serial - unixEpoch) * day).rounded())
    }

    /// `2026-11-23 08:15:00`
    static func text(_ time: UTCTime, in zone: TerritoryZone) -> String {
        // The calendar's own range, with room for offsets.
        let lowest: Int64 = -62_000_000_000_000
        let highest: Int64 = 253_000_000_000_000
        guard (lowest...highest).contains(time.milliseconds) else { return String(time.milliseconds) }
        let local = zone.civil(time)
        return "\(local.date) \(local.clock)"
    }
}
