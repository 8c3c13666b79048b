public import Domain
import Store

/// Early warning: rules over the facts, what they gave, and what came of it. (预警)
public struct Warnings: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let insights: Insights
    let cases: Cases
    let sources: WarningSources
    /// Told when a rule changes.
    let subscribers: Subscribers<WarningSubject>
    /// Told when there is news to be sent.
    let deliveries: Subscribers<DeliveryID?>

    init(
        store: Store, time: TimeSource, zone: TerritoryZone, insights: Insights, cases: Cases, sources: WarningSources,
        deliveries: Subscribers<DeliveryID?>
    ) {
        self.store = store
        self.time = time
        self.zone = zone
        self.insights = insights
        self.cases = cases
        self.sources = sources
        self.deliveries = deliveries
        subscribers = Subscribers()
    }

    /// Whenever a rule is set or switched off.
    public func ruleChanges() -> AsyncStream<WarningSubject> { subscribers.stream() }

    /// Which rules a county can have.
    public var offered: [WarningRule.Kind] { WarningRule.Kind.allCases.filter(sources.offers) }

    /// What rules are asked about, as of now.
    /// - Parameters:
    ///   - duty: Whose records are wanted too.
    ///   - lookBack: How far states of cameras and duties are read; nil = all that is known.
    func ground(duty: SchoolDuty? = nil, lookBack: Int?) async throws -> WarningGround {
        let facts = try await insights.facts.ready()
        let now = time.now()
        let (zone, sources) = (zone, sources)
        return try await store.read { records in
            var schools: [SchoolID: WarningHistory.Watched] = [:]
            for tree in try records.trees(in: .county) {
                let cameras = tree.areas.flatMap(\.cameras).filter(\.isEnabled).map(\.id)
                schools[tree.school.id] = WarningHistory.Watched(
                    tree.school.path, try records.rules.time(of: tree.school.id, in: zone), cameras: cameras)
            }
            let history = WarningHistory(
                facts.captures, analysed: facts.analysed.all(), places: try records.facts.cameraPlaces(),
                schools: schools,
                zone: zone)
            let county = SchoolTime(
                calendar: try records.rules.calendar() ?? SchoolCalendar(),
                hours: try records.rules.hours() ?? .standard, zone: zone)
            var ground = WarningGround(history, county: county, at: now)
            ground.waits = facts.captures.waits() + facts.cases.all.compactMap(\.waitForDispatch)
            for deadline in try records.warnings.deadlines(before: now) {
                ground.deadlines[deadline.school, default: []].append((deadline.case, deadline.due))
            }
            for fact in facts.cases.all {
                guard let late = fact.late else { continue }
                ground.late[fact.school, default: []].append((fact.id, late))
            }
            let first = lookBack.map { ground.today - $0 } ?? history.firstDay ?? ground.today
            let days = DaySpan(min(first, ground.today), through: ground.today)
            let span = TimeSpan(
                start: days.first.time(minute: 0, in: zone), end: max(now, first.time(minute: 0, in: zone)))
            for blind in try records.facts.blindSpans(CameraAvailability.blind, in: span, now: now) {
                ground.blind[blind.camera, default: []].append(blind.span)
            }
            if let papers = sources.papers { ground.papers = try papers(records) }
            if let duty, let duties = sources.duties { ground.duties = try duties(records, duty, days) }
            return ground
        }
    }
}

extension CaseFact {
    /// nil for one that was withdrawn before anybody was told.
    fileprivate var waitForDispatch: WarningGround.Wait? {
        if let sent = steps.dispatched { return .init(from: openedAt, until: max(openedAt, sent)) }
        return state.isFinal ? nil : .init(from: openedAt, until: nil)
    }

    /// From the missed deadline until the school handed in, or the case ended.
    fileprivate var late: WarningGround.Wait? {
        guard let lateFrom else { return nil }
        let end = [steps.submitted, closedAt].compactMap(\.self).filter { $0 > lateFrom }.min()
        if end == nil, state.isFinal { return nil }
        return .init(from: lateFrom, until: end)
    }
}
