/// Warns when captures wait for a verdict, or cases for their dispatch, too many and too long. (积压)
public struct BacklogRule: Hashable, Sendable, Codable {
    /// 1…10,000.
    public var count: Int
    /// Working time of the calendar that they have waited: 1…100 school days.
    public var schoolDays: Int

    public init(count: Int = 20, schoolDays: Int = 2) {
        self.count = count
        self.schoolDays = schoolDays
    }

    public var isValid: Bool { (1...10_000).contains(count) && (1...100).contains(schoolDays) }

    /// - Parameter waiting: Since when each waits.
    public func met(by waiting: [UTCTime], at now: UTCTime, _ time: SchoolTime) -> UnhandledBacklog? {
        let late = waiting.filter { time.end(of: .schoolDays(schoolDays), from: $0) < now }
        guard late.count >= count, let oldest = late.min() else { return nil }
        return UnhandledBacklog(late: late.count, waiting: waiting.count, schoolDays: schoolDays, oldest: oldest)
    }
}

/// `late` of the `waiting` have waited longer than `schoolDays`.
public struct UnhandledBacklog: Hashable, Sendable, Codable {
    public var late: Int
    public var waiting: Int
    public var schoolDays: Int
    public var oldest: UTCTime
}
