public import Domain
import Store

/// Term calendar and working hours of the county, and of schools that have their own. (校历、作息时间)
///
/// Needs ``Act/manageCalendar`` at the county, or where the school is.
public struct Calendars: Sendable {
    let store: Store
    let time: TimeSource
    let cases: Cases

    /// - Parameter id: nil = the county.
    public func sheet(of id: SchoolID? = nil, for principal: Principal) async throws -> CalendarSheet {
        try await store.read { records in
            let school = try Self.permitted(id, records, for: principal)
            let (county, countyHours) = (try records.rules.calendar(), try records.rules.hours())
            return CalendarSheet(
                school: school, revision: try .last(.calendarChanged, of: Self.subject(id), records),
                own: try id.map { try records.rules.calendar(of: $0) } ?? county,
                ownHours: try id.map { try records.rules.hours(of: $0) } ?? countyHours,
                inherited: id == nil ? SchoolCalendar() : county ?? SchoolCalendar(),
                inheritedHours: id == nil ? .standard : countyHours ?? .standard)
        }
    }

    /// Schools with a calendar or hours of their own.
    public func exceptions(for principal: Principal) async throws -> [School] {
        try await store.read { records in
            _ = try Self.permitted(nil, records, for: principal)
            return try records.rules.schoolsWithOwnTime()
        }
    }

    /// Changes both at once; deadlines of the cases that run under them move with it.
    ///
    /// One transaction keeps calendar, ledger entry and a mark at every running case that it must be looked at again. The
    /// cases are then computed anew in batches, each its own transaction: up to ``mostAtOnce`` before this returns, the
    /// others, and those that a power cut leaves, by whoever calls ``Cases/escalate(limit:)`` next.
    /// - Parameters:
    ///   - calendar: nil = as the county; of the county: every weekday of the year.
    ///   - hours: nil = as the county; of the county: the standard.
    ///   - id: nil = the county.
    ///   - seen: The number of the revision that the asker started from; nil = whatever there is.
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody has saved since.
    /// - Returns: How many running cases the change concerns; 0 when nothing changed.
    @discardableResult
    public func change(
        _ calendar: SchoolCalendar?, _ hours: WorkingHours?, of id: SchoolID? = nil, seen: Int64? = nil,
        by principal: Principal
    ) async throws -> Int {
        let calendar = try calendar.map(CalendarRules.checked)
        try hours.map(CalendarRules.check)
        let now = time.now()
        let concerned = try await store.write { records in
            _ = try Self.permitted(id, records, for: principal)
            if id == nil { try principal.require(.manageCalendar, records) }
            try Revision.last(.calendarChanged, of: Self.subject(id), records).require(seen: seen)
            let before = Self.ledgerPayload(
                try id.map { try records.rules.calendar(of: $0) } ?? records.rules.calendar(),
                try id.map { try records.rules.hours(of: $0) } ?? records.rules.hours())
            let after = Self.ledgerPayload(calendar, hours)
            guard before != after else { return 0 }
            try records.rules.set(calendar, hours, of: id)
            try records.ledger.append(
                .calendarChanged, to: Self.subject(id), by: principal.actor, at: now,
                payload: before.changes(to: after))
            return try records.cases.lookAgain(at: now, school: id)
        }
        try await cases.catchUp(atMost: min(concerned, Self.mostAtOnce))
        return concerned
    }

    /// So that nobody waits at a form for fifty thousand cases.
    static let mostAtOnce = 2000

    private static func subject(_ id: SchoolID?) -> String { id.map { "school/\($0)" } ?? "county" }

    private static func permitted(
        _ id: SchoolID?, _ records: Records, for principal: Principal
    ) throws -> School? {
        guard let id else {
            guard principal.may(.manageCalendar) else { throw SupervisionError.notPermitted }
            return nil
        }
        guard let school = try records.places.school(id) else { throw SupervisionError.notFound }
        try principal.require(.manageCalendar, at: school.path)
        return school
    }

    private static func ledgerPayload(_ calendar: SchoolCalendar?, _ hours: WorkingHours?) -> [String: JSON] {
        func text(_ days: DaySpan) -> String { "\(days.first)/\(days.last)" }
        func list(_ texts: [String]?) -> JSON { texts.map { .array($0.map { .string($0) }) } ?? .null }
        return [
            "terms": list(calendar?.terms.map { "\($0.name) \(text($0.days))" }),
            "holidays": list(calendar?.holidays.map { "\($0.name) \(text($0.days))" }),
            "makeUpDays": list(calendar?.makeUpDays.sorted().map { "\($0)" }),
            "weekdays": list(calendar?.weekdays.sorted().map { "\($0)" }),
            "workingHours": hours.map {
                .string("\(CalendarRules.clock($0.startMinute))-\(CalendarRules.clock($0.endMinute))")
            } ?? .null,
            "workingDays": list(hours?.weekdays.sorted().map { "\($0)" }),
        ]
    }
}

/// How time counts somewhere, and what of it is set there.
public struct CalendarSheet: Sendable, Hashable {
    /// nil = the county.
    public var school: School?
    public var revision: Revision
    /// nil = not set here.
    public var own: SchoolCalendar?
    public var ownHours: WorkingHours?
    /// What holds where nothing is set.
    public var inherited: SchoolCalendar
    public var inheritedHours: WorkingHours

    public var calendar: SchoolCalendar { own ?? inherited }
    public var hours: WorkingHours { ownHours ?? inheritedHours }
}

extension Permission {
    public static let manageCalendar = Permission(.manageCalendar, at: .county)
    public static let managePolicy = Permission(.managePolicy, at: .county)
}

extension Cases {
    /// Computes marked cases anew, in batches of 200: what has come due is entered, else the next deadline is.
    func catchUp(atMost limit: Int) async throws {
        let now = time.now()
        var left = limit
        while left > 0, let next = try await escalate(limit: min(left, 200)).lookAgain, next <= now { left -= 200 }
    }
}
