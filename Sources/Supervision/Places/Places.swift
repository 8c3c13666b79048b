public import Domain
import Store

/// Schools and their areas. (学校与区域) Changes need ``Permission/manageGrid``.
public struct Places: Sendable {
    let store: Store
    let time: TimeSource

    /// What the asker may see, schools by name; cameras carry their credentials only for those who may configure them.
    public func tree(for principal: Principal) async throws -> [SchoolTree] {
        try await store.read { records in
            var trees = try records.trees(in: principal.territory(for: .see))
            for school in trees.indices {
                for area in trees[school].areas.indices {
                    trees[school].areas[area].cameras = trees[school].areas[area].cameras.map {
                        $0.shown(to: principal)
                    }
                }
            }
            return trees
        }
    }

    public func school(_ id: SchoolID, for principal: Principal) async throws -> School {
        let territory = principal.territory(for: .see)
        guard let school = try await store.read({ try $0.places.school(id, in: territory) }) else {
            throw SupervisionError.notFound
        }
        return school
    }

    public func area(_ id: AreaID, for principal: Principal) async throws -> Area {
        let territory = principal.territory(for: .see)
        guard let area = try await store.read({ try $0.places.area(id, in: territory) }) else {
            throw SupervisionError.notFound
        }
        return area
    }

    @discardableResult
    public func addSchool(
        _ name: String, township: TownshipID? = nil, kind: School.Kind? = nil, by principal: Principal
    ) async throws -> School {
        let now = time.now()
        let school = School(
            id: SchoolID(at: now), name: try Names.checked(name, .name), township: township, kind: kind)
        try await store.write { records in
            try principal.require(.manageGrid, records)
            try records.enter(school, by: principal, at: now)
        }
        return school
    }

    /// Takes name, township and kind: with its township, a school moves into another office's territory.
    public func changeSchool(_ school: School, by principal: Principal) async throws {
        var after = school
        after.name = try Names.checked(school.name, .name)
        let (id, now) = (school.id, time.now())
        try await store.write { [after] records in
            try principal.require(.manageGrid, records)
            guard let before = try records.places.school(id) else { throw SupervisionError.notFound }
            guard before != after else { return }
            if let township = after.township, try records.places.township(township) == nil {
                throw SupervisionError.invalid(.township, .unknown)
            }
            try unlessNameTaken { try records.places.change(after) }
            try records.ledger.append(
                .schoolChanged, to: "school/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }

    /// Only when no area, no canteen and nobody's account belongs to it.
    public func removeSchool(_ id: SchoolID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let school = try records.places.school(id) else { throw SupervisionError.notFound }
            guard try records.places.areas(of: id).isEmpty, try records.places.canteens(in: .school(id)).isEmpty,
                try !records.places.hasPeople(id), try !records.places.hasCases(id),
                try !records.inspections.areThere(at: id)
            else {
                throw SupervisionError.conflict(.notEmpty)
            }
            try records.places.remove(id)
            try records.ledger.append(
                .schoolRemoved, to: "school/\(id)", by: principal.actor, at: now, payload: school.ledgerPayload)
        }
    }

    @discardableResult
    public func addArea(
        to school: SchoolID, canteen: CanteenID? = nil, kind: Area.Kind, name: String = "", by principal: Principal
    ) async throws -> Area {
        let now = time.now()
        let area = Area(
            id: AreaID(at: now), school: school, canteen: canteen, kind: kind,
            name: try Names.checked(name, .name, mayBeEmpty: true))
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard try records.places.school(school) != nil else { throw SupervisionError.invalid(.school, .unknown) }
            try records.enter(area, by: principal, at: now)
        }
        return area
    }

    /// Takes kind, name and canteen; an area stays in its school.
    public func changeArea(_ area: Area, by principal: Principal) async throws {
        let name = try Names.checked(area.name, .name, mayBeEmpty: true)
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let before = try records.places.area(area.id) else { throw SupervisionError.notFound }
            var after = before
            after.kind = area.kind
            after.name = name
            after.canteen = area.canteen
            guard after != before else { return }
            try records.checkCanteen(of: after)
            try unlessNameTaken { [after] in try records.places.change(after) }
            try records.ledger.append(
                .areaChanged, to: "area/\(area.id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }

    /// Only when it has no camera, no footage and no captures.
    public func removeArea(_ id: AreaID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let area = try records.places.area(id) else { throw SupervisionError.notFound }
            guard try !records.cameras.areHere(in: id) else { throw SupervisionError.conflict(.notEmpty) }
            guard try !records.cameras.haveFootage(in: id), try !records.captures.areThere(of: id),
                try !records.samples.areThere(of: id)
            else {
                throw SupervisionError.conflict(.hasFootage)
            }
            try records.cameras.forgetRemoved(in: id)
            try records.places.remove(id)
            try records.ledger.append(
                .areaRemoved, to: "area/\(id)", by: principal.actor, at: now, payload: area.ledgerPayload)
        }
    }
}

public struct SchoolTree: Hashable, Sendable {
    public var school: School
    /// By name; empty = the school has one, which needs no name.
    public var canteens: [Canteen]
    /// In the order in which food goes through a kitchen.
    public var areas: [AreaTree]
}

public struct AreaTree: Hashable, Sendable {
    public var area: Area
    /// nil = the only one of its school.
    public var canteen: Canteen?
    /// By name.
    public var cameras: [Camera]
}

extension Records {
    /// Cameras with their credentials.
    func trees(in territory: Territory?) throws -> [SchoolTree] {
        let cameras = Dictionary(grouping: try cameras.all(in: territory), by: \.area)
        let areas = Dictionary(grouping: try places.areas(in: territory), by: \.school)
        let canteens = Dictionary(grouping: try places.canteens(in: territory), by: \.school)
        return try places.schools(in: territory).map { school in
            let ofSchool = canteens[school.id] ?? []
            return SchoolTree(
                school: school, canteens: ofSchool,
                areas: (areas[school.id] ?? []).map { area in
                    AreaTree(
                        area: area, canteen: ofSchool.first { $0.id == area.canteen }, cameras: cameras[area.id] ?? [])
                })
        }
    }
}

func unlessNameTaken(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as StoreError where error.kind == .notUnique {
        throw SupervisionError.conflict(.nameTaken)
    }
}
