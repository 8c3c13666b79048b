/// Warns when cases of a place are past their deadline. (超期)
public struct OverdueRule: Hashable, Sendable, Codable {
    /// 1…1,000.
    public var count: Int
    /// Past the deadline by the clock: 0…1,000 hours.
    public var hours: Int

    public init(count: Int = 1, hours: Int = 0) {
        self.count = count
        self.hours = hours
    }

    public var isValid: Bool { (1...1000).contains(count) && (0...1000).contains(hours) }

    /// - Parameter deadlines: Of running clocks, those of paused ones left out; of a case with several the earliest counts.
    public func met(by deadlines: [(case: CaseID, due: UTCTime)], at now: UTCTime) -> OverdueCases? {
        let late = Dictionary(deadlines.map { ($0.case, $0.due) }, uniquingKeysWith: min)
            .filter { $0.value + .seconds(hours * 3600) < now }
        guard late.count >= count, let longest = late.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
            return nil
        }
        return OverdueCases(cases: late.count, longest: longest.key, due: longest.value)
    }
}

/// `cases` are overdue; `longest` since `due`.
public struct OverdueCases: Hashable, Sendable, Codable {
    public var cases: Int
    public var longest: CaseID
    public var due: UTCTime
}
