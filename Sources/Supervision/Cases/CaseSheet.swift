public import Domain

/// A case with everything that belongs to it, as somebody may see it.
public struct CaseSheet: Sendable {
    /// One event, and the ledger entry that proves it.
    public struct Act: Sendable {
        public var event: CaseEvent
        public var sequence: Int64
        /// Of the ledger entry.
        public var hash: [UInt8]
        /// Who did it; nil for the program and its command line.
        public var person: Person?
    }

    public var summary: CaseSummary
    public var current: Case
    /// In the order in which they began; those that have ended too.
    public var clocks: [CaseClock]
    /// Oldest first.
    public var history: [Act]
    public var captures: [CaptureRecord]
    public var files: [AttachmentFile]
    public var camera: Camera?
    public var area: Area?
    /// What the asker may do now.
    public var moves: [CaseMove]
    public var offices: [TownshipID: Township]
    public var schools: [SchoolID: School]
}
