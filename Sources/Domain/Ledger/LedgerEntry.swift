/// One act in the append-only ledger (账本). Its hash covers every other field and the entry before it.
public struct LedgerEntry: Hashable, Sendable {
    public var sequence: Int64
    public var time: UTCTime
    public var actor: LedgerActor
    public var act: LedgerAct
    /// What it was done to: `camera/<id>`, `person/<id>`, `school/<id>`…
    public var subject: String
    /// Canonical JSON (RFC 8785): keys sorted, no blanks.
    public var payload: String
    /// SHA-256 of the previous entry; 32 zero bytes for the first.
    public var previousHash: [UInt8]
    public var hash: [UInt8]

    public init(
        sequence: Int64, time: UTCTime, actor: LedgerActor, act: LedgerAct, subject: String, payload: String,
        previousHash: [UInt8], hash: [UInt8]
    ) {
        self.sequence = sequence
        self.time = time
        self.actor = actor
        self.act = act
        self.subject = subject
        self.payload = payload
        self.previousHash = previousHash
        self.hash = hash
    }
}

/// Who did it.
public enum LedgerActor: Hashable, Sendable, LosslessStringConvertible, TextCodable {
    case person(PersonID)
    case camera(CameraID)
    /// The program itself (retention, recovery).
    case node
    /// Somebody at the machine's own command line.
    case console
    /// Somebody without an account, on a page for everybody.
    case anybody

    public var description: String {
        switch self {
        case .person(let id): "person/\(id)"
        case .camera(let id): "camera/\(id)"
        case .node: "node"
        case .console: "console"
        case .anybody: "anybody"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "node": self = .node
        case "console": self = .console
        case "anybody": self = .anybody
        default:
            let parts = text.split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            if parts[0] == "person", let id = PersonID(String(parts[1])) {
                self = .person(id)
            } else if parts[0] == "camera", let id = CameraID(String(parts[1])) {
                self = .camera(id)
            } else {
                return nil
            }
        }
    }
}

