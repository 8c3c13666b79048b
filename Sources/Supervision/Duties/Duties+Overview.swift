public import Domain
import Store

extension Duties {
    /// Who has done what of the schools of the asker's territory, in the week of a day: most left out first.
    public func week(
        of day: Day? = nil, in place: Territory? = nil, for principal: Principal
    ) async throws -> DutyWeek {
        let day = day ?? today
        let monday = SchoolDuty.weeklyInspection.period(of: day)
        let days = DaySpan(monday, through: monday + 6)
        guard let own = principal.territory(for: .readDuties) else { throw SupervisionError.notPermitted }
        let now = time.now()
        return try await store.read { [zone] records in
            let plans = try records.duties.plans()
            let schools = try records.places.schools(in: own).filter { place?.contains($0.path) ?? true }
            let rows = try Self.standings(of: schools, days, plans, records, zone: zone, now: now)
                .map { DutyWeek.Row(school: $0, standings: $1) }
            let townships = try records.places.townships(in: own)
            return DutyWeek(
                days: days, rows: rows.sorted { $0.order < $1.order }, townships: townships,
                start: schools.compactMap { plans.plans(of: $0.id).start }.min(),
                isThisWeek: days.contains(Day(of: now, in: zone)))
        }
    }

    /// What was due in a span and whether it was done, by school.
    /// - Parameter id: nil = all of the asker's territory.
    public func standings(
        _ days: DaySpan, of id: SchoolID? = nil, for principal: Principal
    ) async throws -> [(school: School, standings: [DutyStanding])] {
        let now = time.now()
        return try await store.read { [zone] records in
            let schools =
                try id.map { [try records.school($0, .readDuties, for: principal)] }
                ?? records.places.schools(in: principal.territory(for: .readDuties))
            return try Self.standings(
                of: schools, days, try records.duties.plans(), records, zone: zone, now: now
            ).map { (school: $0.0, standings: $0.1) }
        }
    }

    /// What was left out in a span, for early warnings and risk: whose time is over and which nobody entered.
    public func missed(_ days: DaySpan, in territory: Territory = .county) async throws -> [MissedDuty] {
        let now = time.now()
        return try await store.read { [zone] records in
            try Self.standings(
                of: try records.places.schools(in: territory), days, try records.duties.plans(), records, zone: zone,
                now: now
            ).flatMap { school, standings in
                standings.filter(\.isMissed).map { MissedDuty(place: school.path, slot: $0.slot, due: $0.due.day) }
            }
        }
    }

    /// Of each school and duty, the days on which it was due and its time is over, and whether everything due then was done in
    /// time: what `DutyRule` takes.
    public func facts(
        _ days: DaySpan, in territory: Territory = .county
    ) async throws -> [SchoolID: [SchoolDuty: [(due: Day, isDone: Bool)]]] {
        let now = time.now()
        return try await store.read { [zone] in try Self.facts(days, in: territory, $0, zone: zone, now: now) }
    }

    static func facts(
        _ days: DaySpan, in territory: Territory, _ records: Records, zone: TerritoryZone, now: UTCTime
    ) throws -> [SchoolID: [SchoolDuty: [(due: Day, isDone: Bool)]]] {
        var facts: [SchoolID: [SchoolDuty: [(due: Day, isDone: Bool)]]] = [:]
        for (school, standings) in try standings(
            of: try records.places.schools(in: territory), days, try records.duties.plans(), records, zone: zone,
            now: now)
        {
            let over = standings.filter { $0.due.counts && $0.due.time < now }
            facts[school.id] = Dictionary(grouping: over, by: \.slot.duty).mapValues { ofDuty in
                Dictionary(grouping: ofDuty, by: \.due.day).sorted { $0.key < $1.key }
                    .map { ($0.key, $0.value.allSatisfy { $0.state == .done }) }
            }
        }
        return facts
    }

    private static func standings(
        of schools: [School], _ days: DaySpan, _ plans: DutyPlans, _ records: Records, zone: TerritoryZone, now: UTCTime
    ) throws -> [(School, [DutyStanding])] {
        let entered = Dictionary(
            grouping: try records.duties.entered(.county, periods: DaySpan(days.first - 31, through: days.last)),
            by: \.school)
        return try schools.map { school in
            let known = Dictionary((entered[school.id] ?? []).map { ($0.slot, $0) }) { first, _ in first }
            return (
                school,
                try DutyStandings(records, zone: zone, now: now, school: school, plans: plans, known: known).due(
                    in: days)
            )
        }
    }
}

/// Something that a school left out.
public struct MissedDuty: Sendable, Hashable {
    public var place: PlacePath
    public var slot: DutySlot
    public var due: Day
}

/// Schools × duties of a week.
public struct DutyWeek: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var school: School
        public var standings: [DutyStanding]
        public var counts: [SchoolDuty: DutyCount]
        public var all: DutyCount

        init(school: School, standings: [DutyStanding]) {
            self.school = school
            self.standings = standings
            counts = Dictionary(grouping: standings, by: \.slot.duty).mapValues { DutyCount($0) }
            all = DutyCount(standings)
        }

        /// Most left out first, then latest, then by name.
        var order: (Int, Int, String, SchoolID) { (-all.missed, -all.late, school.name, school.id) }
    }

    public var days: DaySpan
    public var rows: [Row]
    /// Those that the asker can choose from.
    public var townships: [Township]
    /// The first day that counts anywhere; nil = none does yet.
    public var start: Day?
    public var isThisWeek: Bool

    public var all: DutyCount { rows.reduce(DutyCount([])) { $0 + $1.all } }
}
