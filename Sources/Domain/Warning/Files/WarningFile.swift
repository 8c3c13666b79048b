/// A warning that was given, with what became of it. (预警记录)
public struct WarningFile: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable, Codable {
        /// Somebody should look at it. (待处理)
        case open
        /// The rule is no longer met; nobody has said anything. (已自行解除)
        case over
        /// Somebody said what came of it. (已处理)
        case ended
    }

    public struct Ended: Hashable, Sendable {
        public var ending: WarningEnding
        public var by: PersonID
        public var time: UTCTime

        public init(_ ending: WarningEnding, by person: PersonID, at time: UTCTime) {
            self.ending = ending
            by = person
            self.time = time
        }
    }

    public let id: WarningID
    public var warning: Warning
    /// Where its place lay when it was given.
    public var path: PlacePath
    public var givenAt: UTCTime
    /// When the state that it tells of had ended; nil for what has happened, and while it lasts.
    public var overAt: UTCTime?
    public var ended: Ended?

    public init(
        id: WarningID, _ warning: Warning, at path: PlacePath, givenAt: UTCTime, overAt: UTCTime? = nil,
        ended: Ended? = nil
    ) {
        self.id = id
        self.warning = warning
        self.path = path
        self.givenAt = givenAt
        self.overAt = overAt
        self.ended = ended
    }

    public var state: State { ended != nil ? .ended : overAt != nil ? .over : .open }

    /// While this is true, the same is not given again.
    public var isCurrent: Bool { overAt == nil }

    public static let longestNote = 500
}

public typealias WarningID = Identifier<WarningFile>

extension WarningFile {
    /// Who is told: the bureau always; the office of the township; the school what it can mend by itself; the education
    /// bureau what schools owe. (预警推送对象)
    public var receivers: [Body] {
        var bodies: [Body] = [.marketRegulation]
        if let office = path.township { bodies.append(.townshipOffice(office)) }
        switch warning.reason {
        case .expiring, .dutiesMissed: bodies += path.school.map { [.school($0), .educationBureau] } ?? []
        case .camerasOff, .overdue: bodies += path.school.map { [.school($0)] } ?? []
        case .rateRise, .repeated, .cluster, .backlog, .nightActivity: break
        }
        return bodies
    }
}

/// Which warnings are asked for; nil = any.
public struct WarningFilter: Hashable, Sendable {
    public var state: WarningFile.State?
    public var kind: WarningRule.Kind?
    public var school: SchoolID?
    public var township: TownshipID?
    /// Given in it.
    public var span: TimeSpan?

    public init(
        state: WarningFile.State? = nil, kind: WarningRule.Kind? = nil, school: SchoolID? = nil,
        township: TownshipID? = nil, span: TimeSpan? = nil
    ) {
        self.state = state
        self.kind = kind
        self.school = school
        self.township = township
        self.span = span
    }
}

/// How warnings of a kind ended: what a rule is worth. (预警成效)
public struct WarningEndingCount: Hashable, Sendable {
    public private(set) var given = 0
    public private(set) var cases = 0
    public private(set) var settled = 0
    public private(set) var unfounded = 0

    public init() {}

    /// - Parameter ending: nil = nobody has said.
    public mutating func add(_ ending: WarningEnding?) {
        given += 1
        switch ending {
        case nil: break
        case .becameCase?: cases += 1
        case .settled?: settled += 1
        case .unfounded?: unfounded += 1
        }
    }

    public var ended: Int { cases + settled + unfounded }
}
