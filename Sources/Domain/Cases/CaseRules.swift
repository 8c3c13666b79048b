/// The rules of cases at one school: its time, and the policies that hold. (办案规则) Pure: commands in, events out.
public struct CaseRules: Hashable, Sendable {
    public var time: SchoolTime
    public var policies: PolicyHistory

    public init(time: SchoolTime, policies: PolicyHistory = PolicyHistory()) {
        self.time = time
        self.policies = policies
    }

    /// - Returns: The first event of a new case.
    public func open(
        _ id: CaseID, _ opening: CaseOpening, by principal: Principal, at now: UTCTime
    ) throws(CaseRefusal) -> CaseEvent {
        guard principal.may(.openCase, at: opening.place) else { throw .notPermitted }
        try Self.checkText(opening.note)
        return CaseEvent(
            caseID: id, version: 1, time: now, actor: principal.actor, role: principal.role,
            change: .opened(opening: opening))
    }

    /// What comes of a command: events to be kept together, or a reason why not.
    /// - Parameter version: Of the case as the asker saw it.
    public func decide(
        _ command: CaseCommand, on current: Case, seen version: Int, by principal: Principal, at now: UTCTime
    ) throws(CaseRefusal) -> [CaseEvent] {
        guard isPermitted(command, on: current, by: principal) else { throw .notPermitted }
        guard version >= current.materialVersion, version <= current.version else {
            throw .conflict(current: current.version)
        }
        // A machine's clock may be set back; a case's history never is.
        let time = max(now, current.changedAt)
        let changes = try changes(for: command, on: current, by: principal, at: time)
        var events: [CaseEvent] = []
        var after = current
        for change in changes {
            let event = CaseEvent(
                caseID: current.id, version: after.version + 1, time: time, actor: principal.actor,
                role: principal.role, change: change)
            do throws(CaseFault) { try after.apply(event) } catch { throw .notNow(after.state) }
            events.append(event)
        }
        return events
    }

    private func isPermitted(_ command: CaseCommand, on current: Case, by principal: Principal) -> Bool {
        guard let act = command.act else { return principal == .node }
        return principal.may(act, at: current.place)
    }
}

extension CaseRules {
    /// Checks what the state alone does not say. Whether the state allows the changes, applying them says.
    private func changes(
        for command: CaseCommand, on current: Case, by principal: Principal, at now: UTCTime
    ) throws(CaseRefusal) -> [CaseChange] {
        switch command {
        case .dispatch(let notice, let due, let message):
            try Self.checkText(message)
            try checkDeadline(due, after: now, now)
            return [.dispatched(notice: notice, due: due, message: message)]
        case .acknowledge: return [try acknowledgement(of: current, by: principal)]
        case .begin(let plan):
            try Self.checkText(plan)
            return current.state == .dispatched ? [.acknowledged, .begun(plan: plan)] : [.begun(plan: plan)]
        case .submit(let submission):
            guard !submission.isEmpty else { throw .emptySubmission }
            try Self.checkText(submission.text)
            try checkDeadline(submission.appointment, after: now, now)
            let change = CaseChange.submitted(submission: submission)
            return current.state == .dispatched ? [.acknowledged, change] : [change]
        case .pass(let inspection):
            try Self.checkText(inspection.note)
            return [.passed(inspection: inspection)]
        case .return(let inspection, let due):
            try Self.checkReason(inspection.note)
            try checkDeadline(due, after: now, now)
            return [.returned(inspection: inspection, due: due)]
        case .reinspect(let inspection, let passed, let due):
            return try reinspection(inspection, passed: passed, due: due, of: current, at: now)
        case .reopen(let captures, let reason): return [try reopening(captures, reason, of: current, at: now)]
        case .appeal(let reason, let attachments):
            try Self.checkReason(reason)
            guard !current.state.isWithSchool || !current.hasAppealed else { throw .alreadyAppealed }
            return [.appealed(reason: reason, attachments: attachments)]
        case .decideAppeal(let isUpheld, let reason):
            try Self.checkReason(reason)
            return [isUpheld ? .appealUpheld(reason: reason) : .appealRejected(reason: reason)]
        case .askExtension, .extend, .refuseExtension: return [try extensionChange(command, of: current, at: now)]
        case .transfer(let office, let reason):
            try Self.checkReason(reason)
            guard office != current.office else { throw .alreadyDone }
            return [.transferred(to: office, reason: reason)]
        case .withdraw(let reason):
            try Self.checkReason(reason)
            return [.withdrawn(reason: reason)]
        case .addCapture(let capture):
            guard !current.captures.contains(capture) else { throw .alreadyDone }
            return [.captureAdded(capture: capture)]
        case .comment(let text, let attachments):
            try Self.checkReason(text)
            return [.commented(text: text, attachments: attachments)]
        case .urge(let text):
            try Self.checkText(text)
            return [.urged(text: text)]
        case .escalate(let key):
            guard !current.escalations.contains(key) else { throw .alreadyDone }
            guard let step = escalations(of: current, until: now).first(where: { $0.key == key }) else {
                throw .notDue
            }
            return [.escalated(key: key, measure: step.measure, to: step.to)]
        }
    }

