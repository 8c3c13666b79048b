import Domain
import TestSupport
import Testing

@testable import Store

struct LedgerTests {
    @Test func `the byte layout is the documented one`() {
        // Computed with Python's hashlib from docs/design/ledger.md.
        let hash = LedgerHash.of(
            chain: "county", sequence: 1, time: 1_795_000_000_000,
            texts: ["console", "camera.added", "camera/x", #"{"name":"炒锅"}"#], previous: LedgerHash.none)
        #expect(hash.hexadecimal == "5c6da82bd0418a4db234605f8d43a0755d637db597c0bbc27ea735e004ee4c53")
    }

    @Test(arguments: Engine.all) func `entries come back newest first, filtered and in pages`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = CameraID(at: TemporaryStore.now)
            try await store.write { records in
                for number in 0..<30 {
                    try records.ledger.append(
                        number % 3 == 0 ? .cameraChanged : .nodeStarted,
                        to: number % 2 == 0 ? "node" : "camera/\(camera)",
                        by: number % 5 == 0 ? .camera(camera) : .node,
                        at: UTCTime(milliseconds: Int64(number) * 1000), payload: ["number": .int(Int64(number))])
                }
            }
            func sequences(_ filter: LedgerFilter, before: Int64? = nil, limit: Int = 100) async throws -> [Int64] {
                try await store.read { try $0.ledger.entries(filter, before: before, limit: limit).map(\.sequence) }
            }
            #expect(try await sequences(LedgerFilter(), limit: 3) == [30, 29, 28])
            #expect(try await sequences(LedgerFilter(), before: 3) == [2, 1])
            #expect(try await sequences(LedgerFilter(act: .cameraChanged), limit: 2) == [28, 25])
            #expect(
                try await sequences(LedgerFilter(act: .cameraChanged, subject: "node", actor: .camera(camera))) == [1])
            let span = TimeSpan(start: UTCTime(milliseconds: 5000), end: UTCTime(milliseconds: 7000))
            #expect(try await sequences(LedgerFilter(span: span)) == [7, 6])
            #expect(try await store.read { try $0.ledger.lastSequence(of: [.cameraChanged, .areaAdded]) } == 28)
            #expect(try await store.read { try $0.ledger.lastSequence(of: [.areaAdded]) } == 0)
        }
    }

    @Test(arguments: Engine.all) func `an entry is there exactly when its transaction is`(engine: Engine) async throws {
        struct Stop: Error {}
        try await withStore(engine) { store, _ in
            await #expect(throws: Stop.self) {
                try await store.write { records in
                    try records.ledger.append(.nodeStarted, to: "node", by: .node, at: TemporaryStore.now)
                    throw Stop()
                }
            }
            let verdict = try await store.verifyLedger()
            #expect(verdict == LedgerVerdict(entries: 0, head: LedgerHash.none, fault: nil))
        }
    }

    @Test(
        arguments: Engine.all,
        [
            "update ledger set payload = '{}' where sequence = 2", "delete from ledger where sequence = 3",
            """
            insert into ledger (chain, sequence, time_ms, actor, act, subject, payload, previous_sha256, sha256)
            values ('county', 9, 0, 'node', 'node.started', 'node', '{}', ZEROS, ZEROS)
            """,
            """
            insert into ledger (chain, sequence, time_ms, actor, act, subject, payload, previous_sha256, sha256)
            values ('county', 4, 0, 'node', 'node.started', 'node', '{}', ZEROS, ZEROS)
            """,
        ])
    func `the database itself refuses to change the ledger`(engine: Engine, statement: String) async throws {
        try await withLedger(engine, of: 3) { store, raw in
            let zeros = engine.blob(String(repeating: "00", count: 32))
            #expect(throws: (any Error).self) { try raw.run(statement.replacing("ZEROS", with: zeros)) }
            let verdict = try await store.verifyLedger()
            #expect(verdict.fault == nil)
        }
    }

    @Test(arguments: Engine.all, ["chain", "actor", "act", "subject", "payload", "previous_sha256", "sha256"])
    func `any changed byte in any column of any entry is found there`(engine: Engine, column: String) async throws {
        var random = SeededGenerator(seed: 42)
        for sequence in 1...6 {
            // A database of PostgreSQL takes longer to make.
            for _ in 0..<(engine == .sqlite ? 6 : 2) {
                try await withLedger(engine, of: 6) { store, raw in
                    try raw.disarmLedger()
                    let isBlob = column.hasSuffix("sha256")
                    var bytes = try raw.bytes(
                        "select \(isBlob ? column : engine.bytes(of: column)) from ledger where sequence = \(sequence)")
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    // Texts stay texts: an ASCII character becomes another.
                    bytes[place] ^= isBlob ? UInt8.random(in: 1...255, using: &random) : 1
                    let hexadecimal = bytes.hexadecimal
                    let value = isBlob ? engine.blob(hexadecimal) : engine.text(hexadecimal)
                    try raw.run("update ledger set \(column) = \(value) where sequence = \(sequence)")
                    let verdict = try await store.verifyLedger()
                    let fault = try #require(verdict.fault, "\(column) of \(sequence), byte \(place)")
                    #expect(fault.sequence == Int64(sequence))
                    switch column {
                    case "chain": #expect(fault.kind == .malformed(column: "chain"))
                    case "previous_sha256": #expect(fault.kind == .previousHash)
                    case "sha256": #expect(fault.kind == (sequence < 6 ? .ownHash : .content))
                    default:
                        #expect(fault.kind == .content || fault.kind == .malformed(column: column))
                        #expect(verdict.entries == Int64(sequence - 1))
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all, 1...4)
    func `a changed number or time, a missing and a moved entry are found`(engine: Engine, sequence: Int) async throws {
        for statement in [
            "update ledger set time_ms = time_ms + 1 where sequence = \(sequence)",
            "update ledger set sequence = 100 where sequence = \(sequence)",
            "update ledger set sequence = sequence + 100 where sequence >= \(sequence)",
        ] {
            try await withLedger(engine, of: 4) { store, raw in
                try raw.disarmLedger()
                try raw.run(statement)
                #expect(try await store.verifyLedger().fault?.sequence == Int64(sequence), "\(statement)")
            }
        }
        guard sequence < 4 else { return }
        try await withLedger(engine, of: 4) { store, raw in
            try raw.disarmLedger()
            try raw.run("delete from ledger where sequence = \(sequence)")
            #expect(try await store.verifyLedger().fault == LedgerFault(sequence: Int64(sequence), kind: .missing))
        }
    }

    @Test(arguments: Engine.all) func `an entry forged with a right hash of its own breaks the link after it`(
        engine: Engine
    ) async throws {
        try await withLedger(engine, of: 4) { store, raw in
            try raw.disarmLedger()
            let previous = try raw.bytes("select previous_sha256 from ledger where sequence = 2")
            let forged = LedgerHash.of(
                chain: "county", sequence: 2, time: 0, texts: ["node", "node.started", "node", "{}"], previous: previous
            )
            try raw.run(
                """
                update ledger set time_ms = 0, actor = 'node', act = 'node.started', subject = 'node', payload = '{}',
                  sha256 = \(engine.blob(forged.hexadecimal)) where sequence = 2
                """)
            #expect(try await store.verifyLedger().fault == LedgerFault(sequence: 3, kind: .previousHash))
        }
    }

    private func withLedger(
        _ engine: Engine, of count: Int, _ body: (Store, any RawDatabase) async throws -> Void
    ) async throws {
        try await withStore(engine) { store, temporary in
            try await store.write { records in
                for number in 0..<count {
                    try records.ledger.append(
                        .cameraChanged, to: "camera/\(number)", by: .console,
                        at: UTCTime(milliseconds: TemporaryStore.now.milliseconds + Int64(number)),
                        payload: ["name": "stove", "number": .int(Int64(number))])
                }
            }
            let raw = try temporary.openRaw()
            try await body(store, raw)
            try raw.close()
        }
    }
}
