/// Which entries of the ledger are asked for; nil = any.
public struct LedgerFilter: Hashable, Sendable {
    public var act: LedgerAct?
    public var subject: String?
    public var actor: LedgerActor?
    public var span: TimeSpan?
    /// Nothing after this sequence: the ledger as it was then.
    public var last: Int64?

    public init(
        act: LedgerAct? = nil, subject: String? = nil, actor: LedgerActor? = nil, span: TimeSpan? = nil,
        last: Int64? = nil
    ) {
        self.act = act
        self.subject = subject
        self.actor = actor
        self.span = span
        self.last = last
    }
}
