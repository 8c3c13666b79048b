/// One transaction's view of the records, by kind. Only valid inside the body that it is handed to.
public struct Records {
    let connection: any Connection
    let key: SealingKey

    public var places: PlaceRecords { PlaceRecords(connection: connection) }
    public var cameras: CameraRecords { CameraRecords(connection: connection, key: key) }
    public var people: PersonRecords { PersonRecords(connection: connection) }
    public var sessions: SessionRecords { SessionRecords(connection: connection) }
    public var tokens: TokenRecords { TokenRecords(connection: connection) }
    public var answers: AnswerRecords { AnswerRecords(connection: connection) }
    public var captures: CaptureRecords { CaptureRecords(connection: connection) }
    public var samples: FrameSampleRecords { FrameSampleRecords(connection: connection) }
    public var analysis: AnalysisRecords { AnalysisRecords(connection: connection) }
    public var cases: CaseRecords { CaseRecords(connection: connection) }
    public var rules: RuleRecords { RuleRecords(connection: connection) }
    public var attachments: AttachmentRecords { AttachmentRecords(connection: connection) }
    public var files: FileRecords { FileRecords(connection: connection) }
    public var uploads: UploadRecords { UploadRecords(connection: connection) }
    public var notifications: NotificationRecords { NotificationRecords(connection: connection) }
    public var channels: ChannelRecords { ChannelRecords(connection: connection, key: key) }
    public var deliveries: DeliveryRecords { DeliveryRecords(connection: connection) }
    public var rosters: RosterRecords { RosterRecords(connection: connection) }
    public var publications: PublicationRecords { PublicationRecords(connection: connection) }
    public var parents: ParentRecords { ParentRecords(connection: connection, key: key) }
    public var savedFilters: SavedFilterRecords { SavedFilterRecords(connection: connection) }
    public var textTemplates: TextTemplateRecords { TextTemplateRecords(connection: connection) }
    public var viewings: ViewingRecords { ViewingRecords(connection: connection) }
    public var activities: ActivityRecords { ActivityRecords(connection: connection) }
    public var patrols: PatrolRecords { PatrolRecords(connection: connection) }
    public var hall: HallRecords { HallRecords(connection: connection) }
    public var inspections: InspectionRecords { InspectionRecords(connection: connection) }
    public var inspectionDraws: InspectionDrawRecords { InspectionDrawRecords(connection: connection, key: key) }
    public var duties: DutyRecords { DutyRecords(connection: connection) }
    public var papers: PaperRecords { PaperRecords(connection: connection) }
    public var menus: MenuRecords { MenuRecords(connection: connection) }
    public var reminders: ReminderRecords { ReminderRecords(connection: connection) }
    public var warnings: WarningRecords { WarningRecords(connection: connection) }
    public var concerns: ConcernRecords { ConcernRecords(connection: connection, key: key) }
    public var registers: RegisterRecords { RegisterRecords(connection: connection) }
    public var facts: FactRecords { FactRecords(connection: connection) }
    public var reports: ReportRecords { ReportRecords(connection: connection) }
    public var ledger: LedgerRecords { LedgerRecords(connection: connection) }
    public var checkpoints: CheckpointRecords { CheckpointRecords(connection: connection) }
}
