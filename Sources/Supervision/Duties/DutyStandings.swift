import Domain
import Store

/// Where one school stands, out of calendar, plans and entries of one snapshot.
struct DutyStandings {
    let schedule: DutySchedule
    private let school: School
    private let records: Records
    private let now: UTCTime
    /// What was read before, for many schools at once; nil = it is read when it is asked.
    private let known: [DutySlot: DutyRecords.Entered]?

    init(
        _ records: Records, zone: TerritoryZone, now: UTCTime, school: School, plans: DutyPlans? = nil,
        known: [DutySlot: DutyRecords.Entered]? = nil
    ) throws {
        schedule = DutySchedule(
            try records.rules.time(of: school.id, in: zone),
            try (plans ?? records.duties.plans()).plans(of: school.id))
        (self.school, self.records, self.now, self.known) = (school, records, now, known)
    }

    var start: Day? { schedule.plans.start }

    func isSchoolDay(_ day: Day) -> Bool { schedule.time.calendar.isSchoolDay(day) }

    func open(on day: Day) throws -> [DutyStanding] {
        try standings(schedule.open(on: day), periods: DaySpan(day - 31, through: day))
    }

    func due(in days: DaySpan) throws -> [DutyStanding] {
        try standings(schedule.due(in: days), periods: DaySpan(days.first - 31, through: days.last))
    }

    private func standings(_ dues: [DutySchedule.Due], periods: DaySpan) throws -> [DutyStanding] {
        let entered =
            try known
            ?? Dictionary(
                records.duties.entered(.school(school.id), periods: periods).map { ($0.slot, $0) }
            ) { first, _ in first }
        return dues.map { due in
            let entry = entered[due.slot]
            return DutyStanding(due, first: entry?.first, problems: entry?.problems ?? 0, now: now)
        }
    }
}
