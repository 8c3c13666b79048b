public import Domain
import FoundationEssentials

/// Cases: their events in the ledger, and the rows by which they are found.
public struct CaseRecords {
    let connection: any Connection

    private var ledger: LedgerRecords { LedgerRecords(connection: connection) }

    /// All events of a case, in order; empty when there is none.
    public func events(of id: CaseID) throws -> [CaseEvent] { try history(of: id).map(\.event) }

    /// All events of a case with the ledger entries that hold them, in order.
    public func history(of id: CaseID) throws -> [(event: CaseEvent, entry: LedgerEntry)] {
        try ledger.entries(LedgerFilter(subject: Self.subject(id)), before: nil, limit: .max).reversed().map {
            (try CaseEvent(id, $0), $0)
        }
    }

    /// - Throws: ``StoreError`` of the kind `.damaged` when the ledger's events are no history.
    public func current(_ id: CaseID) throws -> Case? {
        let events = try events(of: id)
        guard !events.isEmpty else { return nil }
        do {
            return try Case(events)
        } catch {
            throw StoreError(
                .damaged, doing: "reading a case", detail: "case \(id): event \(error.version) can't follow")
        }
    }

    /// How many events it has, as its row says; nil = there is none.
    public func version(of id: CaseID) throws -> Int? {
        try connection.value("select version from case_file where id = \(id)")
    }

    /// The first event of a case.
    /// - Returns: The number that people call it by.
    public func add(_ current: Case, _ event: CaseEvent, _ times: CaseTimetable) throws -> Int {
        try append(event)
        let number: Int = try connection.value("select coalesce(max(number), 0) + 1 from case_file") ?? 1
        let opening = current.opening
        try connection.execute(
            """
            insert into case_file (id, number, version, state, grade, matter, school_id, township_id, canteen_id, area_id,
              round, opened_ms, changed_ms, closed_ms, due_ms, due_kind, look_ms, late_ms, search)
            values (\(current.id), \(number), \(current.version), \(current.state), \(current.grade.rawValue),
              \(opening.matter.description), \(opening.school), \(current.office), \(opening.canteen), \(opening.area),
              \(current.round), \(current.openedAt), \(current.changedAt), null, \(times.due?.time),
              \(times.due?.kind.rawValue), \(times.lookAt), \(times.lateFrom), \(Self.searchable([event])))
            """)
        for capture in opening.captures { try add(capture, to: current.id, current.state) }
        return number
    }

    /// Events that follow, and the case as they leave it.
    public func append(
        _ events: [CaseEvent], leaving current: Case, _ times: CaseTimetable
    ) throws {
        for event in events {
            try append(event)
            switch event.change {
            case .captureAdded(let capture): try add(capture, to: current.id, current.state)
            case .reopened(_, let captures, _):
                for capture in captures { try add(capture, to: current.id, current.state) }
            case .dispatched(let number, _, _): try add(number, to: current.id, round: current.round, at: event.time)
            default: break
            }
        }
        let changed = try connection.execute(
            """
            update case_file set version = \(current.version), state = \(current.state),
              grade = \(current.grade.rawValue), township_id = \(current.office), round = \(current.round),
              changed_ms = \(current.changedAt), closed_ms = \(current.closedAt),
              dispatched_ms = \(current.steps.dispatched), acknowledged_ms = \(current.steps.acknowledged),
              submitted_ms = \(current.steps.submitted), passed_ms = \(current.steps.passed),
              due_ms = \(times.due?.time), due_kind = \(times.due?.kind.rawValue), look_ms = \(times.lookAt),
              late_ms = \(times.lateFrom), search = search || \(Self.searchable(events))
            where id = \(current.id) and version = \(current.version - events.count)
            """)
        guard changed == 1 else {
            throw StoreError(
                .damaged, doing: "keeping a case", detail: "case \(current.id): its row is not at its version")
        }
        try connection.execute(
            """
            update capture set case_state = \(current.state) where case_state <> \(current.state)
              and id in (select capture_id from case_capture where case_id = \(current.id))
            """)
    }

