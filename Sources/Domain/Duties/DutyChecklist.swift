/// What is gone through point by point: every day, and every week. (日管控、周排查)
///
/// The three-level system is that of Order 60 (2022) of the State Administration for Market Regulation: the food-safety
/// officer controls every day by a list of risks, the food-safety director inspects every week, the head meets with both
/// every month. The order leaves the list to whoever runs the kitchen; these are its usual points in school canteens.
public struct DutyChecklist: Hashable, Sendable, Codable {
    public enum Point: String, Sendable, Hashable, CaseIterable, Codable {
        case staffHealth
        case clothing
        case delivery
        case storage
        case processing
        case cooling
        case utensils
        case premises
        case pests
        case waste
        case dailyControls
        case earlierFindings
        case papers
        case training
        case suppliers
        case equipment
        case additives
        case complaints
    }

    public static let daily: [Point] = [
        .staffHealth, .clothing, .delivery, .storage, .processing, .cooling, .utensils, .premises, .pests, .waste,
    ]
    public static let weekly: [Point] = [
        .dailyControls, .earlierFindings, .papers, .training, .suppliers, .equipment, .additives, .complaints,
    ]

    /// Something that was not as it should be, and what was done about it at once.
    public struct Finding: Hashable, Sendable, Codable {
        public var point: Point
        /// 1…200 characters.
        public var what: String
        /// 1…200 characters.
        public var remedy: String

        public init(_ point: Point, what: String, remedy: String) {
            self.point = point
            self.what = what
            self.remedy = remedy
        }
    }

    /// Those that were looked at: all of the list.
    public var points: [Point]
    /// At most one of each point.
    public var findings: [Finding]

    public static let longestText = 200

    public init(points: [Point], findings: [Finding] = []) {
        self.points = points
        self.findings = findings
    }

    public static func clean(_ points: [Point]) -> DutyChecklist { DutyChecklist(points: points) }

    func check(_ wanted: [Point]) throws(DutyFlaw) {
        guard points == wanted else { throw DutyFlaw(.checks, .empty) }
        for finding in findings {
            guard wanted.contains(finding.point) else { throw DutyFlaw(.checks, .implausible) }
            guard findings.count(where: { $0.point == finding.point }) == 1 else { throw DutyFlaw(.checks, .twice) }
            try DutyCheck.text(finding.what, .finding, most: Self.longestText)
            try DutyCheck.text(finding.remedy, .remedy, most: Self.longestText)
        }
    }
}

/// The head's meeting of the month. (月调度)
public struct DutyMeeting: Hashable, Sendable, Codable {
    /// 1…200 characters.
    public var attendees: String
    /// What the month showed: 1…1,000 characters.
    public var agenda: String
    /// What is to be done, by whom: 1…1,000 characters.
    public var decisions: String
    /// Problems that go on into the next month: 0…99.
    public var openIssues: Int

    public init(attendees: String = "", agenda: String = "", decisions: String = "", openIssues: Int = 0) {
        self.attendees = attendees
        self.agenda = agenda
        self.decisions = decisions
        self.openIssues = openIssues
    }

    func check() throws(DutyFlaw) {
        try DutyCheck.text(attendees, .attendees, most: 200)
        try DutyCheck.text(agenda, .agenda, most: 1000)
        try DutyCheck.text(decisions, .decisions, most: 1000)
        try DutyCheck.range(openIssues, .items, 0...99)
    }
}
