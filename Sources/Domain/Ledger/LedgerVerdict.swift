/// What proving the whole ledger showed.
public struct LedgerVerdict: Hashable, Sendable {
    /// Entries that were proved, up to the first fault.
    public var entries: Int64
    /// Hash of the last proved entry; 32 zero bytes for an empty ledger.
    public var head: [UInt8]
    /// The first thing wrong; nil = every entry and every link holds.
    public var fault: LedgerFault?

    public init(entries: Int64, head: [UInt8], fault: LedgerFault?) {
        self.entries = entries
        self.head = head
        self.fault = fault
    }
}

/// The first entry that does not hold, and what is wrong with it.
public struct LedgerFault: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// No entry has this sequence although later ones exist.
        case missing
        /// The named column holds something that no entry can hold.
        case malformed(column: String)
        /// The entry does not name the hash of the one before it, although that one holds.
        case previousHash
        /// The entry's own hash was changed: the next entry still names the right one.
        case ownHash
        /// Time, actor, act, subject or payload was changed after the entry was made.
        case content
    }

    public var sequence: Int64
    public var kind: Kind

    public init(sequence: Int64, kind: Kind) {
        self.sequence = sequence
        self.kind = kind
    }
}
