public import Domain
import Store

/// What the public may see of the schools' kitchens. (向社会公开)
///
/// Set by whoever may ``Act/publish`` at the school; taken away at once by whoever may ``Act/cutPublic`` there. Everything
/// about a camera that isn't opted in, a school that isn't open, or a code that doesn't exist is the same: not there.
public struct Publications: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    /// The schools of the asker's territory with what the public sees of them, by name.
    public func list(for principal: Principal) async throws -> [PublicationSheet] {
        guard principal.maySomewhere(.cutPublic) else { throw SupervisionError.notPermitted }
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let all = try records.publications.all()
            return try records.trees(in: principal.territory(for: .cutPublic)).map { tree in
                try PublicationSheet(tree, all[tree.school.id], records, zone, now: now, revision: Revision(number: 0))
            }
        }
    }

    public func sheet(of id: SchoolID, for principal: Principal) async throws -> PublicationSheet {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let school = try Self.school(id, .cutPublic, records, for: principal)
            guard let tree = try records.trees(in: .school(school.id)).first else { throw SupervisionError.notFound }
            return try PublicationSheet(
                tree, try records.publications.publication(of: id), records, zone, now: now,
                revision: try .last(.publicationChanged, of: "school/\(id)", records))
        }
    }

    /// Sets everything but the cut. The first time, the school gets its code.
    ///
    /// - Parameter seen: The number of the revision that the asker started from; nil = whatever there is.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for cameras of another school and for hours and delays that can't be;
    ///   ``SupervisionError/conflict(_:)`` with `.changedMeanwhile`.
    public func change(
        _ wanted: Publication, of id: SchoolID, seen: Int64? = nil, by principal: Principal
    ) async throws {
        try CalendarRules.check(wanted.hours)
        if let parents = wanted.parents { try CalendarRules.check(parents.hours) }
        guard Publication.delays.contains(wanted.delaySeconds) else {
            throw SupervisionError.invalid(
                .delay, .outOfRange(minimum: Publication.delays.lowerBound, maximum: Publication.delays.upperBound))
        }
        let now = time.now()
        try await store.write { records in
            let school = try Self.school(id, .publish, records, for: principal)
            try principal.require(Permission(.publish, at: school.path), records)
            try Revision.last(.publicationChanged, of: "school/\(id)", records).require(seen: seen)
            let own = Set(try records.cameras.all(in: .school(id)).map(\.id))
            guard wanted.allCameras.isSubset(of: own) else { throw SupervisionError.invalid(.cameras, .unknown) }
            let known = try records.publications.publication(of: id)
            var after = wanted
            after.cut = known?.publication.cut
            // While the county has no parents' level nobody is asked about it: what was set stays.
            if try !records.parents.isOn() { after.parents = known?.publication.parents }
            guard !after.isOn || !after.allCameras.isEmpty else { throw SupervisionError.invalid(.cameras, .empty) }
            guard known?.publication != after else { return }
            var random = SystemRandomNumberGenerator()
            let code = known?.code ?? .random(using: &random)
            try records.publications.set(after, code: code, of: id)
            let before = known?.publication.ledgerPayload ?? [:]
            try records.ledger.append(
                .publicationChanged, to: "school/\(id)", by: principal.actor, at: now,
                payload: before.changes(to: after.ledgerPayload))
        }
    }

    /// Nothing of the school is shown any more, from this moment on. (切断)
    ///
    /// - Parameter end: nil = until somebody opens it again.
    public func cut(
        _ id: SchoolID, reason: String, until end: UTCTime? = nil, by principal: Principal
    ) async throws {
        let reason = try Names.checked(reason, .reason)
        guard reason.count >= 2 else { throw SupervisionError.invalid(.reason, .tooShort(minimum: 2)) }
        let now = time.now()
        if let end, end <= now { throw SupervisionError.invalid(.span, .past) }
        try await store.write { records in
            let school = try Self.school(id, .cutPublic, records, for: principal)
            try principal.require(Permission(.cutPublic, at: school.path), records)
            guard let known = try records.publications.publication(of: id) else { throw SupervisionError.notFound }
            var after = known.publication
            after.cut = Publication.Cut(reason: reason, start: now, end: end)
            try records.publications.set(after, code: known.code, of: id)
            try records.ledger.append(
                .publicationCut, to: "school/\(id)", by: principal.actor, at: now,
                payload: ["reason": .string(reason), "until": end.map { .int($0.milliseconds) } ?? .null])
        }
    }

    /// Takes a cut back.
    public func restore(_ id: SchoolID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            let school = try Self.school(id, .cutPublic, records, for: principal)
            try principal.require(Permission(.cutPublic, at: school.path), records)
            guard let known = try records.publications.publication(of: id), known.publication.cut != nil else { return }
            var after = known.publication
            after.cut = nil
            try records.publications.set(after, code: known.code, of: id)
            try records.ledger.append(.publicationRestored, to: "school/\(id)", by: principal.actor, at: now)
        }
    }

    private static func school(
        _ id: SchoolID, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> School {
        guard let school = try records.places.school(id) else { throw SupervisionError.notFound }
        try principal.require(act, at: school.path)
        return school
    }
}

/// What the public sees of a school, for those who decide it.
public struct PublicationSheet: Sendable, Hashable {
    public var tree: SchoolTree
    public var publication: Publication
    /// nil until somebody has set anything.
    public var code: PublicCode?
    public var opening: PublicOpening
    public var revision: Revision

    init(
        _ tree: SchoolTree, _ known: (code: PublicCode, publication: Publication)?, _ records: Records,
        _ zone: TerritoryZone, now: UTCTime, revision: Revision
    ) throws {
        self.tree = tree
        publication = known?.publication ?? Publication()
        code = known?.code
        // Cameras that were removed since are not there any more.
        let there = Set(tree.areas.flatMap { $0.cameras.map(\.id) })
        publication.cameras.formIntersection(there)
        publication.parents?.cameras.formIntersection(there)
        opening = publication.opening(at: now, try records.rules.time(of: tree.school.id, in: zone))
        self.revision = revision
    }
}

extension Publication {
    var ledgerPayload: [String: JSON] {
        var payload: [String: JSON] = [
            "isOn": .bool(isOn), "cameras": Self.list(cameras), "hours": Self.span(hours),
            "weekdays": Self.days(hours), "delay": .int(Int64(delaySeconds)),
        ]
        if let parents {
            payload["parents.cameras"] = Self.list(parents.cameras)
            payload["parents.hours"] = Self.span(parents.hours)
            payload["parents.weekdays"] = Self.days(parents.hours)
        }
        return payload
    }

    private static func list(_ cameras: Set<CameraID>) -> JSON { .array(cameras.sorted().map { .string("\($0)") }) }

    private static func span(_ hours: WorkingHours) -> JSON {
        .string("\(CalendarRules.clock(hours.startMinute))-\(CalendarRules.clock(hours.endMinute))")
    }

    private static func days(_ hours: WorkingHours) -> JSON {
        .array(hours.weekdays.sorted().map { .string("\($0)") })
    }
}
