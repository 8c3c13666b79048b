import Domain
import TestSupport
import Testing

@testable import Store

struct PostgreSQLAddressTests {
    @Test func `a server that isn't there is told as such, without the password`() async throws {
        let error = await opening("postgres://u:hunter2@/db?host=/nowhere&password=hunter2")
        #expect(error?.kind == .cannotConnect)
        #expect(error.map { "\($0)" }?.contains("hunter2") == false)
        #expect(error?.detail.contains("/nowhere") == true)
    }

    @Test func `refusals of the server have kinds of their own, and none shows a password`() async throws {
        let server = try await PostgreSQLServer.shared
        try await server.run(
            """
            create role guarded login password 'right horse'; create role narrow login connection limit 0;
            create database ascii encoding 'SQL_ASCII' locale 'C' template template0;
            """)
        func kind(_ address: String) async -> StoreError.Kind? {
            let error = await opening(address)
            for secret in ["right", "wrong", "horse"] { #expect("\(error!)".contains(secret) == false) }
            return error?.kind
        }
        #expect(await kind(server.address("postgres", user: "guarded", password: "wrong%20horse")) == .signInRefused)
        #expect(await kind(server.address("postgres", user: "guarded")) == .signInRefused)
        #expect(await kind(server.address("postgres", user: "nobody_such")) == .signInRefused)
        #expect(await kind(server.address("postgres", user: "narrow")) == .tooManyConnections)
        #expect(await kind(server.address("no_such")) == .cannotOpen)
        #expect(await kind(server.address("ascii")) == .unsuitableServer)
        // May sign in, may not make tables.
        #expect(await kind(server.address("postgres", user: "guarded", password: "right%20horse")) == .notAllowed)
    }

    @Test func `of several hosts the one that accepts writes is taken`() async throws {
        try await withTemporaryStore(.postgreSQL) { temporary in
            let server = try await PostgreSQLServer.shared
            guard case .server(let uri) = temporary.address else { return }
            let name = String(uri.reveal().split(separator: "/")[2].prefix { $0 != "?" })
            let address = "postgres://mingchu@/\(name)?host=/nowhere,\(server.folder)"
            try await Store.open(at: .server(Secret(address)), key: TemporaryStore.key, now: TemporaryStore.now).close()
            try await server.run("alter database \(name) set default_transaction_read_only = on")
            #expect(await opening(address)?.kind == .readOnly)
        }
    }

    @Test func `what other programs are told holds no password`() throws {
        let address = try ServerAddress(
            Secret(
                "postgres://u:it's%20%5Csecret@h1,h2:5433/db?sslmode=require&application_name=it's&sslpassword=hidden"))
        #expect(address.password?.reveal() == #"it's \secret"#)
        #expect(address.openly.contains("secret") == false && address.openly.contains("hidden") == false)
        // libpq reads it back.
        #expect(address.openly.contains(#"application_name='it\'s'"#))
        #expect(address.openly.contains("host='h1,h2'") && address.openly.contains("sslmode='require'"))
        #expect(address.withoutSecrets(#"FATAL: it's \secret, hidden"#) == "FATAL: •••, •••")
    }

    @Test(arguments: [
        ("53100", StoreError.Kind.diskFull), ("53300", .tooManyConnections), ("53200", .serverExhausted),
        ("25006", .readOnly), ("28P01", .signInRefused), ("40P01", .conflict), ("40001", .conflict),
        ("XX001", .damaged), ("XX002", .damaged), ("58030", .diskFailure), ("23505", .notUnique),
        ("23503", .reference), ("23514", .check), ("23502", .check), ("22003", .check), ("42501", .notAllowed),
        ("08006", .connectionLost), ("55P03", .locked), ("42P01", .failed), ("", .failed),
    ])
    func `each SQLSTATE has a kind`(code: String, kind: StoreError.Kind) {
        #expect(StoreError.kind(ofSQLState: code) == kind)
    }

    private func opening(_ address: String) async -> StoreError? {
        await #expect(throws: StoreError.self) {
            try await Store.open(at: .server(Secret(address)), key: TemporaryStore.key, now: TemporaryStore.now).close()
        }
    }
}
