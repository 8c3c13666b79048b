import Domain

/// Proves the chain from its first entry to its last, reading it in parts so that no snapshot is held for long.
struct LedgerProof {
    private var sequence: Int64 = 0
    private var head = LedgerHash.none
    /// The last entry's own hash was wrong by itself; the next entry tells whether hash or content was changed.
    private var suspect: (sequence: Int64, stored: [UInt8], computed: [UInt8])?
    private var fault: LedgerFault?

    private static let entriesAtOnce = 20_000

    static func run(on database: any Database) async throws -> LedgerVerdict {
        var proof = LedgerProof()
        proof.fault = try await database.read { connection in try strayEntry(connection) }
        var isMore = true
        while isMore && proof.fault == nil {
            (proof, isMore) = try await database.read { [proof] connection in
                var proof = proof
                let count = try proof.readOn(connection)
                return (proof, count == Self.entriesAtOnce)
            }
        }
        return proof.verdict
    }

    /// An entry whose chain's name is none of ours: it would otherwise be missed at the end of the chain.
    private static func strayEntry(_ connection: any Connection) throws -> LedgerFault? {
        let chain = LedgerRecords.chain
        return try connection.first(
            "select sequence from ledger where chain < \(chain) or chain > \(chain) order by chain, sequence limit 1"
        ) { row in LedgerFault(sequence: try row.value(0), kind: .malformed(column: "chain")) }
    }

    private var verdict: LedgerVerdict {
        // No later entry can tell which of the two it was.
        let last = suspect.map { LedgerFault(sequence: $0.sequence, kind: .content) }
        return LedgerVerdict(entries: sequence, head: head, fault: fault ?? last)
    }

    private var next: Int64 { (suspect?.sequence ?? sequence) + 1 }

    /// - Returns: How many entries it read.
    private mutating func readOn(_ connection: any Connection) throws -> Int {
        var count = 0
        try connection.forEach(
            """
            select sequence, time_ms, chain, actor, act, subject, payload, previous_sha256, sha256 from ledger
            where chain = \(LedgerRecords.chain) and sequence >= \(next) order by sequence
            limit \(Self.entriesAtOnce)
            """
        ) { row in
            count += 1
            try prove(row)
            return fault == nil
        }
        return count
    }

    private mutating func prove(_ row: borrowing Row) throws {
        let number: Int64 = try row.value(0)
        let previous: [UInt8] = try row.value(7)
        let stored: [UInt8] = try row.value(8)
        if let suspect {
            // Whoever changed only the hash left the next entry with the right one.
            let kind: LedgerFault.Kind =
                number == suspect.sequence + 1 && previous == suspect.computed ? .ownHash : .content
            fault = LedgerFault(sequence: suspect.sequence, kind: kind)
            return
        }
        guard number == sequence + 1 else {
            fault = LedgerFault(sequence: sequence + 1, kind: .missing)
            return
        }
        guard previous == head else {
            fault = LedgerFault(sequence: number, kind: .previousHash)
            return
        }
        var hash = try row.withBytes(2) { LedgerHash(chain: $0, sequence: number, time: try row.value(1)) }
        for column in 3...6 { row.withBytes(column) { hash.add($0) } }
        let computed = hash.finish(previous: previous)
        if computed == stored {
            (sequence, head) = (number, stored)
        } else if let column = try Self.malformedColumn(row) {
            fault = LedgerFault(sequence: number, kind: .malformed(column: column))
        } else {
            suspect = (number, stored, computed)
        }
    }

    /// The column of an entry with a wrong hash that can't be what we wrote, when one shows itself.
    private static func malformedColumn(_ row: borrowing Row) throws -> String? {
        guard JSON(parsing: try row.value(6))?.canonical == (try row.value(6)) else { return "payload" }
        guard LedgerAct(rawValue: try row.value(4)) != nil else { return "act" }
        guard LedgerActor(try row.value(3, as: String.self)) != nil else { return "actor" }
        return nil
    }
}
