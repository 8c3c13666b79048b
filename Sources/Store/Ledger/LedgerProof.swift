import Domain
import Glibc

/// Proves the chain from its first entry to its last.
///
/// It is read in parts, several at once and each on a snapshot of its own, so that none is held for long; the parts are
/// joined in their order.
struct LedgerProof {
    private var sequence: Int64 = 0
    private var head = LedgerDigest.none
    private var suspect: LedgerSuspect?
    private var fault: LedgerFault?

    private static let entriesAtOnce: Int64 = 20_000

    static func run(on database: any Database) async throws -> LedgerVerdict {
        var proof = LedgerProof()
        let (stray, end) = try await database.read { connection in
            (try strayEntry(connection), try LedgerRecords(connection: connection).lastSequence)
        }
        proof.fault = stray
        if stray == nil { try await proof.join(partsUpTo: end, of: database) }
        return proof.verdict
    }

    /// An entry that a walk along the chain would never meet: another chain's name, or a number before the first.
    private static func strayEntry(_ connection: any Connection) throws -> LedgerFault? {
        let chain = LedgerRecords.chain
        if let other = try connection.first(
            "select sequence from ledger where chain < \(chain) or chain > \(chain) order by chain, sequence limit 1",
            { row in LedgerFault(sequence: try row.value(0), kind: .malformed(column: "chain")) })
        {
            return other
        }
        return try connection.first(
            "select sequence from ledger where chain = \(chain) and sequence < 1 order by sequence limit 1"
        ) { row in LedgerFault(sequence: try row.value(0), kind: .malformed(column: "sequence")) }
    }

    /// One reader of four is left to the pages.
    private static let partsAtOnce = min(3, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    private mutating func join(partsUpTo end: Int64, of database: any Database) async throws {
        let size = Self.entriesAtOnce
        let count = end / size + (end % size == 0 ? 0 : 1)
        try await withThrowingTaskGroup(of: (Int64, LedgerPart).self) { group in
            var asked: Int64 = 0
            var done: [Int64: LedgerPart] = [:]
            var joined: Int64 = 0
            func ask() {
                guard asked < count else { return }
                let sequences = (asked * size + 1)...(asked == count - 1 ? end : (asked + 1) * size)
                group.addTask { [asked] in
                    (asked, try await database.read { try LedgerPart.read(sequences, $0) })
                }
                asked += 1
            }
            for _ in 0..<Self.partsAtOnce { ask() }
            while let (index, part) = try await group.next() {
                done[index] = part
                while let next = done.removeValue(forKey: joined) {
                    joined += 1
                    join(next, upTo: joined == count ? end : joined * size)
                    // What lies behind a fault proves nothing.
                    guard fault == nil else { return group.cancelAll() }
                    ask()
                }
            }
        }
    }

    /// - Parameter end: The number of the part's last entry.
    private mutating func join(_ part: LedgerPart, upTo end: Int64) {
        if let suspect {
            fault = suspect.fault(next: part.first)
            return
        }
        guard let first = part.first, first.sequence == sequence + 1 else {
            fault =
                part.fault.flatMap { $0.sequence == sequence + 1 ? $0 : nil }
                ?? LedgerFault(sequence: sequence + 1, kind: .missing)
            return
        }
        guard first.previous == head else {
            fault = LedgerFault(sequence: first.sequence, kind: .previousHash)
            return
        }
        if let last = part.last { (sequence, head) = last }
        (suspect, fault) = (part.suspect, part.fault)
        if suspect == nil, fault == nil, sequence < end { fault = LedgerFault(sequence: sequence + 1, kind: .missing) }
    }

    private var verdict: LedgerVerdict {
        LedgerVerdict(entries: sequence, head: head.bytes, fault: fault ?? suspect?.fault(next: nil))
    }
}
