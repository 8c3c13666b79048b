import Domain
import TestSupport

@testable import Store

extension Engine {
    /// What tests of pages run on whose promise is the database's to keep.
    static let all: [Engine] = [.sqlite, .postgreSQL]
}

/// Runs `body` with a site over a fresh database, which is removed afterwards.
func withSite(on engine: Engine, _ body: (SiteUnderTest) async throws -> Void) async throws {
    switch engine {
    case .sqlite: try await body(try await SiteUnderTest())
    case .postgreSQL:
        let server = try await PostgreSQLServer.shared
        try await server.withDatabase { name in
            let test = try await SiteUnderTest(records: .server(Secret(server.address(name))))
            try await body(test)
            try await test.store.close()
        }
    }
}
