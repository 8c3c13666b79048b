/// What figures need of one case. (案件事实)
public struct CaseFact: Hashable, Sendable {
    public var id: CaseID
    public var number: Int
    public var matter: CaseMatter
    public var grade: Grade
    public var state: CaseState
    public var school: SchoolID
    /// The office that handles it; nil = the county's bureau itself.
    public var office: TownshipID?
    public var canteen: CanteenID?
    public var area: AreaID?
    /// 1, and one more with each reopening.
    public var round: Int
    public var openedAt: UTCTime
    public var closedAt: UTCTime?
    public var steps: CaseSteps
    /// ``CaseTimetable/lateFrom``.
    public var lateFrom: UTCTime?

    public init(
        id: CaseID, number: Int, matter: CaseMatter, grade: Grade, state: CaseState, school: SchoolID,
        office: TownshipID?, canteen: CanteenID?, area: AreaID?, round: Int, openedAt: UTCTime, closedAt: UTCTime?,
        steps: CaseSteps, lateFrom: UTCTime?
    ) {
        self.id = id
        self.number = number
        self.matter = matter
        self.grade = grade
        self.state = state
        self.school = school
        self.office = office
        self.canteen = canteen
        self.area = area
        self.round = round
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.steps = steps
        self.lateFrom = lateFrom
    }

    public var place: PlacePath { PlacePath(township: office, school: school, canteen: canteen, area: area) }

    /// Whether the school has missed a deadline for rectifying.
    public func isLate(at now: UTCTime) -> Bool { lateFrom.map { $0 < now } ?? false }

    /// From the step before to each: nil where a step has not been reached, or was skipped.
    public func duration(of step: CaseStep) -> Duration? {
        func between(_ from: UTCTime?, _ to: UTCTime?) -> Duration? {
            guard let from, let to, from <= to else { return nil }
            return to - from
        }
        switch step {
        case .dispatch: return between(openedAt, steps.dispatched)
        case .acknowledge: return between(steps.dispatched, steps.acknowledged)
        case .submit: return between(steps.dispatched, steps.submitted)
        case .pass: return between(steps.submitted, steps.passed)
        case .close: return between(openedAt, closedAt)
        }
    }
}

/// A stretch of a case's way whose time is measured. (办理环节)
public enum CaseStep: String, Hashable, Sendable, CaseIterable {
    /// From opening to the notice.
    case dispatch
    /// From the notice to the school's receipt.
    case acknowledge
    /// From the notice to what the school first hands in.
    case submit
    /// From that to the first pass.
    case pass
    /// From opening to the last closing.
    case close
}
