/// When a kitchen works, in the territory's time. (工作时间)
public struct WorkingHours: Sendable, Hashable, Codable {
    /// Minutes after midnight, 0…1439, and 1…1440.
    public var startMinute: Int
    public var endMinute: Int
    /// 1 = Monday … 7 = Sunday (ISO 8601).
    public var weekdays: Set<Int>

    public init(startMinute: Int, endMinute: Int, weekdays: Set<Int>) {
        self.startMinute = startMinute
        self.endMinute = endMinute
        self.weekdays = weekdays
    }

    /// From half past five in the morning to half past seven in the evening, every day: boarding schools cook on Sundays.
    public static let standard = WorkingHours(startMinute: 330, endMinute: 1170, weekdays: Set(1...7))

    public func contains(_ time: UTCTime, in zone: TerritoryZone) -> Bool {
        let (day, milliseconds) = Self.dayAndTime(time.milliseconds + Int64(zone.offsetMinutes) * 60_000)
        let minute = Int(milliseconds / 60_000)
        // 1970-01-01 was a Thursday.
        let weekday = Int(((day + 3) % 7 + 7) % 7) + 1
        return weekdays.contains(weekday) && minute >= startMinute && minute < endMinute
    }

    private static func dayAndTime(_ milliseconds: Int64) -> (day: Int64, rest: Int64) {
        let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return rest < 0 ? (day - 1, rest + 86_400_000) : (day, rest)
    }
}
