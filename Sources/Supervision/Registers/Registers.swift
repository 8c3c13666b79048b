import Crypto
public import Domain
import Store

/// What the law wants to be written down beside the cameras: signs and filing, staff notices, impact assessments, requests
/// for information. (合规登记)
///
/// Entries of schools are read by whoever may ``Act/lookAtRegisters`` there and kept by whoever may
/// ``Act/keepRegisters`` there; the county's own need the same for the county. Each change is a version that stays.
public struct Registers: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    /// Entries of a register, what is incomplete first; and for a register with one entry for each school, schools that
    /// have none.
    public func list(_ kind: RegisterKind, for principal: Principal) async throws -> RegisterSheet {
        guard let territory = Self.territory(kind, principal) else { throw SupervisionError.notPermitted }
        let today = Day(of: time.now(), in: zone)
        return try await store.read { records in
            let schools = try records.places.schools(in: territory)
            let entries = try records.registers.entries(kind, in: territory)
            func rank(_ entry: RegisterEntry) -> Int {
                entry.isOverdue(on: today) ? 0 : entry.missing.isEmpty ? 2 : 1
            }
            let named = Set(entries.compactMap(\.school))
            return RegisterSheet(
                kind: kind,
                entries: entries.enumerated().sorted {
                    (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
                }.map(\.element), schools: Dictionary(schools.map { ($0.id, $0) }, uniquingKeysWith: { $1 }),
                without: kind.isOnePerSchool ? schools.filter { !named.contains($0.id) } : [],
                cameras: kind == .sites ? try Self.cameras(records, in: territory) : [:], today: today,
                mayKeep: principal.maySomewhere(.keepRegisters)
                    && (kind.isOfSchool || principal.may(Permission(.keepRegisters, at: .county))))
        }
    }

    /// Before a form is shown or read.
    public func require(
        _ act: Act, _ kind: RegisterKind, at school: SchoolID?, for principal: Principal
    ) async throws {
        try await store.read { records in _ = try Self.place(kind, school, act, records, for: principal) }
    }

    public func entry(_ id: RegisterEntryID, for principal: Principal) async throws -> RegisterEntrySheet {
        try await store.read { records in
            let (entry, school) = try Self.current(id, .lookAtRegisters, records, for: principal)
            let versions = try records.registers.versions(of: id)
            var people: [PersonID: String] = [:]
            for version in versions {
                if case .person(let person) = version.actor, people[person] == nil {
                    people[person] = try records.people.person(person)?.name
                }
            }
            return RegisterEntrySheet(
                entry: entry, school: school, versions: versions, people: people,
                mayKeep: principal.may(.keepRegisters, at: school?.path ?? .county))
        }
    }

    /// - Throws: ``RegisterFault`` for what can't be kept; ``SupervisionError/Conflict/nameTaken`` when the school has its
    ///   entry already.
    public func add(
        _ kind: RegisterKind, at school: SchoolID?, _ typed: [String: String], by principal: Principal
    ) async throws -> RegisterEntryID {
        let values = try kind.checked(typed)
        let now = time.now()
        let entry = RegisterEntry(
            id: RegisterEntryID(at: now), kind: kind, school: school, version: 1, values: values, changedAt: now)
        try await store.write { records in
            let place = try Self.place(kind, school, .keepRegisters, records, for: principal)
            try principal.require(Permission(.keepRegisters, at: place), records)
            if kind.isOnePerSchool,
                try records.registers.entries(kind, in: school.map(Territory.school)).contains(where: {
                    $0.school == school
                })
            {
                throw SupervisionError.conflict(.nameTaken)
            }
            try records.registers.add(entry, by: principal.actor)
            try Self.enter(.registerAdded, entry, records, by: principal, at: now)
        }
        return entry.id
    }

    /// - Parameter seen: The version that the asker saw.
    /// - Throws: ``RegisterFault``; ``SupervisionError/conflict(_:)`` with `.changedMeanwhile`.
    public func change(
        _ id: RegisterEntryID, to typed: [String: String], seen: Int?, by principal: Principal
    ) async throws {
        let now = time.now()
        // Who may not keep it learns nothing of its form.
        let kind = try await store.read { records in
            try Self.current(id, .keepRegisters, records, for: principal).entry.kind
        }
        let values = try kind.checked(typed)
        try await store.write { records in
            let (current, school) = try Self.current(id, .keepRegisters, records, for: principal)
            try principal.require(Permission(.keepRegisters, at: school?.path ?? .county), records)
            if let seen, seen != current.version { throw SupervisionError.conflict(.changedMeanwhile) }
            guard current.values != values else { return }
            var after = current
            after.values = values
            after.version += 1
            after.changedAt = max(now, current.changedAt)
            guard try records.registers.change(after, by: principal.actor) else {
                throw SupervisionError.conflict(.changedMeanwhile)
            }
            try Self.enter(.registerChanged, after, records, by: principal, at: now)
        }
    }

    static func current(
        _ id: RegisterEntryID, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> (entry: RegisterEntry, school: School?) {
        guard let entry = try records.registers.entry(id) else { throw SupervisionError.notFound }
        let school = try entry.school.flatMap { try records.places.school($0) }
        let place = school?.path ?? .county
        guard principal.may(.lookAtRegisters, at: place), entry.kind.isOfSchool || Self.seesCounty(principal) else {
            throw SupervisionError.notFound
        }
        guard principal.may(act, at: place) else { throw SupervisionError.notPermitted }
        return (entry, school)
    }

    /// Requests and assessments are the business of those who keep them.
    private static func seesCounty(_ principal: Principal) -> Bool {
        principal.may(Permission(.keepRegisters, at: .county))
    }

    private static func territory(_ kind: RegisterKind, _ principal: Principal) -> Territory? {
        kind.isOfSchool ? principal.territory(for: .lookAtRegisters) : seesCounty(principal) ? .county : nil
    }

    private static func place(
        _ kind: RegisterKind, _ school: SchoolID?, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> PlacePath {
        guard kind.isOfSchool else {
            guard principal.may(Permission(act, at: .county)), seesCounty(principal) else {
                throw SupervisionError.notPermitted
            }
            return .county
        }
        guard let school, let found = try records.places.school(school) else { throw SupervisionError.notFound }
        try principal.require(act, at: found.path)
        return found.path
    }

    private static func cameras(_ records: Records, in territory: Territory) throws -> [SchoolID: [Camera]] {
        var cameras: [SchoolID: [Camera]] = [:]
        for tree in try records.trees(in: territory) { cameras[tree.school.id] = tree.areas.flatMap(\.cameras) }
        return cameras
    }

    /// What was written stands in the versions; the ledger proves them.
    private static func enter(
        _ act: LedgerAct, _ entry: RegisterEntry, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws {
        let text = entry.values.sorted { $0.key < $1.key }.map { "\($0.key)\u{1F}\($0.value)" }
            .joined(separator: "\u{1E}")
        try records.ledger.append(
            act, to: "register/\(entry.id)", by: principal.actor, at: now,
            payload: [
                "register": .string(entry.kind.rawValue), "version": .int(Int64(entry.version)),
                "school": entry.school.map { .string("\($0)") } ?? .null,
                "textSHA256": .string(Array(SHA256.hash(data: Array(text.utf8))).hexadecimal),
            ])
    }
}

/// A register as a page shows it.
public struct RegisterSheet: Sendable {
    public var kind: RegisterKind
    public var entries: [RegisterEntry]
    public var schools: [SchoolID: School]
    /// Schools that have no entry where each must have one.
    public var without: [School]
    /// For signs and filing: what hangs at each school.
    public var cameras: [SchoolID: [Camera]]
    public var today: Day
    public var mayKeep: Bool
}

public struct RegisterEntrySheet: Sendable {
    public var entry: RegisterEntry
    public var school: School?
    /// Newest first.
    public var versions: [RegisterVersion]
    public var people: [PersonID: String]
    public var mayKeep: Bool
}
