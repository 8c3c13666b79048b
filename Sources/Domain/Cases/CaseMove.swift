/// What people can do with a case, without the words and files that belong to it: what a page offers. (办理动作)
public enum CaseMove: String, Hashable, Sendable, CaseIterable {
    case dispatch
    case acknowledge
    case begin
    case submit
    case pass
    case `return`
    case reinspectionPassed
    case reinspectionFailed
    case appeal
    case upholdAppeal
    case rejectAppeal
    case askExtension
    case extend
    case refuseExtension
    case transfer
    case withdraw
    case urge
    case comment

    public var act: Act {
        switch self {
        case .dispatch: .dispatch
        case .acknowledge: .acknowledge
        case .begin, .submit: .submit
        case .pass, .return: .review
        case .reinspectionPassed, .reinspectionFailed: .reinspect
        case .appeal: .appeal
        case .upholdAppeal, .rejectAppeal: .decideAppeal
        case .askExtension: .askExtension
        case .extend, .refuseExtension: .extend
        case .transfer: .transfer
        case .withdraw: .withdraw
        case .urge: .urge
        case .comment: .comment
        }
    }
}

extension CaseRules {
    /// What somebody may do with a case as it stands, in the order of ``CaseMove``.
    ///
    /// ``decide(_:on:seen:by:at:)`` has the last word: it also sees the words, files and deadlines.
    public func moves(on current: Case, by principal: Principal, at now: UTCTime) -> [CaseMove] {
        CaseMove.allCases.filter { move in
            principal.may(move.act, at: current.place) && isOpen(move, on: current, to: principal, at: now)
        }
    }

    private func isOpen(_ move: CaseMove, on current: Case, to principal: Principal, at now: UTCTime) -> Bool {
        let state = current.state
        switch move {
        case .dispatch: return state == .opened
        case .acknowledge: return awaitsAcknowledgement(of: principal, current)
        case .begin: return state == .dispatched || state == .acknowledged
        case .submit: return state.isWithSchool
        case .pass, .return: return state == .submitted
        case .reinspectionPassed:
            let opens = clocks(of: current).first { $0.kind == .reinspection }?.notBefore
            return state == .reinspection && opens.map { now >= $0 } ?? true
        case .reinspectionFailed: return state == .reinspection
        case .appeal: return state.isWithSchool && !current.hasAppealed
        case .upholdAppeal, .rejectAppeal: return state == .appealed
        case .askExtension:
            return state.isWithSchool && current.extensionRequest == nil && mayExtend(current, at: now)
        case .extend: return state.isWithSchool && mayExtend(current, at: now)
        case .refuseExtension: return state.isWithSchool && current.extensionRequest != nil
        case .transfer, .withdraw, .urge: return !state.isFinal
        case .comment: return true
        }
    }

    private func awaitsAcknowledgement(of principal: Principal, _ current: Case) -> Bool {
        guard case .person(let person) = principal, let body = person.body, body != .school(current.opening.school)
        else { return current.state == .dispatched }
        return !current.state.isFinal && current.state != .opened && !current.received.contains(body)
    }

    private func mayExtend(_ current: Case, at now: UTCTime) -> Bool {
        let start = clocks(of: current).first { $0.kind == .rectify }?.from ?? now
        return current.extensions < policies.inForce(at: start).mostExtensions
    }
}
