/// What holding checkpoints, their file and the ledger against each other showed.
public struct CheckpointVerdict: Hashable, Sendable {
    /// Checkpoints in the records that hold.
    public var checkpoints: Int
    /// Checkpoints in files that hold.
    public var inFiles: Int
    public var findings: [CheckpointFinding]

    public init(checkpoints: Int, inFiles: Int, findings: [CheckpointFinding]) {
        self.checkpoints = checkpoints
        self.inFiles = inFiles
        self.findings = findings
    }
}

/// A checkpoint that does not hold, where it stands, and what is wrong with it.
public struct CheckpointFinding: Error, Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        /// The records' own table.
        case records
        /// A line of the file beside the records, from 1.
        case line(Int, of: String)
        /// A file that somebody has kept.
        case file(String)
    }

    public enum Kind: Hashable, Sendable {
        /// There is none of this number although later ones exist.
        case missing
        /// It is not written as checkpoints are.
        case unreadable
        /// The Merkle root is not that of the heads.
        case root
        /// The signature is not the key's, or something that it covers was changed.
        case signature
        /// It does not name the hash of the checkpoint before it, although that one holds.
        case previousHash
        /// The ledger announces no such key up to the entry that it names.
        case unknownKey
        /// It names an entry beyond the end of the chain: the end was cut off.
        case ledgerEnds(chain: String, sequence: Int64, last: Int64)
        /// The entry that it names is another one now.
        case ledgerDiffers(chain: String, sequence: Int64)
        /// The records have none of this number.
        case notInRecords
        /// The records have another one of this number.
        case differsFromRecords
        /// It does not come after the one before it.
        case order
        /// The file lacks it, and so many more, although this node has made them.
        case notInFile(more: Int)
        /// Heads that belong to no checkpoint.
        case strayHeads
    }

    public var place: Place
    /// nil when not even that can be read.
    public var number: Int64?
    public var kind: Kind

    public init(_ place: Place, _ number: Int64?, _ kind: Kind) {
        self.place = place
        self.number = number
        self.kind = kind
    }
}

extension CheckpointFinding: CustomStringConvertible {
    public var description: String {
        let name = number.map { "checkpoint \($0)" } ?? "checkpoint"
        return switch place {
        case .records: "\(name): \(words)"
        case .line(let line, let file): "\(file), line \(line), \(name): \(words)"
        case .file(let file): "\(file), \(name): \(words)"
        }
    }

    private var words: String {
        switch kind {
        case .missing: "is missing although later ones exist"
        case .unreadable: "is not written as checkpoints are: it was changed"
        case .root: "the root is not that of the heads: one of them was changed"
        case .signature: "the signature does not hold: it, or what it covers, was changed"
        case .previousHash: "does not follow the one before it"
        case .unknownKey: "is signed with a key that the ledger does not announce before it"
        case .ledgerEnds(let chain, let sequence, let last):
            "names entry \(sequence) of the chain “\(chain)”, which ends at \(last): its end was cut off"
        case .ledgerDiffers(let chain, let sequence):
            "entry \(sequence) of the chain “\(chain)” is not the one that it was"
        case .notInRecords: "the records have no such checkpoint"
        case .differsFromRecords: "the records have another checkpoint of this number"
        case .order: "stands in the wrong place"
        case .notInFile(let more): "the file lacks it" + (more > 0 ? ", and \(more) more" : "")
        case .strayHeads: "there are heads of it but no such checkpoint"
        }
    }
}
