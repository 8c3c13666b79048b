@testable import Domain

/// A case under test: who takes part, what happened so far.
struct CaseFile {
    static let township = TownshipID(at: UTCTime(milliseconds: 1))
    static let otherTownship = TownshipID(at: UTCTime(milliseconds: 2))
    static let school = SchoolID(at: UTCTime(milliseconds: 3))

    static func person(_ role: Role, township: TownshipID? = nil, school: SchoolID? = nil) -> Principal {
        .person(
            Person(
                id: PersonID(at: UTCTime(milliseconds: 4)), account: "a", name: "b", role: role, school: school,
                township: township))
    }

    static let supervisor = person(.supervisor)
    static let officer = person(.township, township: township)
    static let otherOfficer = person(.township, township: otherTownship)
    static let education = person(.education)
    static let head = person(.school, school: school)
    static let otherHead = person(.school, school: SchoolID(at: UTCTime(milliseconds: 5)))
    static let everybody = [
        supervisor, officer, otherOfficer, education, head, otherHead, person(.administrator), person(.viewer),
        person(.hall), .console, .node,
    ]

    /// The same number, the same capture.
    static func capture(_ number: UInt64) -> CaptureID {
        var random = SeededRandom(seed: number)
        return CaptureID(UUIDv7(at: UTCTime(milliseconds: 100), using: &random))
    }

    static let notice = NoticeNumber(series: "明厨告", year: 2026, number: 1)
    static let submission = Submission(text: "已整改")
    static let onSite = Inspection(.onSite, note: "现场查看")

    var rules: CaseRules
    private(set) var events: [CaseEvent]
    private(set) var current: Case
    var now: UTCTime

    init(
        _ matter: CaseMatter = .item(.noHat), grade: Grade = .two, office: TownshipID? = township,
        openedAt now: String = "2026-11-23 09:00", policies: PolicyHistory = PolicyHistory(),
        id: CaseID = CaseID(at: UTCTime(milliseconds: 6))
    ) throws {
        rules = CaseRules(time: Terms.time, policies: policies)
        self.now = Terms.moment(now)
        let opening = CaseOpening(
            matter, grade: grade, school: Self.school, office: office, captures: [Self.capture(0)])
        let first = try rules.open(id, opening, by: Self.supervisor, at: self.now)
        events = [first]
        current = try Case(events)
    }

    /// - Parameter seen: The version that the asker looked at; nil = this one.
    mutating func does(
        _ command: CaseCommand, _ who: Principal, at time: String? = nil, seen: Int? = nil
    ) throws {
        if let time { now = Terms.moment(time) }
        let new = try rules.decide(command, on: current, seen: seen ?? current.version, by: who, at: now)
        events += new
        current = try current.applying(new)
    }

    /// The shortest way into a state, all at once.
    static func inState(_ state: CaseState, grade: Grade = .two) throws -> CaseFile {
        var file = try CaseFile(grade: grade)
        if state == .opened { return file }
        if state == .withdrawn {
            try file.does(.withdraw(reason: "误报"), supervisor)
            return file
        }
        try file.does(.dispatch(notice), supervisor)
        if state == .dispatched { return file }
        try file.does(.acknowledge, head)
        if state == .acknowledged { return file }
        if state == .appealed {
            try file.does(.appeal(reason: "不属实"), head)
            return file
        }
        try file.does(.begin(), head)
        if state == .rectifying { return file }
        try file.does(.submit(submission), head)
        if state == .submitted { return file }
        try file.does(.pass(onSite), officer)
        if state == .reinspection { return file }
        try file.does(.reinspect(onSite, passed: true), officer, at: "2026-12-01 10:00")
        try file.does(.reinspect(onSite, passed: true), officer, at: "2026-12-24 10:00")
        return file
    }

    func clock(_ kind: CaseClock.Kind) -> CaseClock? { rules.clocks(of: current).first { $0.kind == kind } }

    func due(_ kind: CaseClock.Kind) -> String? { clock(kind).map { Terms.text($0.due) } }
}
