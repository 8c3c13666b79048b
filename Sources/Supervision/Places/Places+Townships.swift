public import Domain
import Store

/// Townships: the territories of the market-regulation offices. (乡镇) Changes need ``Permission/manageGrid``.
extension Places {
    /// Those that the asker may see, or sees a part of; by name.
    public func townships(for principal: Principal) async throws -> [Township] {
        try await store.read { try $0.places.townships(in: principal.territory(for: .see)) }
    }

    public func township(_ id: TownshipID, for principal: Principal) async throws -> Township {
        guard principal.may(.see, at: PlacePath(township: id)),
            let township = try await store.read({ try $0.places.township(id) })
        else { throw SupervisionError.notFound }
        return township
    }

    @discardableResult
    public func addTownship(_ name: String, by principal: Principal) async throws -> Township {
        let now = time.now()
        let township = Township(id: TownshipID(at: now), name: try Names.checked(name, .name))
        try await store.write { records in
            try principal.require(.manageGrid, records)
            try records.enter(township, by: principal, at: now)
        }
        return township
    }

    public func renameTownship(_ id: TownshipID, to name: String, by principal: Principal) async throws {
        let after = Township(id: id, name: try Names.checked(name, .name))
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let before = try records.places.township(id) else { throw SupervisionError.notFound }
            guard before != after else { return }
            try unlessNameTaken { try records.places.change(after) }
            try records.ledger.append(
                .townshipChanged, to: "township/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }

    /// Only when no school and nobody's account belongs to it.
    public func removeTownship(_ id: TownshipID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.manageGrid, records)
            guard let township = try records.places.township(id) else { throw SupervisionError.notFound }
            guard try !records.places.isUsed(id) else { throw SupervisionError.conflict(.notEmpty) }
            try records.places.remove(id)
            try records.ledger.append(
                .townshipRemoved, to: "township/\(id)", by: principal.actor, at: now, payload: township.ledgerPayload)
        }
    }
}
