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
    /// Checklists, plans and draws of inspections. (检查计划、双随机)
    case planInspections
    /// Inspect on the spot, and hand in what was found. (现场检查)
    case inspect
    /// Look at what inspections found.
    case lookAtInspections
    /// See which inspections are to come: a school is not told beforehand.
    case foreseeInspections
    /// Say that the result is right, or that it is wrong.
    case answerInspection
    /// Decide what a school says is wrong.
    case decideInspection
    /// Early warnings of a place. (预警)
    case lookAtWarnings
    /// Say what came of one.
    case endWarnings
    /// Which rules warn, and from when on.
    case manageWarnings
    case readFigures
    /// Finish a report, so that its document stands. (定稿)
    case issueReport
    /// Which reports are sent when and to whom. (定期报告)
    case scheduleReports
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
    /// What schools did of their duties, their papers and menus. (自查)
    case readDuties
    /// Of one's own school.
    case enterDuties
    /// Which duties are due when.
    case planDuties
    /// With names: who was ill, whose certificate.
    case readStaffPapers
    /// What the public may see, and when. (公开)
    case publish
    /// Take it from the public at once. (切断公开画面)
    case cutPublic
    /// Invite the parents of one's own school, know their names, and take it back. (邀请家长)
    case inviteParents
    /// Open the hall's screen. (大厅)
    case watchHall
    /// Lay out its scenes, say when which is shown, and that visitors are there.
    case manageHall
    /// Open days and joint inspections, how many come, what is found. (活动)
    case lookAtActivities
    /// Plan and run them, and know who signed up.
    case planActivities
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
