import Domain

/// Some entries of the chain that lie one after the other, proved among themselves: what came before the first of them
/// is taken as it is named, until ``LedgerProof`` joins the parts.
struct LedgerPart: Sendable {
    /// The first row that was found, held or not.
    private(set) var first: (sequence: Int64, previous: LedgerDigest)?
    /// The last entry that holds.
    private(set) var last: (sequence: Int64, hash: LedgerDigest)?
    /// The last row's own hash was wrong by itself; the next entry tells whether hash or content was changed.
    private(set) var suspect: LedgerSuspect?
    private(set) var fault: LedgerFault?
    /// Used again for each entry, never kept.
    private var hash = LedgerHash()

    /// - Parameter sequences: Of the entries that it is about.
    static func read(_ sequences: ClosedRange<Int64>, _ connection: any Connection) throws -> LedgerPart {
        var part = LedgerPart()
        try connection.forEach(
            """
            select sequence, time_ms, chain, actor, act, subject, payload, previous_sha256, sha256 from ledger
            where chain = \(LedgerRecords.chain) and sequence >= \(sequences.lowerBound)
              and sequence <= \(sequences.upperBound) order by sequence
            """
        ) { row in
            try part.prove(row)
            return part.fault == nil
        }
        part.hash = LedgerHash()
        return part
    }

    private mutating func prove(_ row: borrowing Row) throws {
        let number: Int64 = try row.value(0)
        let named = LedgerDigest(row.bytes(7))
        if let suspect {
            fault = suspect.fault(next: named.map { (number, $0) })
            return
        }
        guard let previous = named else { return blame(number, .malformed(column: "previous_sha256")) }
        if first == nil { first = (number, previous) }
        if let last {
            guard number == last.sequence + 1 else { return blame(last.sequence + 1, .missing) }
            guard previous == last.hash else { return blame(number, .previousHash) }
        }
        guard let stored = LedgerDigest(row.bytes(8)) else { return blame(number, .malformed(column: "sha256")) }
        hash.begin(chain: row.bytes(2), sequence: number, time: try row.value(1))
        for column in 3...6 { hash.add(row.bytes(column)) }
        let computed = hash.finish(previous: row.bytes(7))
        if computed == stored {
            last = (number, stored)
        } else if let column = try Self.malformedColumn(row) {
            blame(number, .malformed(column: column))
        } else {
            suspect = LedgerSuspect(sequence: number, computed: computed)
        }
    }

    private mutating func blame(_ sequence: Int64, _ kind: LedgerFault.Kind) {
        fault = LedgerFault(sequence: sequence, kind: kind)
    }

    /// The column of an entry with a wrong hash that can't be what we wrote, when one shows itself.
    private static func malformedColumn(_ row: borrowing Row) throws -> String? {
        guard JSON(parsing: try row.value(6))?.canonical == (try row.value(6)) else { return "payload" }
        guard LedgerAct(rawValue: try row.value(4)) != nil else { return "act" }
        guard LedgerActor(try row.value(3, as: String.self)) != nil else { return "actor" }
        return nil
    }
}

/// An entry whose stored hash is not that of its content.
struct LedgerSuspect: Sendable {
    var sequence: Int64
    var computed: LedgerDigest

    /// Whoever changed only the hash left the next entry with the right one.
    /// - Parameter next: What follows; nil at the end of the chain, where nothing can tell which of the two it was.
    func fault(next: (sequence: Int64, previous: LedgerDigest)?) -> LedgerFault {
        let isFollowed = next.map { $0.sequence == sequence + 1 && $0.previous == computed } ?? false
        return LedgerFault(sequence: sequence, kind: isFollowed ? .ownHash : .content)
    }
}
