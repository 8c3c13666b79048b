/// Which schools are looked at today: the ones that must, then the riskiest. (今日巡查)
///
/// Who does each day's list has every school looked at within ``PatrolRule/withinSchoolDays``, whatever the risks
/// are. A school must be looked at today when, with ``PatrolRule/schoolsADay`` a day, not all of those
/// with a near last day could be looked at in time otherwise (earliest deadline first; Liu and Layland 1973, J. ACM 20).
public struct PatrolList: Hashable, Sendable, Codable {
    public struct Entry: Hashable, Sendable, Codable {
        public enum Reason: String, Sendable, Hashable, CaseIterable, Codable {
            /// Its last school day in time is today, or is over.
            case due
            /// So that later days don't get more than they can do.
            case soonDue
            case risk
        }

        public var school: SchoolID
        public var reason: Reason
        /// School days since the last look, or since the school came in.
        public var schoolDaysSince: Int
        public var risk: SchoolRisk
    }

    /// Overdue and due ones first, then soon due ones, then by risk.
    public let entries: [Entry]
    /// How many the rule asks for on an ordinary day.
    public let ordinary: Int

    /// After holidays of the patrol, or when many schools came in, a list is longer than on an ordinary day.
    public var isCatchingUp: Bool { entries.count > ordinary }
}

/// How much is looked at. (巡查规则)
public struct PatrolRule: Hashable, Sendable, Codable {
    /// 1…500 on an ordinary day; more when the schools are too many for that.
    public var schoolsADay: Int
    /// Every school within so many school days: 1…200.
    public var withinSchoolDays: Int

    public init(schoolsADay: Int = 10, withinSchoolDays: Int = 20) {
        self.schoolsADay = schoolsADay
        self.withinSchoolDays = withinSchoolDays
    }

    public var isValid: Bool { (1...500).contains(schoolsADay) && (1...200).contains(withinSchoolDays) }

    /// So many a day are enough for so many schools.
    public func schoolsADay(for schools: Int) -> Int {
        max(schoolsADay, (schools + withinSchoolDays - 1) / withinSchoolDays)
    }

    public struct Candidate: Hashable, Sendable {
        public var school: SchoolID
        /// School days of the county since the last look, 0 = today; since it came in when there was none.
        public var schoolDaysSince: Int
        public var risk: SchoolRisk

        public init(_ school: SchoolID, schoolDaysSince: Int, risk: SchoolRisk) {
            self.school = school
            self.schoolDaysSince = schoolDaysSince
            self.risk = risk
        }
    }

    /// - Parameter candidates: Every school of the territory once. Those looked at today already are not listed again.
    public func list(_ candidates: [Candidate]) -> PatrolList {
        let ordinary = schoolsADay(for: candidates.count)
        let open = candidates.filter { $0.schoolDaysSince > 0 }
            .sorted { ($1.schoolDaysSince, $0.school) < ($0.schoolDaysSince, $1.school) }
        let places = max(0, ordinary - (candidates.count - open.count))
        let must = mustToday(open, ordinary)
        let first = open.prefix(must).map {
            PatrolList.Entry(
                school: $0.school, reason: daysLeft($0) == 0 ? .due : .soonDue, schoolDaysSince: $0.schoolDaysSince,
                risk: $0.risk)
        }
        let rest = open.dropFirst(must)
            .sorted { ($1.risk.rate, $1.schoolDaysSince, $0.school) < ($0.risk.rate, $0.schoolDaysSince, $1.school) }
            .prefix(max(0, places - must))
            .map {
                PatrolList.Entry(
                    school: $0.school, reason: .risk, schoolDaysSince: $0.schoolDaysSince, risk: $0.risk)
            }
        return PatrolList(entries: first + rest, ordinary: ordinary)
    }

    /// School days after today that are still in time; 0 = today is the last one.
    private func daysLeft(_ candidate: Candidate) -> Int { max(0, withinSchoolDays - candidate.schoolDaysSince) }

    /// The most by which those due within t days exceed what the t days after today can do.
    private func mustToday(_ byDeadline: [Candidate], _ ordinary: Int) -> Int {
        byDeadline.enumerated().reduce(0) { most, next in
            max(most, next.offset + 1 - daysLeft(next.element) * ordinary)
        }
    }
}
