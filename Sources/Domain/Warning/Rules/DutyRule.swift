/// What a school does by itself. (学校自查)
public enum SchoolDuty: String, Sendable, Hashable, CaseIterable, Codable {
    /// 日管控
    case dailyControl
    /// 周排查
    case weeklyInspection
    /// 月调度
    case monthlyMeeting
    /// 晨检
    case morningHealthCheck
    /// 陪餐
    case accompaniedMeal
    /// 留样
    case sampleRetention
    /// 消毒
    case disinfection
}

/// Warns when a school leaves out a duty too often. (职责未履行)
public struct DutyRule: Hashable, Sendable, Codable {
    public var duty: SchoolDuty
    /// So many left out, 1…50 …
    public var missed: Int
    /// … of so many due in a row, `missed`…50.
    public var due: Int

    public init(_ duty: SchoolDuty, missed: Int = 2, of due: Int = 5) {
        self.duty = duty
        self.missed = missed
        self.due = due
    }

    public var isValid: Bool { (1...50).contains(missed) && (missed...max(missed, 50)).contains(due) }

    /// Every time the rule was met at one school; those left out warn once.
    /// - Parameter record: Days on which the duty was due and its time is over, and whether it was done in time.
    public func met(by record: [(due: Day, isDone: Bool)]) -> [MissedDuties] {
        var (recent, found): ([(due: Day, isDone: Bool)], [MissedDuties]) = ([], [])
        for entry in record.sorted(by: { $0.due < $1.due }) {
            recent = recent.suffix(due - 1) + [entry]
            let left = recent.filter { !$0.isDone }.map(\.due)
            if !entry.isDone, left.count >= missed {
                found.append(
                    MissedDuties(duty: duty, missed: left.count, due: recent.count, first: left[0], last: entry.due))
                recent = []
            }
        }
        return found
    }
}

/// `missed` of the last `due` were left out.
public struct MissedDuties: Hashable, Sendable, Codable {
    public var duty: SchoolDuty
    public var missed: Int
    public var due: Int
    public var first: Day
    public var last: Day
}
