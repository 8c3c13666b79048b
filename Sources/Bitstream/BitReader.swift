/// Reads bits of a NAL unit's payload, most significant first, passing over emulation prevention bytes
/// (ITU-T H.264 §7.4.1, H.265 §7.4.2: the 3 in 0 0 3).
struct BitReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var bitIndex = 0
    private var zeros = 0
    private let structure: String

    /// - Parameter structure: what is being read, for the error.
    init(_ bytes: ArraySlice<UInt8>, structure: String) {
        self.bytes = bytes
        self.structure = structure
        position = bytes.startIndex
    }

    mutating func bit() throws(BitstreamError) -> Bool {
        if bitIndex == 0, zeros >= 2, position < bytes.endIndex, bytes[position] == 3 {
            position += 1
            zeros = 0
        }
        guard position < bytes.endIndex else { throw .truncated(structure) }
        let value = bytes[position] >> UInt8(7 - bitIndex) & 1
        bitIndex += 1
        if bitIndex == 8 {
            zeros = bytes[position] == 0 ? zeros + 1 : 0
            bitIndex = 0
            position += 1
        }
        return value == 1
    }

    /// - Parameter count: 0…32.
    mutating func bits(_ count: Int) throws(BitstreamError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count { value = value << 1 | (try bit() ? 1 : 0) }
        return value
    }

    mutating func skip(_ count: Int) throws(BitstreamError) {
        for _ in 0..<count { _ = try bit() }
    }

    /// ue(v), §9.1: 0…2³²−2.
    mutating func unsigned() throws(BitstreamError) -> Int {
        var zeros = 0
        while try !bit() {
            zeros += 1
            guard zeros <= 32 else { throw .invalid("Exp-Golomb code in \(structure)") }
        }
        if zeros == 32 { throw .invalid("Exp-Golomb code in \(structure)") }
        return Int((UInt64(1) << UInt64(zeros)) - 1) + Int(try bits(zeros))
    }

    /// ue(v) that the standard keeps within a range.
    mutating func unsigned(_ name: String, in range: ClosedRange<Int>) throws(BitstreamError) -> Int {
        let value = try unsigned()
        guard range.contains(value) else { throw .invalid("\(name) in \(structure)") }
        return value
    }

    /// se(v), §9.1.1.
    mutating func signed() throws(BitstreamError) -> Int {
        let value = try unsigned()
        return value % 2 == 0 ? -(value / 2) : value / 2 + 1
    }
}
