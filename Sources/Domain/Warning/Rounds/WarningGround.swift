/// Everything that one round of the early warning asks, read at one moment. (预警一轮的依据)
public struct WarningGround: Sendable {
    public typealias DutyRecord = (due: Day, isDone: Bool)

    /// Something that waited, or waits.
    public struct Wait: Hashable, Sendable {
        public var from: UTCTime
        /// nil = it waits still.
        public var until: UTCTime?

        public init(from: UTCTime, until: UTCTime?) {
            self.from = from
            self.until = until
        }
    }

    public var now: UTCTime
    public var history: WarningHistory
    /// How time counts for the county's own offices.
    public var county: SchoolTime
    /// Captures until their verdict, cases until their dispatch.
    public var waits: [Wait] = []
    /// Of running clocks, by school.
    public var deadlines: [SchoolID: [(case: CaseID, due: UTCTime)]] = [:]
    /// When schools were late in the past, for back-tests: of each case from its deadline on.
    public var late: [SchoolID: [(case: CaseID, span: Wait)]] = [:]
    /// In which cameras could not watch.
    public var blind: [CameraID: [TimeSpan]] = [:]
    public var papers: [SchoolID: [ExpiryRule.Paper]] = [:]
    public var duties: [SchoolID: [DutyRecord]] = [:]

    public init(_ history: WarningHistory, county: SchoolTime, at now: UTCTime) {
        self.history = history
        self.county = county
        self.now = now
    }

    public var today: Day { Day(of: now, in: history.zone) }
}

extension WarningGround {
    /// Days that are made up for when the program was off: what is older is not worth a warning any more.
    public static let lookBackDays = 14

    /// What a rule that holds since a moment gives now: states as they are, and what has happened and is in no warning yet.
    public func met(by rule: WarningRule, since: UTCTime, _ memory: WarningMemory) -> [Warning] {
        let first = max(Day(of: since, in: history.zone), today - Self.lookBackDays)
        switch rule {
        case .rate(let rule): return rises(rule, from: first, memory)
        case .repeated(let rule): return repeated(rule, since, memory)
        case .cluster(let rule): return clusters(rule, from: first, since: since, memory)
        case .backlog(let rule):
            let waiting = waits.filter { $0.until == nil && $0.from <= now }.map(\.from)
            return rule.met(by: waiting, at: now, county).map { [Warning(.county, .backlog($0))] } ?? []
        case .overdue(let rule):
            return bySchool(deadlines) { _, deadlines in
                rule.met(by: deadlines, at: now).map { [.overdue($0)] } ?? []
            }
        case .expiring(let rule):
            return bySchool(papers) { _, papers in
                papers.compactMap { rule.met(by: $0, on: today).map(WarningReason.expiring) }
            }
        case .duties(let rule): return duties(rule, from: first, memory)
        case .camerasOff(let rule): return camerasOff(rule, DaySpan(first, through: max(first, today)))
        case .night(let rule): return nights(rule, since, memory)
        }
    }

    private func rises(_ rule: RateRule, from first: Day, _ memory: WarningMemory) -> [Warning] {
        let subject = WarningSubject(.rate, item: rule.item)
        return RateSurvey(rule, counts: history.counts(of: rule.item, at: now)).rises().compactMap { school, rise in
            let place = Territory.school(school)
            guard rise.until >= first, memory.lastDay(place, subject).map({ $0 < rise.since }) ?? true else {
                return nil
            }
            return Warning(place, .rateRise(rise, item: rule.item))
        }
    }

    private func repeated(_ rule: RepeatRule, _ since: UTCTime, _ memory: WarningMemory) -> [Warning] {
        let window = Duration.seconds(rule.days * 86_400)
        let from = max(since, now - .seconds(Self.lookBackDays * 86_400))
        let subject = WarningSubject(.repeated, item: rule.item)
        return bySchool(history.times(of: rule.item, from: from - window)) { place, times in
            let used = memory.lastTime(place, subject)
            return rule.met(by: times.filter { time in used.map { time > $0 } ?? true })
                .filter { $0.last >= from }.map(WarningReason.repeated)
        }
    }

    private func clusters(
        _ rule: ClusterRule, from first: Day, since: UTCTime, _ memory: WarningMemory
    ) -> [Warning] {
        let anchor = Day(of: since, in: history.zone)
        let survey = ClusterSurvey(
            rule, counts: history.counts(of: rule.item, at: now), townships: townships)
        let subject = WarningSubject(.cluster, item: rule.item)
        return survey.clusters(survey.windows(anchor: anchor)).compactMap { cluster in
            let place = Territory.township(cluster.township)
            guard cluster.days.first >= anchor, cluster.days.last >= first,
                memory.lastDay(place, subject).map({ $0 < cluster.days.first }) ?? true
            else { return nil }
            return Warning(place, .cluster(cluster))
        }
    }

    private func duties(_ rule: DutyRule, from first: Day, _ memory: WarningMemory) -> [Warning] {
        let subject = WarningSubject(.duties, duty: rule.duty)
        return bySchool(duties) { place, record in
            let used = memory.lastDay(place, subject)
            return rule.met(by: record.filter { entry in used.map { entry.due > $0 } ?? true })
                .filter { $0.last >= first }.map(WarningReason.dutiesMissed)
        }
    }

    func camerasOff(_ rule: CamerasOffRule, _ days: DaySpan) -> [Warning] {
        history.schools.sorted { $0.key < $1.key }.flatMap { school, watched -> [Warning] in
            let off = Dictionary(uniqueKeysWithValues: watched.cameras.map { ($0, blind[$0] ?? []) })
            guard off.values.contains(where: { !$0.isEmpty }) else { return [] }
            return (days.first.number...days.last.number).map(Day.init(number:)).compactMap { day in
                guard let working = watched.time.workingSpan(on: day), working.end <= now else { return nil }
                return rule.met(by: off, on: day, watched.time).map { Warning(.school(school), .camerasOff($0)) }
            }
        }
    }

    private func nights(_ rule: NightRule, _ since: UTCTime, _ memory: WarningMemory) -> [Warning] {
        let from = max(since, now - .seconds(Self.lookBackDays * 86_400))
        let subject = WarningSubject(.night, item: rule.item)
        return bySchool(history.times(of: rule.item, from: from - .seconds((rule.ofNights + 1) * 86_400))) {
            place, times in
            guard case .school(let school) = place, let time = history.schools[school]?.time else { return [] }
            let used = memory.lastDay(place, subject)
            let fresh = times.filter { moment in used.map { time.night(of: moment) > $0 } ?? true }
            return rule.met(by: fresh, time).filter { $0.lastNight >= time.night(of: from) }
                .map(WarningReason.nightActivity)
        }
    }

    var townships: [SchoolID: TownshipID] { history.schools.compactMapValues(\.path.township) }

    /// In a fixed order.
    private func bySchool<Value>(
        _ values: [SchoolID: Value], _ reasons: (Territory, Value) -> [WarningReason]
    ) -> [Warning] {
        values.sorted { $0.key < $1.key }.filter { history.schools[$0.key] != nil }.flatMap { school, value in
            reasons(.school(school), value).map { Warning(.school(school), $0) }
        }
    }
}
