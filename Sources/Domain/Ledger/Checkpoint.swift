/// A signed statement of what the ledger was at one moment: the last entry of each chain, bound by one hash. (检查点)
public struct Checkpoint: Hashable, Sendable {
    /// The last entry of a chain, which stands for all entries before it.
    public struct Head: Hashable, Sendable {
        public var chain: String
        public var sequence: Int64
        public var hash: [UInt8]

        public init(chain: String, sequence: Int64, hash: [UInt8]) {
            self.chain = chain
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// 1, 2, 3, … without a hole.
    public var number: Int64
    public var time: UTCTime
    /// Of every chain that has an entry, in the order of their names' bytes.
    public var heads: [Head]
    /// Merkle root of the heads (RFC 6962 §2.1), 32 bytes.
    public var root: [UInt8]
    /// SHA-256 of the checkpoint before it; 32 zero bytes for the first.
    public var previousHash: [UInt8]
    /// The signing node's Ed25519 key, 32 bytes.
    public var publicKey: [UInt8]
    /// Ed25519 over everything else, 64 bytes.
    public var signature: [UInt8]

    public init(
        number: Int64, time: UTCTime, heads: [Head], root: [UInt8], previousHash: [UInt8], publicKey: [UInt8],
        signature: [UInt8]
    ) {
        self.number = number
        self.time = time
        self.heads = heads
        self.root = root
        self.previousHash = previousHash
        self.publicKey = publicKey
        self.signature = signature
    }
}