    private func acknowledgement(of current: Case, by principal: Principal) throws(CaseRefusal) -> CaseChange {
        let school = Body.school(current.opening.school)
        // The console stands in for the school, whose answer it may have on paper.
        guard case .person(let person) = principal, let body = person.body, body != school else {
            return .acknowledged
        }
        guard !current.received.contains(body) else { throw .alreadyDone }
        return .received(by: body)
    }

    private func reinspection(
        _ inspection: Inspection, passed: Bool, due: UTCTime?, of current: Case, at now: UTCTime
    ) throws(CaseRefusal) -> [CaseChange] {
        guard current.state == .reinspection, let passedAt = current.passedAt else { throw .notNow(current.state) }
        guard passed else {
            // What is seen to be wrong again need not wait for its day.
            try Self.checkReason(inspection.note)
            try checkDeadline(due, after: now, now)
            return [.reinspectionFailed(inspection: inspection, due: due)]
        }
        try Self.checkText(inspection.note)
        if let opens = clocks(of: current).first(where: { $0.kind == .reinspection })?.notBefore, now < opens {
            throw .tooEarly(until: opens)
        }
        let all = policies.inForce(at: passedAt).reinspectionDays.count
        let remaining = max(0, all - current.reinspectionsPassed - 1)
        let change = CaseChange.reinspected(inspection: inspection, remaining: remaining)
        return remaining == 0 ? [change, .closed] : [change]
    }

    private func extensionChange(
        _ command: CaseCommand, of current: Case, at now: UTCTime
    ) throws(CaseRefusal) -> CaseChange {
        guard current.state.isWithSchool else { throw .notNow(current.state) }
        let rectify = clocks(of: current).first { $0.kind == .rectify }
        let most = policies.inForce(at: rectify?.from ?? now).mostExtensions
        switch command {
        case .askExtension(let until, let reason):
            try Self.checkReason(reason)
            try checkDeadline(until, after: max(now, rectify?.due ?? now), now)
            guard current.extensionRequest == nil else { throw .extensionAlreadyAsked }
            guard current.extensions < most else { throw .tooManyExtensions(most: most) }
            return .extensionAsked(until: until, reason: reason)
        case .extend(let until, let reason):
            try Self.checkReason(reason)
            try checkDeadline(until, after: max(now, rectify?.due ?? now), now)
            guard current.extensions < most else { throw .tooManyExtensions(most: most) }
            return .extended(until: until, reason: reason)
        case .refuseExtension(let reason):
            try Self.checkReason(reason)
            guard current.extensionRequest != nil else { throw .noExtensionAsked }
            return .extensionRefused(reason: reason)
        default: preconditionFailure("only commands about extensions come here")
        }
    }

    private func checkDeadline(_ due: UTCTime?, after earliest: UTCTime, _ now: UTCTime) throws(CaseRefusal) {
        guard let due else { return }
        guard due > earliest, due <= now + .seconds(366 * 86_400) else { throw .badDeadline(after: earliest) }
    }

    private static func checkReason(_ text: String) throws(CaseRefusal) {
        guard !text.trimmingBlanks().isEmpty else { throw .reasonMissing }
        try checkText(text)
    }

    private static func checkText(_ text: String) throws(CaseRefusal) {
        guard text.count <= 4000 else { throw .textTooLong }
    }
}
