import Crypto

/// SHA-256 over an entry: the byte layout of docs/design/ledger.md, which never changes.
///
/// `"mingchu ledger 1\n"`, then chain, sequence, time, actor, act, subject, payload, and the previous entry's hash.
/// Texts are their length in bytes (8, big-endian) and their UTF-8; numbers are 8 bytes, big-endian, two's complement.
struct LedgerHash {
    private var sha256 = SHA256()

    init(chain: UnsafeRawBufferPointer, sequence: Int64, time: Int64) {
        sha256.update(data: Self.magic)
        add(chain)
        add(sequence)
        add(time)
    }

    mutating func add(_ text: UnsafeRawBufferPointer) {
        add(Int64(text.count))
        sha256.update(bufferPointer: text)
    }

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { sha256.update(bufferPointer: $0) }
    }

    consuming func finish(previous: [UInt8]) -> [UInt8] {
        previous.withUnsafeBytes { sha256.update(bufferPointer: $0) }
        return Array(sha256.finalize())
    }

    private static let magic = Array("mingchu ledger 1\n".utf8)
    static let none = [UInt8](repeating: 0, count: 32)
}

extension LedgerHash {
    static func of(
        chain: String, sequence: Int64, time: Int64, texts: [String], previous: [UInt8]
    ) -> [UInt8] {
        var hash = Array(chain.utf8).withUnsafeBytes { LedgerHash(chain: $0, sequence: sequence, time: time) }
        for text in texts { Array(text.utf8).withUnsafeBytes { hash.add($0) } }
        return hash.finish(previous: previous)
    }
}
