import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

struct CheckpointTests {
    private let key = SigningKey(seed: Array(1...32))

    @Test func `the byte layout is the documented one`() throws {
        // Computed with Python from docs/design/ledger.md.
        let head = Checkpoint.Head(chain: "county", sequence: 3, hash: Array(repeating: 7, count: 32))
        let checkpoint = Checkpoint(
            number: 2, time: UTCTime(milliseconds: 1_795_000_000_000), heads: [head], root: Checkpoint.root(of: [head]),
            previousHash: Array(repeating: 9, count: 32), publicKey: key.publicKey, signature: [])
        #expect(checkpoint.root.hexadecimal == "98e6dac937ae94740f77affe82716fc3a56d8ee3a6b6895f99fd10aef0fbfd4e")
        #expect(
            Array(SHA256.hash(data: checkpoint.signedBytes)).hexadecimal
                == "64dc6773e59ce713e8c8028903caa9e4c4115dec81f224c82096ff371f9cd97e")
    }

    @Test(arguments: Engine.all)
    func `a checkpoint binds the ledger's head, follows the last and is read back as it was`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            #expect(try await store.read { try $0.checkpoints.last() } == nil)
            let first = try #require(try await sign(store))
            #expect(first.number == 1 && first.previousHash == LedgerHash.none && first.fault == nil)
            // The announcement of the key is an entry itself.
            #expect(first.heads.map(\.sequence) == [1])
            #expect(try await sign(store) == nil)
            try await append(store, 3)
            #expect(try await store.read { try $0.checkpoints.isBehind() })
            let second = try #require(try await sign(store))
            #expect(second.number == 2 && second.previousHash == first.hash && second.heads.map(\.sequence) == [4])
            #expect(second.heads.map(\.hash) == [try await store.verifyLedger().head])
            #expect(try await store.read { try $0.checkpoints.all() } == [first, second])
            let publicKey = key.publicKey
            let later = try await store.read { records in try records.checkpoints.signed(by: publicKey, after: 1) }
            #expect(later == [second])
            #expect(try await store.read { try $0.checkpoints.isBehind() } == false)
        }
    }

    @Test func `another key is announced, and what the lost one signed still holds`() async throws {
        try await withStore(.sqlite) { store, temporary in
            let file = CheckpointFile(path: temporary.folder.path + "/checkpoints.jsonl")
            for seed in [UInt8(1), 2, 2] {
                try await append(store, 2)
                let checkpoint = try #require(
                    try await sign(store, SigningKey(seed: Array(repeating: seed, count: 32))))
                try await file.append([checkpoint])
            }
            let announcements = try await store.read { records in
                try records.ledger.entries(LedgerFilter(act: .nodeKeyAnnounced), before: nil, limit: 9).count
            }
            #expect(announcements == 2)
            let verdict = try await store.verifyCheckpoints(
                file: file, ownKey: SigningKey(seed: Array(repeating: 2, count: 32)).publicKey)
            #expect(verdict == CheckpointVerdict(checkpoints: 3, inFiles: 3, findings: []))
        }
    }

    @Test(arguments: Engine.all) func `a key that the ledger does not announce is not believed`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, temporary in
            var forged = try #require(try await sign(store))
            let other = SigningKey(seed: Array(repeating: 5, count: 32))
            forged.publicKey = other.publicKey
            forged.signature = try other.sign(forged.signedBytes)
            let file = CheckpointFile(path: temporary.folder.path + "/checkpoints.jsonl")
            try await file.append([forged])
            let verdict = try await store.verifyCheckpoints(
                file: file, ownKey: other.publicKey, kept: [("letter", Array(forged.text.utf8))])
            #expect(verdict.findings.map(\.kind) == [.unknownKey, .unknownKey])
        }
    }

    @Test(arguments: Engine.all) func `a ledger whose end was cut off is found and never signed again`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, temporary in
            try await append(store, 5)
            let kept = try #require(try await sign(store))
            let raw = try temporary.openRaw()
            try raw.disarmLedger()
            try raw.run("delete from ledger where sequence > 4")
            try raw.close()
            #expect(try await store.verifyLedger().fault == nil)
            let file = CheckpointFile(path: temporary.folder.path + "/checkpoints.jsonl")
            try await file.append([kept])
            let cut = CheckpointFinding.Kind.ledgerEnds(chain: "county", sequence: 6, last: 4)
            func places(_ verdict: CheckpointVerdict) -> [CheckpointFinding.Place] {
                verdict.findings.filter { $0.kind == cut && $0.number == 1 }.map(\.place)
            }
            var verdict = try await store.verifyCheckpoints(
                file: file, ownKey: key.publicKey, kept: [("letter.json", Array((kept.text + "\n").utf8))])
            #expect(places(verdict) == [.records, .line(1, of: file.path), .file("letter.json")])
            #expect(verdict.findings.count == 3)
            await #expect(throws: CheckpointFinding(.records, 1, cut)) { try await sign(store) }
            // Cut together with the table: the file knows, and so does whoever kept one.
            let shell = try temporary.openRaw()
            try shell.disarmCheckpoints()
            try shell.run("delete from checkpoint_head")
            try shell.run("delete from checkpoint")
            try shell.close()
            verdict = try await store.verifyCheckpoints(file: file, ownKey: key.publicKey)
            #expect(verdict.findings == [CheckpointFinding(.line(1, of: file.path), 1, cut)])
            let nothing = CheckpointFile(path: temporary.folder.path + "/none.jsonl")
            verdict = try await store.verifyCheckpoints(
                file: nothing, ownKey: key.publicKey, kept: [("letter.json", Array(kept.text.utf8))])
            #expect(verdict.findings == [CheckpointFinding(.file("letter.json"), 1, cut)])
        }
    }

    @Test func `the text of a checkpoint is read back, and only as it was written`() async throws {
        try await withStore(.sqlite) { store, _ in
            try await append(store, 3)
            let checkpoint = try #require(try await sign(store))
            let text = checkpoint.text
            #expect(Checkpoint(parsing: text) == checkpoint)
            #expect(Checkpoint(parsing: text + " ") == nil && Checkpoint(parsing: " " + text) == nil)
            #expect(Checkpoint(parsing: text.uppercased()) == nil)
            let bytes = Array(text.utf8)
            for end in bytes.indices {
                #expect(Checkpoint(parsing: String(decoding: bytes.prefix(end), as: UTF8.self)) == nil)
            }
            for place in bytes.indices {
                for bit in 0..<8 {
                    var changed = bytes
                    changed[place] ^= 1 << UInt8(bit)
                    guard let text = String(validating: changed, as: UTF8.self),
                        let other = Checkpoint(parsing: text)
                    else { continue }
                    #expect(other.fault != nil, "byte \(place), bit \(bit)")
                }
            }
        }
    }

    @Test func `the file is added to, never twice, and a torn line is completed`() async throws {
        try await withStore(.sqlite) { store, temporary in
            var made: [Checkpoint] = []
            for _ in 0..<3 {
                try await append(store, 1)
                made.append(try #require(try await sign(store)))
            }
            let path = temporary.folder.path + "/checkpoints.jsonl"
            let file = CheckpointFile(path: path)
            #expect(try await file.lastNumber() == 0)
            try await file.append(Array(made.prefix(1)))
            try await file.append(Array(made.prefix(2)))
            #expect(try await file.lastNumber() == 2)
            try await file.append(made)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(whole == Data(made.map { $0.text + "\n" }.joined().utf8))
            let second = made[0].text.utf8.count + 1
            for cut in [second + 1, second + 100, second + made[1].text.utf8.count, whole.count - 1] {
                try whole.prefix(cut).write(to: URL(fileURLWithPath: path))
                try await file.append(made.filter { [1, 2, 3].contains($0.number) })
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole, "cut at \(cut)")
            }
            // What is no beginning of it is left to be found.
            try (whole.prefix(second) + Data("{\"heads".utf8) + Data("X".utf8)).write(to: URL(fileURLWithPath: path))
            try await file.append(made)
            let verdict = try await store.verifyCheckpoints(file: file, ownKey: key.publicKey)
            #expect(verdict.findings == [CheckpointFinding(.line(2, of: path), nil, .unreadable)])
        }
    }

    @Test func `the key file is made once, and only its owner may read it`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("node.key")
        let made = try SigningKey.loadOrCreate(at: path)
        #expect(try SigningKey.loadOrCreate(at: path).publicKey == made.publicKey)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        chmod(path, 0o644)
        #expect(throws: StoreError.self) { try SigningKey.loadOrCreate(at: path) }
        #expect(SigningKey(seed: made.publicKey).publicKey != made.publicKey)
    }

    @Test(
        arguments: Engine.all,
        [
            "update checkpoint set made_ms = 0", "delete from checkpoint_head",
            "update checkpoint_head set sequence = 1",
            "delete from checkpoint",
        ])
    func `the database itself refuses to change checkpoints`(engine: Engine, statement: String) async throws {
        try await withStore(engine) { store, temporary in
            _ = try await sign(store)
            let raw = try temporary.openRaw()
            #expect(throws: (any Error).self) { try raw.run(statement) }
            try raw.close()
        }
    }

    private func append(_ store: Store, _ count: Int) async throws {
        try await store.write { records in
            for _ in 0..<count {
                try records.ledger.append(.nodeStarted, to: "node", by: .node, at: TemporaryStore.now)
            }
        }
    }

    private func sign(_ store: Store, _ other: SigningKey? = nil) async throws -> Checkpoint? {
        let key = other ?? key
        return try await store.write { records in try records.checkpoints.make(with: key, at: TemporaryStore.now) }
    }
}
