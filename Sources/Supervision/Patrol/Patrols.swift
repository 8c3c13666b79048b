public import Domain
import Store

/// Who is to be looked at today, and who has been. (今日巡查)
public struct Patrols: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let insights: Insights
    public let rule: PatrolRule
    public let model: RiskModel

    /// Evidence that is older than seven half-lives weighs less than a hundredth.
    var evidenceDays: Int { Int(model.halfLifeDays * 7) }
    /// What an average school is taken to bring where a county has too little of its own: a point in ten days.
    static let unknown = RiskModel.Prior(mean: 0.1, days: 30)

    /// The list of the asker's territory.
    public func sheet(for principal: Principal) async throws -> Insights.Progress<PatrolSheet> {
        guard let territory = principal.territory(for: .patrol) else { throw SupervisionError.notPermitted }
        let now = time.now()
        let today = Day(of: now, in: zone)
        let days = DaySpan(today - evidenceDays, through: today)
        let question = InsightQuestion(days, in: territory)
        return try await insights.ground(question).map { [zone] ground in
            let span = TimeSpan(
                start: today.time(minute: 0, in: zone), end: (today + 1).time(minute: 0, in: zone))
            let past = TimeSpan(start: days.first.time(minute: 0, in: zone), end: now)
            let (trees, last, looks, people, calendar, told) = try await store.read { records in
                let looks = try records.patrols.looks(in: span, limit: 1000)
                var people: [PersonID: String] = [:]
                for id in Set(looks.map(\.by)) { people[id] = try records.people.person(id)?.name }
                return (
                    try records.trees(in: territory), try records.patrols.lastLooks(), looks, people,
                    try records.rules.calendar() ?? SchoolCalendar(), try records.patrolEvidence(in: past, zone)
                )
            }
            let schools = trees.filter { tree in tree.areas.contains { !$0.cameras.isEmpty } }
            var evidence = PatrolEvidence(ground, question, zone: zone, now: now)
            for known in told { evidence.add(known.evidence, of: known.school) }
            let known = schools.map { tree in
                (
                    evidence: evidence.of(tree.school.id),
                    watchedDays: evidence.watchedDays(of: tree.school.id, on: today)
                )
            }
            let prior = model.prior(of: known, on: today) ?? Self.unknown
            let candidates = zip(schools, known).map { tree, known in
                let since = last[tree.school.id].map { Day(of: $0.time, in: zone) } ?? today
                return PatrolRule.Candidate(
                    tree.school.id, schoolDaysSince: Self.schoolDays(after: since, through: today, calendar),
                    risk: model.risk(known.evidence, watchedDays: known.watchedDays, prior: prior, on: today))
            }
            let own = Set(schools.map(\.school.id))
            return PatrolSheet(
                list: rule.list(candidates), trees: schools, neverLooked: Set(last.filter { !$0.value.isLook }.keys),
                looks: looks.filter { own.contains($0.school) }, people: people,
                isSchoolDay: calendar.isSchoolDay(today), rule: rule)
        }
    }

    /// Before a form is looked at.
    public func require(_ id: SchoolID, for principal: Principal) async throws {
        let school = try await store.read { try $0.places.school(id) }
        try principal.require(.patrol, at: school?.path)
    }

    /// - Parameter note: What was found; empty = nothing.
    @discardableResult
    public func look(at id: SchoolID, note: String = "", by principal: Principal) async throws -> PatrolLook {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let note = Names.trimmed(note)
        guard note.count <= PatrolLook.longestNote else {
            throw SupervisionError.invalid(.note, .tooLong(maximum: PatrolLook.longestNote))
        }
        let now = time.now()
        return try await store.write { records in
            let school = try records.places.school(id)
            try principal.require(.patrol, at: school?.path)
            if let path = school?.path { try principal.require(Permission(.patrol, at: path), records) }
            let look = PatrolLook(id: PatrolLookID(at: now), school: id, by: person.id, time: now, note: note)
            try records.patrols.add(look)
            try records.ledger.append(
                .patrolLooked, to: "school/\(id)", by: principal.actor, at: now,
                payload: ["look": .string("\(look.id)"), "note": .string(note)])
            return look
        }
    }

    /// For a minute, by whoever said it: a slip of the finger leaves no school unseen.
    public func takeBack(_ id: PatrolLookID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            guard let look = try records.patrols.look(id), case .person(let person) = principal, look.by == person.id
            else { throw SupervisionError.notFound }
            guard now - look.time <= Self.takeBackTime, now >= look.time else {
                throw SupervisionError.conflict(.changedMeanwhile)
            }
            try records.patrols.remove(id)
            try records.ledger.append(
                .patrolTakenBack, to: "school/\(look.school)", by: principal.actor, at: now,
                payload: ["look": .string("\(id)")])
        }
    }

    public static let takeBackTime = Duration.seconds(60)

    private static func schoolDays(after day: Day, through today: Day, _ calendar: SchoolCalendar) -> Int {
        guard day < today else { return 0 }
        // Longer than any rule asks for: counting on would tell nothing more.
        let first = max(day.number + 1, today.number - 800)
        return (first...today.number).count { calendar.isSchoolDay(Day(number: $0)) }
    }
}

/// The patrol list of a territory as of now.
public struct PatrolSheet: Sendable {
    public var list: PatrolList
    /// Schools with cameras, by name.
    public var trees: [SchoolTree]
    public var neverLooked: Set<SchoolID>
    /// Today's, newest first.
    public var looks: [PatrolLook]
    /// Names of those who looked.
    public var people: [PersonID: String]
    public var isSchoolDay: Bool
    public var rule: PatrolRule
}
