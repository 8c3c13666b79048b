public import Domain
import Store

/// Who answers for a body, and when. (值班表) Needs ``Act/manageCalendar`` in the whole county.
public struct Rosters: Sendable {
    private static let permission = Permission(.manageCalendar, at: .county)

    let store: Store
    let time: TimeSource

    /// nil = the body has none: its people are all told.
    public func roster(of body: Body, for principal: Principal) async throws -> DutyRoster? {
        guard principal.may(Self.permission) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.rosters.roster(of: body) }
    }

    public func list(for principal: Principal) async throws -> [DutyRoster] {
        guard principal.may(Self.permission) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.rosters.all() }
    }

    /// Those who can be entered: the body's own people; for the county's leadership, everybody.
    public func candidates(for body: Body, by principal: Principal) async throws -> [Person] {
        guard principal.may(Self.permission) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.people.all() }.filter { $0.isEnabled && Self.mayAnswer($0, for: body) }
    }

    public func set(_ roster: DutyRoster, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            try Self.check(roster, records)
            let before = try records.rosters.roster(of: roster.body)
            guard before != roster else { return }
            try records.rosters.set(roster)
            try Self.enter(roster, of: roster.body, by: principal, at: now, records)
        }
    }

    public func remove(_ body: Body, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            guard try records.rosters.roster(of: body) != nil else { throw SupervisionError.notFound }
            try records.rosters.remove(body)
            try Self.enter(nil, of: body, by: principal, at: now, records)
        }
    }

    private static func enter(
        _ roster: DutyRoster?, of body: Body, by principal: Principal, at now: UTCTime, _ records: Records
    ) throws {
        try records.ledger.append(
            .rosterChanged, to: "roster/\(body)", by: principal.actor, at: now,
            payload: [
                "body": .string(body.description), "lead": roster.map { .string($0.lead.description) } ?? .null,
                "turns": roster.map { .array($0.turns.map(\.ledgerText)) } ?? .null,
                "absences": roster.map { .array($0.absences.map(\.ledgerText)) } ?? .null,
            ])
    }

    private static func check(_ roster: DutyRoster, _ records: Records) throws {
        guard roster.turns.count + roster.absences.count <= 1000 else {
            throw SupervisionError.invalid(.roster, .tooLong(maximum: 1000))
        }
        let spans = roster.turns.map(\.span) + roster.absences.map(\.span)
        guard spans.allSatisfy({ $0.start < $0.end }) else { throw SupervisionError.invalid(.roster, .notAllowed) }
        let named =
            [roster.lead] + roster.turns.flatMap { [$0.person] + $0.substitutes } + roster.absences.map(\.person)
        for id in Set(named) {
            guard let person = try records.people.person(id), mayAnswer(person, for: roster.body) else {
                throw SupervisionError.invalid(.roster, .unknown)
            }
        }
    }

    private static func mayAnswer(_ person: Person, for body: Body) -> Bool {
        body == .countyLeadership || person.body == body
    }
}

extension DutyRoster.Turn {
    fileprivate var ledgerText: JSON {
        [
            "start": .int(span.start.milliseconds), "end": .int(span.end.milliseconds),
            "person": .string(person.description),
            "substitutes": .array(substitutes.map { .string($0.description) }),
        ]
    }
}

extension DutyRoster.Absence {
    fileprivate var ledgerText: JSON {
        [
            "start": .int(span.start.milliseconds), "end": .int(span.end.milliseconds),
            "person": .string(person.description),
        ]
    }
}
