import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

/// Somebody changes the database's file and the files beside it, with any tool: whatever it was, it is found and named.
struct TamperingTests {
    private static let entries = 61
    private static let checkpoints = 8

    /// A ledger with checkpoints over all of it, open to be changed from outside.
    private struct Scene {
        let store: Store
        let raw: any RawDatabase
        let file: CheckpointFile
        let key: SigningKey
        let kept: Checkpoint

        var lines: Data {
            get throws { try Data(contentsOf: URL(fileURLWithPath: file.path)) }
        }

        func write(lines: Data) throws { try lines.write(to: URL(fileURLWithPath: file.path)) }

        func verify(
            kept bytes: [UInt8]? = nil
        ) async throws -> (ledger: LedgerVerdict, checkpoints: CheckpointVerdict) {
            let kept = bytes ?? Array((kept.text + "\n").utf8)
            return (
                try await store.verifyLedger(),
                try await store.verifyCheckpoints(file: file, ownKey: key.publicKey, kept: [("kept.json", kept)])
            )
        }

        func isClean() async throws -> Bool {
            let verdict = try await verify()
            return verdict.ledger.fault == nil && verdict.ledger.entries == TamperingTests.entries
                && verdict.checkpoints
                    == CheckpointVerdict(
                        checkpoints: TamperingTests.checkpoints, inFiles: TamperingTests.checkpoints + 1, findings: [])
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withStore(.sqlite) { store, temporary in
            let key = SigningKey(seed: Array(1...32))
            let file = CheckpointFile(path: temporary.folder.path + "/checkpoints.jsonl")
            var last: Checkpoint?
            // The announcement of the key is an entry as well.
            for round in 0..<Self.checkpoints {
                let checkpoint = try await store.write { records in
                    for number in 0..<(round < 4 ? 7 : 8) {
                        try records.ledger.append(
                            .cameraChanged, to: "camera/\(number)", by: .console,
                            at: TemporaryStore.now + .seconds(number),
                            payload: ["name": "炒锅", "round": .int(Int64(round))])
                    }
                    return try records.checkpoints.make(with: key, at: TemporaryStore.now + .seconds(3600 * round))
                }
                last = checkpoint
                try await file.append(checkpoint.map { [$0] } ?? [])
            }
            let raw = try temporary.openRaw()
            try raw.disarmLedger()
            try raw.disarmCheckpoints()
            let scene = Scene(store: store, raw: raw, file: file, key: key, kept: try #require(last))
            #expect(try await scene.isClean())
            try await body(scene)
            #expect(try await scene.isClean())
            try raw.close()
        }
    }

    private enum Column {
        case integer, text, blob
    }

    private static let tables: [(table: String, row: String, columns: [(name: String, kind: Column)])] = [
        (
            "ledger", "sequence",
            [
                ("chain", .text), ("sequence", .integer), ("time_ms", .integer), ("actor", .text), ("act", .text),
                ("subject", .text), ("payload", .text), ("previous_sha256", .blob), ("sha256", .blob),
            ]
        ),
        (
            "checkpoint", "number",
            [
                ("number", .integer), ("made_ms", .integer), ("root_sha256", .blob), ("previous_sha256", .blob),
                ("public_key", .blob), ("signature", .blob),
            ]
        ),
        (
            "checkpoint_head", "number",
            [("number", .integer), ("chain", .text), ("sequence", .integer), ("sha256", .blob)]
        ),
    ]

    @Test(arguments: 0..<3) func `any byte of any column of any row`(index: Int) async throws {
        let (table, rowName, columns) = Self.tables[index]
        var random = SeededGenerator(seed: UInt64(index) + 100)
        try await withScene { scene in
            for column in columns {
                for _ in 0..<30 {
                    let row = Int.random(in: 1...(table == "ledger" ? Self.entries : Self.checkpoints), using: &random)
                    let place = "\(table).\(column.name) of \(row)"
                    let bits = UInt8.random(in: 1...255, using: &random)
                    let (old, new, key): (String, String, Int64)
                    switch column.kind {
                    case .integer:
                        let value = try #require(
                            try scene.raw.integer("select \(column.name) from \(table) where \(rowName) = \(row)"))
                        let changed =
                            value ^ Int64(bitPattern: UInt64(bits) << UInt64(8 * Int.random(in: 0..<8, using: &random)))
                        (old, new) = ("\(value)", "\(changed)")
                        key = column.name == rowName ? changed : Int64(row)
                    case .text, .blob:
                        let before = try scene.raw.bytes(
                            "select cast(\(column.name) as blob) from \(table) where \(rowName) = \(row)")
                        var after = before
                        after[Int.random(in: 0..<before.count, using: &random)] ^= bits
                        let literal = column.kind == .text ? Engine.sqlite.text : Engine.sqlite.blob
                        (old, new, key) = (literal(before.hexadecimal), literal(after.hexadecimal), Int64(row))
                    }
                    // A number that another row has is refused by the database itself.
                    guard
                        (try? scene.raw.run("update \(table) set \(column.name) = \(new) where \(rowName) = \(row)"))
                            != nil
                    else { continue }
                    let verdict = try await scene.verify()
                    if table == "ledger" {
                        let fault = try #require(verdict.ledger.fault, "\(place): \(new)")
                        #expect(fault.sequence == Int64(row) || fault.sequence == key, "\(place): \(new)")
                    } else {
                        let named = verdict.checkpoints.findings.filter { $0.place == .records }.map(\.number)
                        #expect(named.contains(Int64(row)) || named.contains(key), "\(place): \(new)")
                    }
                    try scene.raw.run("update \(table) set \(column.name) = \(old) where \(rowName) = \(key)")
                }
            }
        }
    }

