public import Domain
import Store

/// What the hall's map is drawn from.
public struct HallMap: Sendable {
    /// nil = none was given.
    public var outline: CountyOutline?
    /// Schools of the asker's territory, by name.
    public var schools: [Place]

    public struct Place: Sendable, Hashable {
        public var school: School
        /// nil = nobody has said where it is.
        public var point: GeoPoint?
    }
}

extension Halls {
    public func map(for principal: Principal) async throws -> HallMap {
        guard let territory = principal.territory(for: .watchHall) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let positions = try records.hall.positions()
            return HallMap(
                outline: try records.hall.outline(),
                schools: try records.places.schools(in: territory).map { .init(school: $0, point: positions[$0.id]) })
        }
    }

    /// - Parameter outline: nil = the map has no border any more.
    public func setOutline(_ outline: CountyOutline?, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        let outline = outline?.simplified()
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            guard try records.hall.outline() != outline else { return }
            try records.hall.set(outline)
            try records.ledger.append(
                .countyOutlineChanged, to: "county", by: principal.actor, at: now,
                payload: [
                    "polygons": .int(Int64(outline?.polygons.count ?? 0)),
                    "points": .int(Int64(outline?.pointCount ?? 0)),
                ])
        }
        subscribers.tell(())
    }

    /// - Parameter point: nil = it is not on the map any more.
    public func setPosition(of id: SchoolID, _ point: GeoPoint?, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            guard try records.places.school(id) != nil else { throw SupervisionError.notFound }
            try Self.set(point, of: id, by: principal, at: now, records)
        }
        subscribers.tell(())
    }

    /// Takes a list in, by the schools' names; one of which no school has the name keeps the others out as little as one
    /// that is there already.
    ///
    /// - Returns: How many schools have another place now, and the names that no school has.
    @discardableResult
    public func setPositions(
        _ list: [SchoolPosition], by principal: Principal
    ) async throws -> (changed: Int, unknown: [String]) {
        try Self.requireManaging(principal)
        let now = time.now()
        let done = try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            let schools = Dictionary(
                try records.places.schools(in: .county).map { ($0.name, $0.id) },
                uniquingKeysWith: { first, _ in first }
            )
            var (changed, unknown): (Int, [String]) = (0, [])
            for position in list {
                if let id = schools[position.name] {
                    if try Self.set(position.point, of: id, by: principal, at: now, records) { changed += 1 }
                } else if !unknown.contains(position.name) {
                    unknown.append(position.name)
                }
            }
            return (changed, unknown)
        }
        subscribers.tell(())
        return done
    }

    @discardableResult
    private static func set(
        _ point: GeoPoint?, of id: SchoolID, by principal: Principal, at now: UTCTime, _ records: Records
    ) throws -> Bool {
        let before = try records.hall.positions()[id]
        guard before != point else { return false }
        try records.hall.set(point, of: id)
        try records.ledger.append(
            .schoolPositionChanged, to: "school/\(id)", by: principal.actor, at: now,
            payload: ["from": before.map(Self.json) ?? .null, "to": point.map(Self.json) ?? .null])
        return true
    }

    private static func json(_ point: GeoPoint) -> JSON { .string("\(point.latitude) \(point.longitude)") }
}

/// A school by its name and where it is, as a list has it.
public struct SchoolPosition: Hashable, Sendable {
    public var name: String
    public var point: GeoPoint

    public init(name: String, point: GeoPoint) {
        self.name = name
        self.point = point
    }
}