    /// Calendar or rules have changed.
    public func set(_ times: CaseTimetable, of id: CaseID) throws {
        try connection.execute(
            """
            update case_file set due_ms = \(times.due?.time), due_kind = \(times.due?.kind.rawValue),
              look_ms = \(times.lookAt), late_ms = \(times.lateFrom)
            where id = \(id)
            """)
    }

    /// Puts off when a case is looked at next, and leaves its deadline as it is.
    public func setLook(_ time: UTCTime, of id: CaseID) throws {
        try connection.execute("update case_file set look_ms = \(time) where id = \(id)")
    }

    /// Marks running cases to be looked at now: calendar or rules have changed.
    /// - Parameter school: nil = of all schools.
    /// - Returns: How many.
    public func lookAgain(at time: UTCTime, school: SchoolID?) throws -> Int {
        var sql: SQL = "update case_file set look_ms = \(time) where state not in ('closed', 'withdrawn')"
        if let school { sql = sql + " and school_id = \(school)" }
        return try connection.execute(sql)
    }

    /// The number that was given last in this series; nil = none yet.
    public func lastNotice(in series: NoticeSeries) throws -> NoticeNumber? {
        try connection.first(
            """
            select series, year, number from notice where series = \(series.name) order by year desc, number desc limit 1
            """
        ) { row in NoticeNumber(series: try row.value(0), year: try row.value(1), number: try row.value(2)) }
    }

    /// Those that were given to a case, one for each round.
    public func notices(of id: CaseID) throws -> [NoticeNumber] {
        try connection.all("select series, year, number from notice where case_id = \(id) order by round") { row in
            NoticeNumber(series: try row.value(0), year: try row.value(1), number: try row.value(2))
        }
    }

    /// Whether what is searched is what the events hold.
    public func searchMatches(_ events: [CaseEvent], of id: CaseID) throws -> Bool {
        try connection.value("select search from case_file where id = \(id)") == Self.searchable(events)
    }

    private func append(_ event: CaseEvent) throws {
        try ledger.append(
            event.change.ledgerAct, to: Self.subject(event.caseID), by: event.actor, at: event.time,
            payload: try event.ledgerPayload())
    }

    private func add(_ capture: CaptureID, to id: CaseID, _ state: CaseState) throws {
        try connection.execute("insert into case_capture (capture_id, case_id) values (\(capture), \(id))")
        try connection.execute("update capture set case_state = \(state) where id = \(capture)")
    }

    private func add(_ number: NoticeNumber, to id: CaseID, round: Int, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into notice (series, year, number, case_id, round, issued_ms)
            values (\(number.series), \(number.year), \(number.number), \(id), \(round), \(time))
            """)
    }

    static func subject(_ id: CaseID) -> String { "case/\(id)" }

    static func searchable(_ events: [CaseEvent]) -> String {
        events.flatMap(\.texts).map { $0.lowercased() + "\n" }.joined()
    }
}

extension CaseEvent {
    /// What the entry doesn't say by itself.
    private struct Kept: Codable {
        var version: Int
        var role: Role?
        var change: CaseChange
    }

    public func ledgerPayload() throws -> [String: JSON] {
        let text = try JSONColumn.text(Kept(version: version, role: role, change: change))
        guard case .object(let payload)? = JSON(parsing: text) else {
            throw StoreError(.check, doing: "keeping a case", detail: "an event that JSON can't hold")
        }
        return payload
    }

    /// - Throws: ``StoreError`` of the kind `.damaged` when the entry holds no event.
    public init(_ id: CaseID, _ entry: LedgerEntry) throws {
        do {
            let kept = try JSONDecoder().decode(Kept.self, from: Data(entry.payload.utf8))
            self.init(
                caseID: id, version: kept.version, time: entry.time, actor: entry.actor, role: kept.role,
                change: kept.change)
        } catch {
            throw StoreError(.damaged, doing: "reading a case", detail: "ledger entry \(entry.sequence) holds no event")
        }
    }
}
