/// A case as lists show it.
public struct CaseSummary: Hashable, Sendable {
    public var id: CaseID
    /// What people call it: 1, 2, 3, … in the order of opening.
    public var number: Int
    public var version: Int
    public var state: CaseState
    public var grade: Grade
    public var matter: CaseMatter
    public var school: School
    /// The office that handles it; nil = the county's bureau itself.
    public var office: Township?
    public var canteen: CanteenID?
    public var area: AreaID?
    public var round: Int
    public var openedAt: UTCTime
    public var changedAt: UTCTime
    public var closedAt: UTCTime?
    /// The next deadline; nil = none runs.
    public var due: Due?
    /// How many captures are part of it, and one of them to show; nil = none has a picture.
    public var captureCount: Int
    public var cover: CaptureID?

    public struct Due: Hashable, Sendable {
        public var kind: CaseClock.Kind
        public var time: UTCTime

        public init(_ kind: CaseClock.Kind, at time: UTCTime) {
            self.kind = kind
            self.time = time
        }
    }

    public init(
        id: CaseID, number: Int, version: Int, state: CaseState, grade: Grade, matter: CaseMatter, school: School,
        office: Township?, canteen: CanteenID?, area: AreaID?, round: Int, openedAt: UTCTime, changedAt: UTCTime,
        closedAt: UTCTime?, due: Due?, captureCount: Int, cover: CaptureID?
    ) {
        self.id = id
        self.number = number
        self.version = version
        self.state = state
        self.grade = grade
        self.matter = matter
        self.school = school
        self.office = office
        self.canteen = canteen
        self.area = area
        self.round = round
        self.openedAt = openedAt
        self.changedAt = changedAt
        self.closedAt = closedAt
        self.due = due
        self.captureCount = captureCount
        self.cover = cover
    }

    public var place: PlacePath { PlacePath(township: office?.id, school: school.id, canteen: canteen, area: area) }

    public func isOverdue(at time: UTCTime) -> Bool { due.map { $0.time < time } ?? false }
}

/// Which cases are asked for; nil = any.
public struct CaseFilter: Hashable, Sendable {
    /// Groups of states, as people ask for them.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Not ended.
        case running
        /// Not ended, and a deadline has passed.
        case overdue
        case opened
        /// The school has been told and has not yet handed in.
        case withSchool
        case submitted
        case appealed
        case reinspection
        case closed
        case withdrawn

        public var states: Set<CaseState> {
            switch self {
            case .running, .overdue: Set(CaseState.allCases.filter { !$0.isFinal })
            case .opened: [.opened]
            case .withSchool: [.dispatched, .acknowledged, .rectifying]
            case .submitted: [.submitted]
            case .appealed: [.appealed]
            case .reinspection: [.reinspection]
            case .closed: [.closed]
            case .withdrawn: [.withdrawn]
            }
        }
    }

    public var stage: Stage?
    public var grade: Grade?
    public var matter: CaseMatter?
    public var school: SchoolID?
    public var township: TownshipID?
    /// In which it was opened.
    public var span: TimeSpan?
    /// Each word must occur: in the case's number, its notices' numbers, or anything that was written in it.
    public var text: String?

    public init(
        stage: Stage? = nil, grade: Grade? = nil, matter: CaseMatter? = nil, school: SchoolID? = nil,
        township: TownshipID? = nil, span: TimeSpan? = nil, text: String? = nil
    ) {
        self.stage = stage
        self.grade = grade
        self.matter = matter
        self.school = school
        self.township = township
        self.span = span
        self.text = text
    }
}

/// In what order a list of cases comes.
public enum CaseOrder: String, Hashable, Sendable, CaseIterable {
    /// Changed last, first.
    case changed
    /// Newest first.
    case opened
    /// Oldest first.
    case oldest
    /// What is due first, first; what has no deadline, last.
    case due
}

/// Where a page of a list ends. It stays where it is although cases change meanwhile: none is listed twice for that.
public struct CasePosition: Hashable, Sendable {
    public var order: CaseOrder
    /// UTC milliseconds by which the order goes; the largest number for a case without a deadline.
    public var key: Int64
    public var id: CaseID

    public init(_ order: CaseOrder, key: Int64, id: CaseID) {
        self.order = order
        self.key = key
        self.id = id
    }

    public init(of summary: CaseSummary, in order: CaseOrder) {
        let key =
            switch order {
            case .changed: summary.changedAt.milliseconds
            case .opened, .oldest: summary.openedAt.milliseconds
            case .due: summary.due?.time.milliseconds ?? .max
            }
        self.init(order, key: key, id: summary.id)
    }
}
