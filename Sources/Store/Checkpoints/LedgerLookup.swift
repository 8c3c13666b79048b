import Domain

/// The ledger's entries as checkpoints ask for them: by chain and number.
struct LedgerLookup {
    let connection: any Connection

    /// What of the heads is not so; nil when the ledger has them all.
    func fault(of heads: [Checkpoint.Head]) throws -> CheckpointFinding.Kind? {
        for head in heads {
            let hash: [UInt8]? = try connection.value(
                "select sha256 from ledger where chain = \(head.chain) and sequence = \(head.sequence)")
            guard hash != head.hash else { continue }
            let last: Int64 =
                try connection.value("select coalesce(max(sequence), 0) from ledger where chain = \(head.chain)") ?? 0
            return last < head.sequence
                ? .ledgerEnds(chain: head.chain, sequence: head.sequence, last: last)
                : .ledgerDiffers(chain: head.chain, sequence: head.sequence)
        }
        return nil
    }

    /// The number of the first entry that announces each key, by the key.
    func announcedKeys() throws -> [[UInt8]: Int64] {
        var keys: [[UInt8]: Int64] = [:]
        try connection.forEach(
            """
            select sequence, payload from ledger
            where chain = \(LedgerRecords.chain) and act = \(LedgerAct.nodeKeyAnnounced) order by sequence
            """
        ) { row in
            if let text = JSON(parsing: try row.value(1))?["publicKey"]?.string, let key = [UInt8](hexadecimal: text),
                keys[key] == nil
            {
                keys[key] = try row.value(0)
            }
            return true
        }
        return keys
    }
}