    @Test func `any byte of the file of checkpoints and of one that was kept`() async throws {
        var random = SeededGenerator(seed: 7)
        try await withScene { scene in
            let whole = try scene.lines
            for _ in 0..<200 {
                let place = Int.random(in: 0..<whole.count, using: &random)
                var changed = whole
                changed[place] ^= UInt8.random(in: 1...255, using: &random)
                try scene.write(lines: changed)
                let line = whole.prefix(place).count { $0 == UInt8(ascii: "\n") } + 1
                let places = try await scene.verify().checkpoints.findings.map(\.place)
                #expect(places.contains(.line(line, of: scene.file.path)), "byte \(place) to \(changed[place])")
            }
            try scene.write(lines: whole)
            let kept = Array((scene.kept.text + "\n").utf8)
            for place in kept.indices {
                var changed = kept
                changed[place] ^= UInt8.random(in: 1...255, using: &random)
                let findings = try await scene.verify(kept: changed).checkpoints.findings
                #expect(findings.map(\.place) == [.file("kept.json")], "byte \(place) to \(changed[place])")
            }
        }
    }

    @Test func `rows that are removed, exchanged or put in`() async throws {
        var random = SeededGenerator(seed: 8)
        for table in ["ledger", "checkpoint", "checkpoint_head"] {
            let row = table == "ledger" ? "sequence" : "number"
            let count = table == "ledger" ? Self.entries : Self.checkpoints
            try await withScene { scene in
                func named(_ number: Int, _ what: String) async throws {
                    let verdict = try await scene.verify()
                    let found =
                        table == "ledger"
                        ? [verdict.ledger.fault?.sequence] : verdict.checkpoints.findings.map(\.number)
                    #expect(found.contains(Int64(number)), "\(table): \(what)")
                }
                try scene.raw.run("create table spare as select * from \(table)")
                func restore() throws {
                    try scene.raw.run("delete from \(table); insert into \(table) select * from spare")
                }
                for _ in 0..<12 {
                    let first = Int.random(in: 1..<count, using: &random)
                    try scene.raw.run("delete from \(table) where \(row) = \(first)")
                    try await named(first, "\(first) removed")
                    try restore()
                    let second = Int.random(in: (first + 1)...count, using: &random)
                    try scene.raw.run(
                        """
                        update \(table) set \(row) = -1 where \(row) = \(first);
                        update \(table) set \(row) = \(first) where \(row) = \(second);
                        update \(table) set \(row) = \(second) where \(row) = -1
                        """)
                    try await named(first, "\(first) and \(second) exchanged")
                    try restore()
                    try scene.raw.run("delete from \(table) where \(row) >= \(first)")
                    let verdict = try await scene.verify().checkpoints
                    #expect(!verdict.findings.isEmpty, "\(table): cut off from \(first)")
                    if table == "ledger" {
                        #expect(
                            verdict.findings.contains { finding in
                                if case .ledgerEnds(_, _, last: Int64(first) - 1) = finding.kind { true } else { false }
                            }, "cut off from \(first)")
                    } else {
                        try await named(first, "cut off from \(first)")
                    }
                    try restore()
                    for place in [-3, 0, count + 1] {
                        let columns = try scene.raw.texts("select name from pragma_table_info('\(table)')")
                        let values = columns.map { $0 == row ? "\(place)" : $0 }.joined(separator: ", ")
                        try scene.raw.run(
                            "insert into \(table) select \(values) from spare where \(row) = \(first)")
                        try await named(place, "a copy of \(first) as \(place)")
                        try restore()
                    }
                }
                try scene.raw.run("drop table spare")
            }
        }
    }

    @Test func `lines that are removed, exchanged, repeated or cut off`() async throws {
        var random = SeededGenerator(seed: 9)
        try await withScene { scene in
            let whole = try scene.lines
            let lines = whole.split(separator: UInt8(ascii: "\n")).map { $0 + [UInt8(ascii: "\n")] }
            func findings(_ lines: [Data]) async throws -> [CheckpointFinding] {
                try scene.write(lines: Data(lines.joined()))
                return try await scene.verify().checkpoints.findings
            }
            for _ in 0..<20 {
                let first = Int.random(in: 0..<(lines.count - 1), using: &random)
                let second = Int.random(in: (first + 1)..<lines.count, using: &random)
                var changed = lines
                changed.remove(at: first)
                #expect(
                    try await findings(changed)
                        == [CheckpointFinding(.file(scene.file.path), Int64(first + 1), .notInFile(more: 0))])
                changed = lines
                changed.swapAt(first, second)
                let exchanged = try await findings(changed)
                #expect(exchanged.contains { $0.kind == .order && $0.number.map { $0 <= Int64(second + 1) } == true })
                changed = lines
                changed.insert(lines[first], at: second)
                #expect(
                    try await findings(changed)
                        == [CheckpointFinding(.line(second + 1, of: scene.file.path), Int64(first + 1), .order)])
                let cut = Int.random(in: 0..<whole.count, using: &random)
                #expect(try await !findings([whole.prefix(cut)]).isEmpty, "cut at \(cut)")
            }
            try FileManager.default.removeItem(atPath: scene.file.path)
            let gone = try await scene.verify().checkpoints.findings
            #expect(
                gone == [CheckpointFinding(.file(scene.file.path), 1, .notInFile(more: Self.checkpoints - 1))])
            try scene.write(lines: whole)
        }
    }
}
