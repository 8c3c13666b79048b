public import Domain
import Store

/// An activity as lists show it.
public struct ActivityOverview: Sendable, Hashable {
    public var activity: Activity
    public var schools: [School]
    public var taken: HeadCount
    /// Sign-ups that wait.
    public var waiting: Int
    public var came: HeadCount

    public init(activity: Activity, schools: [School], taken: HeadCount, waiting: Int, came: HeadCount) {
        self.activity = activity
        self.schools = schools
        self.taken = taken
        self.waiting = waiting
        self.came = came
    }
}

/// An activity with everything that belongs to it.
public struct ActivitySheet: Sendable, Hashable {
    public struct Finding: Sendable, Hashable {
        public var finding: ActivityFinding
        public var school: School?
        public var area: Area?
        public var summary: CaseSummary?

        /// Put right at once, or with a case that is closed.
        public var isSettled: Bool { finding.isMended || summary?.state == .closed }
    }

    public var activity: Activity
    public var schools: [School]
    /// Without names and contacts for those who don't run it.
    public var guests: GuestList
    public var findings: [Finding]
    public var photos: [ActivityPhoto]
    public var feedback: [ActivityFeedback]
    public var letters: [ActivityLetter]
    /// Whether the asker runs it.
    public var isOwn: Bool
    /// Where findings may be.
    public var areas: [Area]

    init(_ found: (Activity, [School]), _ records: Records, for principal: Principal) throws {
        (activity, schools) = found
        let id = activity.id
        isOwn = principal.runs(schools)
        let signUps = try records.activities.signUps(of: id)
        guests = GuestList(isOwn ? signUps : signUps.map(\.nameless), capacity: activity.plan.capacity)
        findings = try Self.findings(of: id, records)
        photos = try records.activities.photos(of: id)
        feedback = try records.activities.feedback(of: id)
        letters = isOwn ? try records.activities.letters(of: id) : []
        areas = try schools.flatMap { try records.places.areas(of: $0.id) }
    }

    static func findings(of id: ActivityID, _ records: Records) throws -> [Finding] {
        try records.activities.findings(of: id).map { finding in
            Finding(
                finding: finding, school: try records.places.school(finding.school),
                area: try finding.area.flatMap { try records.places.area($0) },
                summary: try finding.caseID.flatMap { try records.cases.summary($0) })
        }
    }

    public var meanStars: Double? {
        feedback.isEmpty ? nil : Double(feedback.reduce(0) { $0 + $1.stars }) / Double(feedback.count)
    }
}

extension SignUp {
    /// For those whom it doesn't concern who it is.
    var nameless: SignUp {
        var guest = guest
        (guest.name, guest.phone, guest.mail) = ("", nil, nil)
        return SignUp(
            id: id, code: code, guest: guest, state: state, came: came, isWalkIn: isWalkIn, madeAt: madeAt,
            movedUpAt: movedUpAt)
    }
}

extension ActivityPlan {
    /// The ledger keeps what was planned, and nobody's name.
    var ledgerPayload: [String: JSON] {
        [
            "kind": .string(kind.rawValue), "title": .string(title),
            "schools": .array(schools.map { .string("\($0)") }), "place": .string(place),
            "from": .int(span.start.milliseconds), "until": .int(span.end.milliseconds),
            "signUpUntil": .int(signUpUntil.milliseconds), "capacity": .int(Int64(capacity.total)),
            "byRole": .object(
                Dictionary(uniqueKeysWithValues: capacity.byRole.map { ($0.key.rawValue, JSON.int(Int64($0.value))) })),
            "organizer": .string(organizer), "points": .int(Int64(programme.count)),
        ]
    }
}

extension HeadCount {
    var ledgerPayload: JSON {
        .object(Dictionary(uniqueKeysWithValues: roles.map { ($0.rawValue, JSON.int(Int64(self[$0]))) }))
    }
}
