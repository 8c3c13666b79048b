public import Domain
import Store

/// Filters of lists under a name: one's own, and those that colleagues share. (常用筛选)
///
/// A filter only says what is asked for; what is shown is decided when it is opened, by whoever opens it.
public struct SavedFilters: Sendable {
    let store: Store
    let time: TimeSource

    /// By name; nothing for whoever is no person.
    public func list(_ list: SavedFilter.List, for principal: Principal) async throws -> [SavedFilter] {
        guard case .person(let person) = principal else { return [] }
        return try await store.read { try $0.savedFilters.filters(for: list, of: person.id, in: person.body) }
    }

    /// - Parameters:
    ///   - terms: parameters of the list, checked by whoever knows them.
    ///   - isShared: with the people of one's own body.
    /// - Throws: ``SupervisionError/Conflict/nameTaken``, ``SupervisionError/Conflict/tooManyFilters``,
    ///   ``SupervisionError/invalid(_:_:)`` for a name that can't be and for a filter that asks for nothing.
    @discardableResult
    public func save(
        _ name: String, _ list: SavedFilter.List, _ terms: [SavedFilter.Term], isShared: Bool, by principal: Principal
    ) async throws -> SavedFilter {
        let filter = try filter(name, list, terms, isShared: isShared, by: principal)
        let now = time.now()
        try await store.write { try Self.save(filter, $0, by: principal, at: now) }
        return filter
    }

    /// As ``save(_:_:_:isShared:by:)``, with an answer that is kept with it.
    public func save(
        _ name: String, _ list: SavedFilter.List, _ terms: [SavedFilter.Term], isShared: Bool, by principal: Principal,
        answering: Answering<SavedFilter>
    ) async throws -> Answer {
        let filter = try filter(name, list, terms, isShared: isShared, by: principal)
        let now = time.now()
        return try await store.answer(answering, at: now) { records in
            try Self.save(filter, records, by: principal, at: now)
            return filter
        }.0
    }

    private func filter(
        _ name: String, _ list: SavedFilter.List, _ terms: [SavedFilter.Term], isShared: Bool, by principal: Principal
    ) throws -> SavedFilter {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let name = try Names.checked(name, .name)
        guard name.count <= SavedFilter.longestName else {
            throw SupervisionError.invalid(.name, .tooLong(maximum: SavedFilter.longestName))
        }
        guard !terms.isEmpty else { throw SupervisionError.invalid(.filter, .empty) }
        guard terms.count <= 20, terms.allSatisfy({ $0.name.utf8.count <= 40 && $0.value.utf8.count <= 400 }) else {
            throw SupervisionError.invalid(.filter, .implausible)
        }
        guard !isShared || person.body != nil else { throw SupervisionError.invalid(.filter, .notAllowed) }
        return SavedFilter(
            id: SavedFilterID(at: time.now()), owner: person.id, list: list, name: name, terms: terms,
            sharedWith: isShared ? person.body : nil)
    }

    private static func save(
        _ filter: SavedFilter, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws {
        guard try records.savedFilters.count(of: filter.owner) < SavedFilter.most else {
            throw SupervisionError.conflict(.tooManyFilters)
        }
        try unlessNameTaken { try records.savedFilters.add(filter) }
        try enter(.filterSaved, filter, by: principal, at: now, records)
    }

    /// Only its owner may; for everybody else it is not there.
    public func remove(_ id: SavedFilterID, by principal: Principal) async throws {
        let now = time.now()
        _ = try await store.write { try Self.remove(id, $0, by: principal, at: now) }
    }

    /// As ``remove(_:by:)``, with an answer that is kept with it, about what was removed.
    public func remove(
        _ id: SavedFilterID, by principal: Principal, answering: Answering<SavedFilter>
    ) async throws -> Answer {
        let now = time.now()
        return try await store.answer(answering, at: now) { try Self.remove(id, $0, by: principal, at: now) }.0
    }

    private static func remove(
        _ id: SavedFilterID, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws -> SavedFilter {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        guard let filter = try records.savedFilters.filter(id), filter.owner == person.id else {
            throw SupervisionError.notFound
        }
        try records.savedFilters.remove(id)
        try enter(.filterRemoved, filter, by: principal, at: now, records)
        return filter
    }

    private static func enter(
        _ act: LedgerAct, _ filter: SavedFilter, by principal: Principal, at now: UTCTime, _ records: Records
    ) throws {
        try records.ledger.append(
            act, to: "filter/\(filter.id)", by: principal.actor, at: now,
            payload: [
                "name": .string(filter.name), "list": .string(filter.list.rawValue),
                "conditions": .array(filter.terms.map { .string("\($0.name)=\($0.value)") }),
                "sharedWith": filter.sharedWith.map { .string($0.description) } ?? .null,
            ])
    }
}
