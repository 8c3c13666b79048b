public import Domain
public import Store

/// The use cases: what people and the command line do with the product's records.
///
/// Each call that changes something is one transaction: the rule, the rows and the ledger entry together, or nothing.
/// Rules that refuse throw ``SupervisionError``; a database that fails throws `StoreError`.
public struct Supervision: Sendable {
    public let signIn: SignIn
    public let people: People
    public let tokens: Tokens
    public let answers: Answers
    public let places: Places
    public let cameras: CameraSettings
    public let footage: Footage
    public let register: Register
    public let captures: Captures
    public let samples: FrameSamples
    public let cases: Cases
    public let channels: Channels
    public let deliveries: Deliveries
    public let rosters: Rosters
    public let calendars: Calendars
    public let policies: Policies
    public let publications: Publications
    public let parents: Parents
    public let insights: Insights
    public let patrols: Patrols
    public let halls: Halls
    public let reports: Reports
    public let inspections: Inspections
    public let draws: InspectionDraws
    public let duties: Duties
    public let papers: Papers
    public let menus: Menus
    public let reminders: Reminders
    public let activities: Activities
    public let warnings: Warnings
    public let concerns: Concerns
    public let registers: Registers
    public let savedFilters: SavedFilters
    public let textTemplates: TextTemplates
    public let ledger: LedgerReading
    public let files: FileProofs

    /// - Parameters:
    ///   - zone: In which the territory's days begin and end.
    ///   - passwordCost: What a password costs to check; only tests choose anything but the default.
    public init(
        store: Store, time: TimeSource, zone: TerritoryZone = .shanghai, passwordCost: PasswordCost = .standard,
        sending: SendingPolicy = .standard
    ) {
        let sessions = SessionCache()
        let passwords = PasswordWork(cost: passwordCost)
        signIn = SignIn(store: store, time: time, sessions: sessions, passwords: passwords)
        people = People(store: store, time: time, sessions: sessions, passwords: passwords)
        tokens = Tokens(store: store, time: time, sessions: sessions)
        answers = Answers(store: store, time: time)
        places = Places(store: store, time: time)
        cameras = CameraSettings(store: store, time: time)
        footage = Footage(store: store, time: time)
        register = Register(store: store)
        captures = Captures(store: store, time: time)
        samples = FrameSamples(store: store, time: time, zone: zone)
        cases = Cases(store: store, time: time, zone: zone, captures: captures)
        let changes = Subscribers<DeliveryID?>()
        channels = Channels(store: store, time: time, subscribers: changes)
        deliveries = Deliveries(store: store, time: time, zone: zone, policy: sending, subscribers: changes)
        rosters = Rosters(store: store, time: time)
        calendars = Calendars(store: store, time: time, cases: cases)
        policies = Policies(store: store, time: time, cases: cases)
        publications = Publications(store: store, time: time, zone: zone)
        parents = Parents(store: store, time: time, zone: zone)
        insights = Insights(store: store, time: time, zone: zone, cases: cases)
        patrols = Patrols(
            store: store, time: time, zone: zone, insights: insights, rule: PatrolRule(), model: .standard)
        halls = Halls(store: store, time: time, zone: zone, cases: cases, captures: captures, patrols: patrols)
        reports = Reports(store: store, time: time, zone: zone, insights: insights, subscribers: changes)
        inspections = Inspections(store: store, time: time, zone: zone, cases: cases)
        draws = InspectionDraws(store: store, time: time, zone: zone)
        duties = Duties(store: store, time: time, zone: zone)
        papers = Papers(store: store, time: time, zone: zone)
        menus = Menus(store: store, time: time, zone: zone)
        reminders = Reminders(store: store, time: time, zone: zone, policy: sending, rule: .standard)
        activities = Activities(store: store, time: time, zone: zone, cases: cases, policy: sending)
        warnings = Warnings(
            store: store, time: time, zone: zone, insights: insights, cases: cases,
            sources: .records(time: time, zone: zone), deliveries: changes)
        concerns = Concerns(store: store, time: time, zone: zone, cases: cases)
        registers = Registers(store: store, time: time, zone: zone)
        savedFilters = SavedFilters(store: store, time: time)
        textTemplates = TextTemplates(store: store, time: time)
        ledger = LedgerReading(store: store, time: time)
        files = FileProofs(store: store)
    }
}
