/// What somebody wants to do with a case; ``CaseRules/decide(_:on:seen:by:at:)`` says what comes of it.
public enum CaseCommand: Hashable, Sendable {
    /// - due: For rectification, in place of the policy's.
    case dispatch(NoticeNumber, due: UTCTime? = nil, message: String = "")
    /// The school's starts its work; another body's says only that its copy has arrived.
    case acknowledge
    case begin(plan: String = "")
    /// What nobody acknowledged before is acknowledged with it.
    case submit(Submission)
    case pass(Inspection)
    case `return`(Inspection, due: UTCTime? = nil)
    /// The last one that passes closes the case.
    case reinspect(Inspection, passed: Bool, due: UTCTime? = nil)
    /// The same matter was seen again.
    case reopen(captures: [CaptureID], reason: String)
    case appeal(reason: String, attachments: [Attachment] = [])
    case decideAppeal(isUpheld: Bool, reason: String)
    case askExtension(until: UTCTime, reason: String)
    /// Asked for or not.
    case extend(until: UTCTime, reason: String)
    case refuseExtension(reason: String)
    case transfer(to: TownshipID?, reason: String)
    case withdraw(reason: String)
    case addCapture(CaptureID)
    case comment(String, attachments: [Attachment] = [])
    case urge(String)
    /// By the program, when the time of a step has come.
    case escalate(key: String)

    /// What one must be allowed to; nil = only the program itself does it.
    public var act: Act? {
        switch self {
        case .dispatch: .dispatch
        case .acknowledge: .acknowledge
        case .begin, .submit: .submit
        case .pass, .return: .review
        case .reinspect: .reinspect
        case .reopen: .openCase
        case .appeal: .appeal
        case .decideAppeal: .decideAppeal
        case .askExtension: .askExtension
        case .extend, .refuseExtension: .extend
        case .transfer: .transfer
        case .withdraw: .withdraw
        case .addCapture: .judgeCaptures
        case .comment: .comment
        case .urge: .urge
        case .escalate: nil
        }
    }
}

/// Why nothing came of a command. The case is as it was.
public enum CaseRefusal: Error, Hashable, Sendable {
    case notPermitted
    /// Somebody else changed the case since it was looked at; its version is now `current`.
    case conflict(current: Int)
    case notNow(CaseState)
    /// The deadline does not lie between this moment and a year from now.
    case badDeadline(after: UTCTime)
    /// A re-inspection makes no sense before this.
    case tooEarly(until: UTCTime)
    /// Closed too long ago to be reopened: open a new case.
    case tooLate
    case reasonMissing
    /// More than 4,000 characters.
    case textTooLong
    /// Nothing is handed in: no text, no file, no appointment.
    case emptySubmission
    /// Once in a round.
    case alreadyAppealed
    case extensionAlreadyAsked
    case noExtensionAsked
    case tooManyExtensions(most: Int)
    /// It is there, received, or sent already.
    case alreadyDone
    /// No such step, or its time has not come.
    case notDue
}
