/// A confirmed violation on its way to a passed re-inspection. (案件) A pure value: all its events, folded.
public struct Case: Hashable, Sendable {
    public struct ExtensionRequest: Hashable, Sendable {
        public var until: UTCTime
        public var reason: String
    }

    public let id: CaseID
    /// How many events made it.
    public private(set) var version: Int
    /// Of the last event that another decision might hang on.
    public private(set) var materialVersion: Int
    public private(set) var state: CaseState
    public let opening: CaseOpening
    public private(set) var grade: Grade
    /// The office that handles it now; nil = the county's bureau itself.
    public private(set) var office: TownshipID?
    public private(set) var captures: [CaptureID]
    /// 1, and one more with each reopening.
    public private(set) var round = 1
    public let openedAt: UTCTime
    /// Of the last event; no event is taken to be earlier than the one before it.
    public private(set) var changedAt: UTCTime
    /// One for each round that was dispatched.
    public private(set) var notices: [NoticeNumber] = []
    public private(set) var submission: Submission?
    /// Who has said that the notice of this round arrived.
    public private(set) var received: Set<Body> = []
    /// What to go back to when an appeal is rejected.
    private var stateBeforeAppeal: CaseState?
    /// Once a round.
    public private(set) var hasAppealed = false
    public private(set) var extensionRequest: ExtensionRequest?
    /// Granted in this round.
    public private(set) var extensions = 0
    public private(set) var passedAt: UTCTime?
    public private(set) var reinspectionsPassed = 0
    public private(set) var closedAt: UTCTime?
    public private(set) var escalations: Set<String> = []
    public private(set) var steps = CaseSteps()
    var runs: [ClockRun] = []

    /// Whose permissions hold: the school's place, under the office that handles the case.
    public var place: PlacePath {
        var place = opening.place
        place.township = office
        return place
    }

    /// Who handles it for the regulator. (承办单位)
    public var handler: Body { office.map(Body.townshipOffice) ?? .marketRegulation }

    public init(_ events: some Sequence<CaseEvent>) throws(CaseFault) {
        var iterator = events.makeIterator()
        guard let first = iterator.next() else { throw CaseFault(version: 1, kind: .notOpened) }
        try self.init(first: first)
        while let event = iterator.next() { try apply(event) }
    }

    init(first event: CaseEvent) throws(CaseFault) {
        guard case .opened(let opening) = event.change else {
            throw CaseFault(version: event.version, kind: .notOpened)
        }
        guard event.version == 1 else { throw CaseFault(version: event.version, kind: .version(expected: 1)) }
        id = event.caseID
        (version, materialVersion) = (1, 1)
        state = .opened
        self.opening = opening
        grade = opening.grade
        office = opening.office
        captures = opening.captures
        (openedAt, changedAt) = (event.time, event.time)
        enter(.opened)
    }

    /// - Throws: When the event can't follow; the case is then as it was.
    public mutating func apply(_ event: CaseEvent) throws(CaseFault) {
        guard event.caseID == id else { throw CaseFault(version: event.version, kind: .anotherCase) }
        guard event.version == version + 1 else {
            throw CaseFault(version: event.version, kind: .version(expected: version + 1))
        }
        guard event.change.isPossible(in: state) else {
            throw CaseFault(version: event.version, kind: .impossible(in: state))
        }
        version += 1
        if event.change.isMaterial { materialVersion = version }
        changedAt = max(changedAt, event.time)
        steps.take(event.change, at: changedAt)
        take(event.change)
    }

    public func applying(_ events: [CaseEvent]) throws(CaseFault) -> Case {
        var after = self
        for event in events { try after.apply(event) }
        return after
    }
}

extension Case {
    private mutating func take(_ change: CaseChange) {
        switch change {
        case .opened: break
        case .dispatched(let notice, let due, _):
            notices.append(notice)
            enter(.dispatched, rectifyBy: due)
        case .received(let body): received.insert(body)
        case .acknowledged:
            received.insert(.school(opening.school))
            enter(.acknowledged)
        case .begun: enter(.rectifying)
        case .submitted(let submission):
            self.submission = submission
            extensionRequest = nil
            enter(.submitted)
        case .passed:
            passedAt = changedAt
            reinspectionsPassed = 0
            enter(.reinspection)
        case .returned(_, let due), .reinspectionFailed(_, let due):
            passedAt = nil
            stop(.rectify)
            enter(.rectifying, rectifyBy: due)
        case .reinspected(_, let remaining):
            reinspectionsPassed += 1
            stop(.reinspection)
            if remaining > 0 { enter(.reinspection) }
        case .closed:
            closedAt = changedAt
            enter(.closed)
        case .reopened(let grade, let captures, _): reopen(grade, captures)
        case .appealed:
            stateBeforeAppeal = state
            hasAppealed = true
            enter(.appealed)
        case .appealRejected:
            enter(stateBeforeAppeal ?? .dispatched)
            stateBeforeAppeal = nil
        case .appealUpheld, .withdrawn: enter(.withdrawn)
        case .extensionAsked(let until, let reason):
            extensionRequest = ExtensionRequest(until: until, reason: reason)
        case .extended(let until, _): extend(until)
        case .extensionRefused: extensionRequest = nil
        case .transferred(let office, _): self.office = office
        case .captureAdded(let capture): captures.append(capture)
        case .commented, .urged: break
        case .escalated(let key, _, _): escalations.insert(key)
        }
    }

    private mutating func reopen(_ grade: Grade, _ captures: [CaptureID]) {
        self.grade = grade
        self.captures += captures
        round += 1
        submission = nil
        received = []
        hasAppealed = false
        extensions = 0
        passedAt = nil
        closedAt = nil
        enter(.opened)
    }

    private mutating func extend(_ until: UTCTime) {
        extensionRequest = nil
        extensions += 1
        for index in runs.indices where runs[index].isOpen && runs[index].kind == .rectify {
            runs[index].explicitDue = until
            runs[index].explicitSince = changedAt
            runs[index].setBy = version
        }
    }

    private mutating func stop(_ kind: CaseClock.Kind) {
        for index in runs.indices where runs[index].isOpen && runs[index].kind == kind {
            runs[index].stop(at: changedAt)
        }
    }

    /// The only way into a state: its clocks go on, those that wait stand still, all others end.
    private mutating func enter(_ next: CaseState, rectifyBy due: UTCTime? = nil) {
        state = next
        let (running, paused) = next.clocks
        for index in runs.indices where runs[index].isOpen {
            if running.contains(runs[index].kind) {
                runs[index].resume(at: changedAt)
            } else if paused.contains(runs[index].kind) {
                runs[index].pause(at: changedAt)
            } else {
                runs[index].stop(at: changedAt)
            }
        }
        for kind in running where !runs.contains(where: { $0.isOpen && $0.kind == kind }) {
            runs.append(
                ClockRun(
                    kind: kind, ordinal: kind == .reinspection ? reinspectionsPassed : 0, grade: grade,
                    from: beginning(of: kind), startedAt: changedAt, setBy: version,
                    explicitDue: kind == .rectify ? due : nil, explicitSince: changedAt))
        }
    }

    private func beginning(of kind: CaseClock.Kind) -> UTCTime {
        switch kind {
        case .reinspection: passedAt ?? changedAt
        // What is to be shown live can't be judged before.
        case .review: max(changedAt, submission?.appointment ?? changedAt)
        case .dispatch, .acknowledge, .rectify, .appeal: changedAt
        }
    }
}
