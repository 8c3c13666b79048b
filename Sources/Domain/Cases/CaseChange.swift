/// What happened to a case. The names of cases and values are the JSON that the ledger keeps, and never change.
public enum CaseChange: Hashable, Sendable, Codable {
    case opened(opening: CaseOpening)
    /// - due: Set by the supervisor for rectification, in place of the policy's.
    case dispatched(notice: NoticeNumber, due: UTCTime?, message: String)
    /// A body that got a copy has it.
    case received(by: Body)
    case acknowledged
    case begun(plan: String)
    case submitted(submission: Submission)
    case passed(inspection: Inspection)
    case returned(inspection: Inspection, due: UTCTime?)
    /// - remaining: How many re-inspections are still to come.
    case reinspected(inspection: Inspection, remaining: Int)
    case reinspectionFailed(inspection: Inspection, due: UTCTime?)
    case closed
    case reopened(grade: Grade, captures: [CaptureID], reason: String)
    case appealed(reason: String, attachments: [Attachment])
    case appealUpheld(reason: String)
    case appealRejected(reason: String)
    case extensionAsked(until: UTCTime, reason: String)
    case extended(until: UTCTime, reason: String)
    case extensionRefused(reason: String)
    case transferred(to: TownshipID?, reason: String)
    case withdrawn(reason: String)
    case captureAdded(capture: CaptureID)
    case commented(text: String, attachments: [Attachment])
    case urged(text: String)
    case escalated(key: String, measure: EscalationMeasure, to: [Body])

    /// Whether it can happen to a case that stands here.
    func isPossible(in state: CaseState) -> Bool {
        switch self {
        case .opened: false
        case .dispatched: state == .opened
        case .received: !state.isFinal && state != .opened
        case .acknowledged: state == .dispatched
        case .begun: state == .acknowledged
        case .submitted: state == .acknowledged || state == .rectifying
        case .passed, .returned: state == .submitted
        case .reinspected, .reinspectionFailed, .closed: state == .reinspection
        case .reopened: state == .closed
        case .appealed, .extensionAsked, .extended, .extensionRefused: state.isWithSchool
        case .appealUpheld, .appealRejected: state == .appealed
        case .transferred, .withdrawn, .captureAdded, .urged: !state.isFinal
        case .commented, .escalated: true
        }
    }

    /// Whether somebody who has not seen it might now decide otherwise. The rest only adds to the file.
    var isMaterial: Bool {
        switch self {
        case .received, .commented, .urged, .escalated: false
        default: true
        }
    }
}
