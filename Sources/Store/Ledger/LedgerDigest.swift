/// A SHA-256 as a value of fixed size: comparing and keeping one takes no memory of its own.
struct LedgerDigest: Equatable, Sendable {
    private var words: SIMD4<UInt64>

    /// nil unless there are 32 bytes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 32 else { return nil }
        words = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
    }

    init?(_ bytes: [UInt8]) {
        guard let digest = bytes.withUnsafeBytes({ LedgerDigest($0) }) else { return nil }
        self = digest
    }

    /// What the first entry names as the one before it.
    static let none = LedgerDigest([UInt8](repeating: 0, count: 32))!

    var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }
}
