import Domain
import Store
import Testing

@testable import Supervision

struct SavedFiltersTests {
    private static let terms = [SavedFilter.Term("item", "noHat"), SavedFilter.Term("judged", "waiting")]

    @Test(arguments: Engine.all) func `a filter is kept for its owner, and for colleagues when it is shared`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let filters = office.supervision.savedFilters
            let own = try await filters.save("没戴帽", .captures, Self.terms, isShared: false, by: office.supervisor)
            let shared = try await filters.save("待研判", .captures, Self.terms, isShared: true, by: office.supervisor)
            #expect(try await filters.list(.captures, for: office.supervisor) == [shared, own])
            #expect(try await filters.list(.cases, for: office.supervisor).isEmpty)
            // The administrator is of the same bureau; the school is not.
            #expect(try await filters.list(.captures, for: office.administrator) == [shared])
            #expect(try await filters.list(.captures, for: office.head).isEmpty)
            #expect(try await office.ledger(.filterSaved).count == 2)
        }
    }

    @Test(arguments: Engine.all) func `only its owner takes it away`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let filters = office.supervision.savedFilters
            let shared = try await filters.save("待研判", .cases, Self.terms, isShared: true, by: office.supervisor)
            #expect(try await refusal { try await filters.remove(shared.id, by: office.administrator) } == .notFound)
            try await filters.remove(shared.id, by: office.supervisor)
            #expect(try await filters.list(.cases, for: office.supervisor).isEmpty)
            #expect(try await refusal { try await filters.remove(shared.id, by: office.supervisor) } == .notFound)
            #expect(try await office.ledger(.filterRemoved).count == 1)
        }
    }

    @Test func `a name twice, no name, no filter and the thirty-first are refused`() async throws {
        let office = try await Office()
        let filters = office.supervision.savedFilters
        func save(_ name: String, _ terms: [SavedFilter.Term] = Self.terms) async throws -> SupervisionError? {
            try await refusal { try await filters.save(name, .cases, terms, isShared: false, by: office.supervisor) }
        }
        #expect(try await save("一") == nil)
        #expect(try await save("一") == .conflict(.nameTaken))
        #expect(try await save("") == .invalid(.name, .empty))
        #expect(try await save(String(repeating: "长", count: 41)) == .invalid(.name, .tooLong(maximum: 40)))
        #expect(try await save("二", []) == .invalid(.filter, .empty))
        #expect(
            try await save("二", [SavedFilter.Term("q", String(repeating: "x", count: 401))])
                == .invalid(.filter, .implausible))
        for number in 2...30 { #expect(try await save("第\(number)") == nil) }
        #expect(try await save("第31") == .conflict(.tooManyFilters))
    }
}
