import Crypto

/// SHA-256 over an entry: the byte layout of docs/design/ledger.md, which never changes.
///
/// `"mingchu ledger 1\n"`, then chain, sequence, time, actor, act, subject, payload, and the previous entry's hash.
/// Texts are their length in bytes (8, big-endian) and their UTF-8; numbers are 8 bytes, big-endian, two's complement.
///
/// One value serves many entries: the bytes are laid out in a buffer that is used again, and hashed in one go.
struct LedgerHash {
    private var bytes: [UInt8] = []

    /// Begins an entry, and forgets the last.
    mutating func begin(chain: UnsafeRawBufferPointer, sequence: Int64, time: Int64) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: Self.magic)
        add(chain)
        add(sequence)
        add(time)
    }

    mutating func add(_ text: UnsafeRawBufferPointer) {
        add(Int64(text.count))
        bytes.append(contentsOf: text)
    }

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func finish(previous: UnsafeRawBufferPointer) -> LedgerDigest {
        bytes.append(contentsOf: previous)
        var sha256 = SHA256()
        bytes.withUnsafeBytes { sha256.update(bufferPointer: $0) }
        return sha256.finalize().withUnsafeBytes { LedgerDigest($0)! }
    }

    private static let magic = Array("mingchu ledger 1\n".utf8)
    static let none = LedgerDigest.none.bytes
}

extension LedgerHash {
    static func of(
        chain: String, sequence: Int64, time: Int64, texts: [String], previous: [UInt8]
    ) -> [UInt8] {
        var hash = LedgerHash()
        Array(chain.utf8).withUnsafeBytes { hash.begin(chain: $0, sequence: sequence, time: time) }
        for text in texts { Array(text.utf8).withUnsafeBytes { hash.add($0) } }
        return previous.withUnsafeBytes { hash.finish(previous: $0) }.bytes
    }
}
