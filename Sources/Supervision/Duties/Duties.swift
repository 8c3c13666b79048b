public import Domain
import Store

/// What schools do by themselves, and whether they did. (学校自查)
///
/// Read with ``Act/readDuties``, entered with ``Act/enterDuties``. What was left out is computed from calendar, plan and
/// entries whenever somebody asks, so that a holiday entered later takes what was due on it away.
public struct Duties: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    var today: Day { Day(of: time.now(), in: zone) }

    /// What a school has to do on a day, and in the week and the month that it lies in.
    /// - Parameter day: nil = today.
    public func day(_ day: Day? = nil, of id: SchoolID, for principal: Principal) async throws -> DutyDay {
        let (now, today) = (time.now(), today)
        let day = day ?? today
        return try await store.read { [zone] records in
            let school = try records.school(id, .readDuties, for: principal)
            let standings = try DutyStandings(records, zone: zone, now: now, school: school)
            return DutyDay(
                school: school, day: day, isToday: day == today, isSchoolDay: standings.isSchoolDay(day),
                standings: try standings.open(on: day), start: standings.start,
                samplesToGo: try records.duties.samplesToGo(of: id, at: now))
        }
    }

    /// One thing to do: what was entered for it, and what the form may begin with.
    public func sheet(_ slot: DutySlot, of id: SchoolID, for principal: Principal) async throws -> DutySheet {
        let now = time.now()
        return try await store.read { [zone] records in
            let school = try records.school(id, .readDuties, for: principal)
            let standings = try DutyStandings(records, zone: zone, now: now, school: school)
            guard let due = standings.schedule.due(slot) else { throw SupervisionError.notFound }
            var versions = try records.duties.versions(of: slot, at: id)
            let people = try records.names(of: versions.map(\.by))
            var files: [SchoolFile] = []
            for photo in Set(versions.flatMap(\.photos)) {
                if let file = try records.papers.file(photo, of: id) { files.append(file) }
            }
            if !principal.may(.readStaffPapers, at: school.path) {
                versions = versions.map(\.withoutPeople)
            }
            let mayEnter = principal.may(.enterDuties, at: school.path) && Self.canBeEntered(slot, now: now, zone)
            return DutySheet(
                school: school,
                standing: DutyStanding(
                    due, first: versions.first?.time, problems: versions.last?.record.problems ?? 0, now: now),
                versions: versions, people: people, files: files.sorted { $0.id < $1.id },
                proposal: mayEnter ? try proposal(for: slot, of: id, versions.last?.record, records, now: now) : nil)
        }
    }

    /// What was due in a span and what was entered, for reading and printing.
    public func book(of id: SchoolID, _ days: DaySpan, for principal: Principal) async throws -> DutyBook {
        let now = time.now()
        guard days.last - days.first <= DutyBook.mostDays else {
            throw SupervisionError.invalid(.span, .longerThanDays(DutyBook.mostDays))
        }
        return try await store.read { [zone] records in
            let school = try records.school(id, .readDuties, for: principal)
            let standings = try DutyStandings(records, zone: zone, now: now, school: school)
            let due = try standings.due(in: days)
            let isPersonal = principal.may(.readStaffPapers, at: school.path)
            let entries = try records.duties.entries(of: id, periods: DaySpan(days.first - 31, through: days.last))
            return DutyBook(
                school: school, days: days, standings: due,
                entries: Dictionary(entries.map { ($0.slot, isPersonal ? $0 : $0.withoutPeople) }) { first, _ in first
                },
                people: try records.names(of: entries.map(\.by)))
        }
    }

    /// A photograph of a duty or the picture of a paper.
    public func file(_ file: SchoolFileID, of id: SchoolID, for principal: Principal) async throws -> SchoolFile {
        try await store.read { records in
            let school = try records.school(id, .readDuties, for: principal)
            guard let found = try records.papers.file(file, of: id),
                !found.isPersonal || principal.may(.readStaffPapers, at: school.path)
            else { throw SupervisionError.notFound }
            return found
        }
    }

    static func canBeEntered(_ slot: DutySlot, now: UTCTime, _ zone: TerritoryZone) -> Bool {
        let today = Day(of: now, in: zone)
        return slot.period <= today && today - slot.lastDay <= DutyEntry.lateDays
    }

    private func proposal(
        for slot: DutySlot, of id: SchoolID, _ current: DutyRecord?, _ records: Records, now: UTCTime
    ) throws -> DutyRecord {
        if let current { return current }
        var proposed =
            try records.duties.latest(slot.duty, meal: slot.meal, of: id, before: slot.period)?.record.proposal(at: now)
            ?? Self.first(of: slot.duty, at: now)
        switch proposed {
        case .morningHealthCheck(var check) where check.staff.isEmpty:
            check.staff = try records.papers.all(in: .school(id)).filter { $0.kind == .healthCertificate }
                .prefix(HealthCheck.mostStaff).map { .init(name: $0.holder, isFit: true) }
            proposed = .morningHealthCheck(check)
        case .sampleRetention(var samples):
            let day = DaySpan(slot.period, through: slot.period)
            samples.samples =
                try records.menus.menus(of: id, days: day).first { $0.meal == slot.meal }?.dishes
                .map { .init($0.name) } ?? []
            proposed = .sampleRetention(samples)
        default: break
        }
        return proposed
    }

    private static func first(of duty: SchoolDuty, at now: UTCTime) -> DutyRecord {
        switch duty {
        case .dailyControl: .dailyControl(.clean(DutyChecklist.daily))
        case .weeklyInspection: .weeklyInspection(.clean(DutyChecklist.weekly))
        case .monthlyMeeting: .monthlyMeeting(DutyMeeting())
        case .morningHealthCheck: .morningHealthCheck(HealthCheck(staff: []))
        case .accompaniedMeal: .accompaniedMeal(AccompaniedMeal())
        case .sampleRetention:
            .sampleRetention(SampleRetention(samples: [], taken: now, keptUntil: now + SampleRetention.leastKept))
        case .disinfection: .disinfection(Disinfection())
        }
    }
}

