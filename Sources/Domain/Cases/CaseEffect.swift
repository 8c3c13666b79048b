/// What has to be done because of an event: values that somebody else carries out. (后续动作)
public enum CaseEffect: Hashable, Sendable {
    case notify(Body, CaseNotice)
    /// A clock began, was set anew, or goes on.
    case schedule(CaseClock)
    case pause(CaseClock.Kind)
    case stop(CaseClock.Kind)
}

/// Which text a body gets; the words are the catalogues'. (通知模板)
public enum CaseNotice: Hashable, Sendable, Codable {
    /// The numbered notice itself. (抄告)
    case dispatched(NoticeNumber)
    case acknowledged
    case submitted
    case passed
    case returned
    case reinspectionFailed
    case closed
    case reopened(Grade)
    case appealed
    case appealUpheld
    case appealRejected
    case extensionAsked
    case extended(UTCTime)
    case extensionRefused
    case transferred
    case withdrawn
    case urged
    case escalated(EscalationMeasure)
}

extension CaseRules {
    /// - Parameter before: The case without the event; nil for the first.
    /// - Throws: When the event can't follow.
    public func effects(of event: CaseEvent, on before: Case?) throws(CaseFault) -> [CaseEffect] {
        let after = if let before { try before.applying([event]) } else { try Case(first: event) }
        let notices = after.notices(of: event.change).map { CaseEffect.notify($0.0, $0.1) }
        return notices + clockEffects(from: before?.runs ?? [], to: after.runs, of: after)
    }

    private func clockEffects(from before: [ClockRun], to after: [ClockRun], of current: Case) -> [CaseEffect] {
        let clocks = clockHistory(of: current)
        return after.indices.compactMap { index in
            let run = after[index]
            guard before.indices.contains(index) else { return run.isOpen ? .schedule(clocks[index]) : nil }
            guard before[index] != run else { return nil }
            if !run.isOpen { return .stop(run.kind) }
            return run.pausedSince == nil ? .schedule(clocks[index]) : .pause(run.kind)
        }
    }
}

extension Case {
    /// Who is told what, this being the case after the change.
    fileprivate func notices(of change: CaseChange) -> [(Body, CaseNotice)] {
        let school = Body.school(opening.school)
        // To all three at once; the county's bureau, which sends it, is told nothing that it does itself.
        let copies: [Body] = (office == nil ? [] : [handler]) + [.educationBureau, school]
        func all(_ notice: CaseNotice) -> [(Body, CaseNotice)] { copies.map { ($0, notice) } }
        switch change {
        case .opened, .received, .begun, .reinspected, .captureAdded, .commented: return []
        case .dispatched(let number, _, _): return all(.dispatched(number))
        case .acknowledged: return [(handler, .acknowledged)]
        case .submitted: return [(handler, .submitted)]
        case .passed: return all(.passed)
        case .returned: return [(school, .returned)]
        case .reinspectionFailed: return all(.reinspectionFailed)
        case .closed: return all(.closed)
        case .reopened(let grade, _, _): return all(.reopened(grade))
        case .appealed: return [(.marketRegulation, .appealed)] + (office == nil ? [] : [(handler, .appealed)])
        case .appealUpheld: return all(.appealUpheld)
        case .appealRejected: return all(.appealRejected)
        case .extensionAsked: return [(handler, .extensionAsked)]
        case .extended(let until, _): return all(.extended(until))
        case .extensionRefused: return [(school, .extensionRefused)]
        case .transferred: return [(handler, .transferred), (school, .transferred)]
        case .withdrawn: return notices.isEmpty ? [] : all(.withdrawn)
        case .urged: return [(holder(of: state.clocks.running.first ?? .rectify), .urged)]
        case .escalated(_, let measure, let bodies): return bodies.map { ($0, .escalated(measure)) }
        }
    }
}
