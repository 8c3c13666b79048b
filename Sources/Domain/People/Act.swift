/// Everything that somebody may or may not do: a closed list, so that a page, a route of the API and a file ask alike.
public enum Act: String, Sendable, Hashable, CaseIterable, Codable {
    /// See that a school, its areas and cameras exist, and their state.
    case see
    case watchLive
    /// Watch recordings; a reason is asked for.
    case replay
    /// Take footage out, or keep it from being deleted; a reason is asked for.
    case export
    case lookAtCaptures
    /// Confirm, reject, call a duplicate, merge into a case.
    case judgeCaptures
    case lookAtCases
    case openCase
    /// Send the numbered notice to township office, education bureau and school. (抄告)
    case dispatch
    /// Say that a notice has arrived. (签收)
    case acknowledge
    /// Begin to rectify, hand in what was done. (整改、提交)
    case submit
    /// Ask for more time.
    case askExtension
    case appeal
    case comment
    /// Press those who have the ball. (催办)
    case urge
    /// Pass or return what was handed in. (审核)
    case review
    /// Look again after it has passed. (复查)
    case reinspect
    /// Give or refuse more time.
    case extend
    /// Hand a case to another office. (移交)
    case transfer
    case withdraw
    case decideAppeal
    /// Look at schools by turns and say so. (巡查)
    case patrol
    case readFigures
    case readLedger
    /// Who viewed what, when and why. (查看登记)
    case readViewings
    case manageCameras
    /// Rules of analysis: hours, thresholds, zones.
    case manageRules
    /// Townships, schools, canteens, areas. (网格)
    case manageGrid
    case managePeople
    /// Term calendar, duty roster.
    case manageCalendar
    /// Grades, deadlines, ladders of escalation.
    case managePolicy
    /// What the public may see, and when. (公开)
    case publish
    /// Take it from the public at once. (切断公开画面)
    case cutPublic
    /// Read what people without an account report, without their contact. (群众反映)
    case lookAtConcerns
    /// Take, ask back, answer, reject; see the contact.
    case answerConcerns
    /// Signs, filing, staff notices, assessments, requests. (合规登记)
    case lookAtRegisters
    case keepRegisters

    /// Whether a reason must be given first (Decree 799 of 2025, Art. 15–16: every viewing with who, why and what).
    public var needsReason: Bool { self == .replay || self == .export }
}