/// A school's day.
public struct DutyDay: Sendable, Hashable {
    public var school: School
    public var day: Day
    public var isToday: Bool
    public var isSchoolDay: Bool
    /// Due on this day, then later in the week or the month; in the order of time.
    public var standings: [DutyStanding]
    /// The first day that counts; nil = none does yet.
    public var start: Day?
    public var samplesToGo: [DutyEntry]

    /// Of what is due on the day itself.
    public var dueToday: [DutyStanding] { standings.filter { $0.due.day == day } }
}

/// Something to do with its versions.
public struct DutySheet: Sendable, Hashable {
    public var school: School
    public var standing: DutyStanding
    /// The first first.
    public var versions: [DutyEntry]
    public var people: [PersonID: String]
    public var files: [SchoolFile]
    /// What the form begins with; nil = the asker can't enter anything.
    public var proposal: DutyRecord?
}

/// A school's record of a span.
public struct DutyBook: Sendable, Hashable {
    public static let mostDays = 200

    public var school: School
    public var days: DaySpan
    /// In the order in which they were due.
    public var standings: [DutyStanding]
    public var entries: [DutySlot: DutyEntry]
    public var people: [PersonID: String]
}

extension DutyEntry {
    var withoutPeople: DutyEntry {
        var entry = self
        entry.record = record.withoutPeople
        if entry.record != record { entry.photos = [] }
        return entry
    }
}

extension Records {
    /// A school that the asker may ask that of.
    func school(_ id: SchoolID, _ act: Act, for principal: Principal) throws -> School {
        guard let school = try places.school(id) else { throw SupervisionError.notFound }
        try principal.require(act, at: school.path)
        return school
    }

    func names(of ids: some Sequence<PersonID>) throws -> [PersonID: String] {
        var names: [PersonID: String] = [:]
        for id in Set(ids) { names[id] = try people.person(id)?.name }
        return names
    }
}
