public import Domain
import Store

/// Canteens of schools that have more than one. (食堂) Changes need ``Permission/manageGrid``.
extension Places {
    /// Those that the asker may see, of all schools, by name.
    public func canteens(for principal: Principal) async throws -> [Canteen] {
        try await store.read { try $0.places.canteens(in: principal.territory(for: .see)) }
    }

    @discardableResult
    public func addCanteen(to school: SchoolID, _ name: String, by principal: Principal) async throws -> Canteen {
        let now = time.now()
        let canteen = Canteen(id: CanteenID(at: now), school: school, name: try Names.checked(name, .name))
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard try records.places.school(school) != nil else { throw SupervisionError.invalid(.school, .unknown) }
            try records.enter(canteen, by: principal, at: now)
        }
        return canteen
    }

    public func renameCanteen(_ id: CanteenID, to name: String, by principal: Principal) async throws {
        let name = try Names.checked(name, .name)
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let before = try records.places.canteen(id) else { throw SupervisionError.notFound }
            let after = Canteen(id: id, school: before.school, name: name)
            guard before != after else { return }
            try unlessNameTaken { try records.places.change(after) }
            try records.ledger.append(
                .canteenChanged, to: "canteen/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }

    /// Only when no area and nobody's account belongs to it.
    public func removeCanteen(_ id: CanteenID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let canteen = try records.places.canteen(id) else { throw SupervisionError.notFound }
            guard try !records.places.isUsed(id) else { throw SupervisionError.conflict(.notEmpty) }
            try records.places.remove(id)
            try records.ledger.append(
                .canteenRemoved, to: "canteen/\(id)", by: principal.actor, at: now, payload: canteen.ledgerPayload)
        }
    }
}
