public import Domain

/// Signed checkpoints of the ledger, inside a transaction.
public struct CheckpointRecords {
    let connection: any Connection

    /// Signs the ledger as it is, with this transaction's own entries; nil when the last checkpoint says the same.
    /// Before the first signature of a key the ledger announces it.
    ///
    /// A few rows are read and written, however long the ledger is.
    /// - Throws: ``CheckpointFinding`` when the ledger is not what the last checkpoint says it was: a signature must not
    ///   make that good.
    public func make(with key: SigningKey, at time: UTCTime) throws -> Checkpoint? {
        let last = try last()
        if let last, let kind = try LedgerLookup(connection: connection).fault(of: last.heads) {
            throw CheckpointFinding(.records, last.number, kind)
        }
        try announce(key, at: time)
        let heads = try ledgerHeads()
        guard heads != last?.heads else { return nil }
        var checkpoint = Checkpoint(
            number: (last?.number ?? 0) + 1, time: time, heads: heads, root: Checkpoint.root(of: heads),
            previousHash: last?.hash ?? LedgerHash.none, publicKey: key.publicKey, signature: [])
        checkpoint.signature = try key.sign(checkpoint.signedBytes)
        try insert(checkpoint)
        return checkpoint
    }

    private func announce(_ key: SigningKey, at time: UTCTime) throws {
        let payload: [String: JSON] = ["publicKey": .string(key.publicKey.hexadecimal)]
        let act = LedgerAct.nodeKeyAnnounced
        let isKnown = try connection.exists(
            """
            select 1 from ledger where chain = \(LedgerRecords.chain) and act = \(act)
              and payload = \(JSON.object(payload).canonical)
            """)
        guard !isKnown else { return }
        try LedgerRecords(connection: connection).append(act, to: "node", by: .node, at: time, payload: payload)
    }

    /// nil when none was made yet.
    public func last() throws -> Checkpoint? {
        try read("order by number desc limit 1").first
    }

    /// Whether the ledger has an entry that the last checkpoint does not cover.
    public func isBehind() throws -> Bool { try ledgerHeads() != last()?.heads ?? [] }

    /// How many entries of all chains the last checkpoint does not cover.
    public func entriesSinceLast() throws -> Int64 {
        let covered = Dictionary(
            (try last()?.heads ?? []).map { ($0.chain, $0.sequence) }, uniquingKeysWith: { first, _ in first })
        return try ledgerHeads().reduce(0) { $0 + max(0, $1.sequence - (covered[$1.chain] ?? 0)) }
    }

    /// Those of one key behind a number, oldest first.
    public func signed(by publicKey: [UInt8], after number: Int64) throws -> [Checkpoint] {
        try read("where public_key = \(publicKey) and number > \(number) order by number")
    }

    func all() throws -> [Checkpoint] { try read("order by number") }

    /// Numbers of which there are heads but no checkpoint.
    func strayHeads() throws -> [Int64] {
        try connection.all(
            """
            select distinct number from checkpoint_head
            where number not in (select number from checkpoint) order by number
            """
        ) { row in try row.value(0) }
    }

    private func read(_ rest: SQL) throws -> [Checkpoint] {
        var checkpoints = try connection.all(
            "select number, made_ms, root_sha256, previous_sha256, public_key, signature from checkpoint " + rest
        ) { row in
            Checkpoint(
                number: try row.value(0), time: try row.value(1), heads: [], root: try row.value(2),
                previousHash: try row.value(3), publicKey: try row.value(4), signature: try row.value(5))
        }
        for index in checkpoints.indices {
            let number = checkpoints[index].number
            checkpoints[index].heads = try connection.all(
                "select chain, sequence, sha256 from checkpoint_head where number = \(number) order by chain"
            ) { row in
                Checkpoint.Head(chain: try row.value(0), sequence: try row.value(1), hash: try row.value(2))
            }
        }
        return checkpoints
    }

    private func insert(_ checkpoint: Checkpoint) throws {
        try connection.execute(
            """
            insert into checkpoint (number, made_ms, root_sha256, previous_sha256, public_key, signature)
            values (\(checkpoint.number), \(checkpoint.time), \(checkpoint.root), \(checkpoint.previousHash),
              \(checkpoint.publicKey), \(checkpoint.signature))
            """)
        for head in checkpoint.heads {
            try connection.execute(
                """
                insert into checkpoint_head (number, chain, sequence, sha256)
                values (\(checkpoint.number), \(head.chain), \(head.sequence), \(head.hash))
                """)
        }
    }

    /// Of every chain there is, in the order of their names.
    private func ledgerHeads() throws -> [Checkpoint.Head] {
        var heads: [Checkpoint.Head] = []
        // From name to name: `distinct` would read every entry.
        while let chain = try connection.value(
            "select chain from ledger where chain > \(heads.last?.chain ?? "") order by chain limit 1", as: String.self)
        {
            let head = try connection.first(
                "select sequence, sha256 from ledger where chain = \(chain) order by sequence desc limit 1"
            ) { row in Checkpoint.Head(chain: chain, sequence: try row.value(0), hash: try row.value(1)) }
            if let head { heads.append(head) }
        }
        return heads
    }
}