/// The kinds of act; the raw value is what the ledger keeps and never changes.
public enum LedgerAct: String, Sendable, CaseIterable, Codable {
    case nodeStarted = "node.started"
    /// A key that signs checkpoints: the first one, or a new one because the last was lost.
    case nodeKeyAnnounced = "node.key-announced"
    case signedIn = "session.signed-in"
    case signInFailed = "session.failed"
    case signedOut = "session.signed-out"
    case footageViewed = "footage.viewed"
    case footageExported = "footage.exported"
    case footageDeleted = "footage.deleted"
    case footageProtected = "footage.protected"
    case indexRepaired = "footage.index-repaired"
    case cameraAdded = "camera.added"
    case cameraChanged = "camera.changed"
    case cameraRemoved = "camera.removed"
    case schoolAdded = "school.added"
    case schoolChanged = "school.changed"
    case schoolRemoved = "school.removed"
    case areaAdded = "area.added"
    case areaChanged = "area.changed"
    case areaRemoved = "area.removed"
    case personAdded = "person.added"
    case personChanged = "person.changed"
    case passwordChanged = "person.password-changed"
    case analysisChanged = "camera.analysis-changed"
    case captureMade = "capture.made"
    case captureEvidenceKept = "capture.evidence-kept"
    case captureJudged = "capture.judged"
    /// Left to a colleague to be judged.
    case captureHandedOver = "capture.handed-over"
    /// A camera's day is over: which of its frames were drawn for the blind sample, with their hashes.
    case frameSampleDrawn = "sample.drawn"
    case frameReviewed = "sample.reviewed"
    /// Pictures of the sample were deleted, with their hashes.
    case frameSampleDeleted = "sample.deleted"
    case caseOpened = "case.opened"
    case caseDispatched = "case.dispatched"
    case caseReceived = "case.received"
    case caseAcknowledged = "case.acknowledged"
    case caseBegun = "case.begun"
    case caseSubmitted = "case.submitted"
    case casePassed = "case.passed"
    case caseReturned = "case.returned"
    case caseReinspected = "case.reinspected"
    case caseReinspectionFailed = "case.reinspection-failed"
    case caseClosed = "case.closed"
    case caseReopened = "case.reopened"
    case caseAppealed = "case.appealed"
    case caseAppealUpheld = "case.appeal-upheld"
    case caseAppealRejected = "case.appeal-rejected"
    case caseExtensionAsked = "case.extension-asked"
    case caseExtended = "case.extended"
    case caseExtensionRefused = "case.extension-refused"
    case caseTransferred = "case.transferred"
    case caseWithdrawn = "case.withdrawn"
    case caseCaptureAdded = "case.capture-added"
    case caseCommented = "case.commented"
    case caseUrged = "case.urged"
    case caseEscalated = "case.escalated"
    case noticeSent = "notice.sent"
    case noticeFailed = "notice.failed"
    /// Somebody asked to send it once more.
    case noticeResent = "notice.resent"
    case channelAdded = "channel.added"
    case channelChanged = "channel.changed"
    case channelTried = "channel.tried"
    case townshipAdded = "township.added"
    case townshipChanged = "township.changed"
    case townshipRemoved = "township.removed"
    case canteenAdded = "canteen.added"
    case canteenChanged = "canteen.changed"
    case canteenRemoved = "canteen.removed"
    /// A list of places and cameras was taken in; each of them has its own entry before this one.
    case gridImported = "grid.imported"
    case rosterChanged = "roster.changed"
    case calendarChanged = "calendar.changed"
    case policyChanged = "policy.changed"
    /// Why somebody is going to watch recordings of a school.
    case viewingReasonGiven = "footage.reason-given"
    case tokenAdded = "token.added"
    case tokenRevoked = "token.revoked"
    /// Words for acts of cases: added, changed, taken away.
    case templateChanged = "template.changed"
    case filterSaved = "filter.saved"
    case filterRemoved = "filter.removed"
    case publicationChanged = "publication.changed"
    /// The public's pictures were taken away at once.
    case publicationCut = "publication.cut"
    case publicationRestored = "publication.restored"
    /// The county's parents' level was switched on or off.
    case parentsSwitched = "parents.switched"
    /// A class was invited.
    case parentsInvited = "parents.invited"
    /// A class is no longer invited, and all who had come in are out.
    case parentsRevoked = "parents.revoked"
    /// Somebody came in by a class's invitation: never who.
    case parentJoined = "parent.joined"
    case parentLeft = "parent.left"
    case parentRevoked = "parent.revoked"
    /// How many whose school year is over; their names are gone.
    case parentsExpired = "parents.expired"
    case patrolLooked = "patrol.looked"
    case patrolTakenBack = "patrol.taken-back"
    /// A scene of the hall's screen: made, changed.
    case hallSceneChanged = "hall.scene-changed"
    case hallSceneRemoved = "hall.scene-removed"
    /// Which scene is shown when.
    case hallPlanChanged = "hall.plan-changed"
    /// Visitors have come: the halls show what the public may see.
    case hallVisitBegun = "hall.visit-begun"
    case hallVisitEnded = "hall.visit-ended"
    case countyOutlineChanged = "county.outline-changed"
    case schoolPositionChanged = "school.position-changed"
    /// A report was finished: its span and the hash of its document.
    case reportIssued = "report.issued"
    case reportScheduled = "report.scheduled"
    case reportScheduleChanged = "report.schedule-changed"
    case reportScheduleRemoved = "report.schedule-removed"
    case inspectionTemplateChanged = "inspection.template-changed"
    case inspectionPlanned = "inspection.planned"
    case inspectionBegun = "inspection.begun"
    case inspectionFileKept = "inspection.file-kept"
    case inspectionHandedIn = "inspection.handed-in"
    /// A report that came when there was one already.
    case inspectionSupplemented = "inspection.supplemented"
    case inspectionConfirmed = "inspection.confirmed"
    case inspectionDisputed = "inspection.disputed"
    case inspectionDecided = "inspection.decided"
    case inspectionCasesOpened = "inspection.cases-opened"
    /// It goes on with a newer version of its checklist.
    case inspectionRenewed = "inspection.renewed"
    case inspectionWithdrawn = "inspection.withdrawn"
    /// The plan of a draw and the commitment to its secret.
    case drawFixed = "draw.fixed"
    case drawMade = "draw.made"
    /// Of the record its SHA-256: what stands in it may be about people.
    case dutyEntered = "duty.entered"
    case dutyCorrected = "duty.corrected"
    case samplesDisposed = "duty.samples-disposed"
    case dutyPlanChanged = "duty.plan-changed"
    case paperAdded = "paper.added"
    case paperChanged = "paper.changed"
    case paperRemoved = "paper.removed"
    case menuChanged = "menu.changed"
    case schoolReminded = "school.reminded"
    case reminderSent = "reminder.sent"
    case reminderFailed = "reminder.failed"
    case activityPlanned = "activity.planned"
    case activityChanged = "activity.changed"
    case activityPublished = "activity.published"
    case activityClosed = "activity.sign-up-closed"
    case activityReopened = "activity.sign-up-reopened"
    case activityBegun = "activity.begun"
    case activityDone = "activity.done"
    case activityReported = "activity.reported"
    case activityCancelled = "activity.cancelled"
    /// Somebody signed up, or was signed up: never who.
    case activitySignedUp = "activity.signed-up"
    case activitySignUpCancelled = "activity.sign-up-cancelled"
    case activityMovedUp = "activity.moved-up"
    case activityCheckedIn = "activity.checked-in"
    case activityCheckInUndone = "activity.check-in-undone"
    case activityAbsent = "activity.absent"
    case activityFound = "activity.found"
    /// A case was made of what was found.
    case activityFindingPassedOn = "activity.finding-passed-on"
    case activityPhotoAdded = "activity.photo-added"
    case activityPhotoJudged = "activity.photo-judged"
    case activityPhotoRemoved = "activity.photo-removed"
    case activityFeedbackGiven = "activity.feedback-given"
    case activityFeedbackJudged = "activity.feedback-judged"
    case activityInvited = "activity.invited"
    /// Names and contacts of those who signed up are gone.
    case activityContactsErased = "activity.contacts-erased"
    /// A rule of the early warning: set, with the back-test that was confirmed, or switched off.
    case warningRuleChanged = "warning-rule.changed"
    case warningGiven = "warning.given"
    /// The state that it told of has ended.
    case warningOver = "warning.over"
    /// Somebody said what came of it.
    case warningEnded = "warning.ended"
    /// Of what somebody without an account wrote, the ledger keeps the hash: it may be about people.
    case concernReceived = "concern.received"
    case concernTaken = "concern.taken"
    case concernAskedBack = "concern.asked-back"
    case concernAdded = "concern.added"
    case concernAnswered = "concern.answered"
    case concernCaseOpened = "concern.case-opened"
    case concernClosed = "concern.closed"
    case concernRejected = "concern.rejected"
    case concernWithdrawn = "concern.withdrawn"
    case concernContactErased = "concern.contact-erased"
    case registerAdded = "register.added"
    case registerChanged = "register.changed"
    case registerFileAdded = "register.file-added"
}
