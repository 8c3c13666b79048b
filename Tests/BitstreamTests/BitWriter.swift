/// Writes what ``BitReader`` reads, to make parameter sets that no encoder at hand makes.
struct BitWriter {
    private var bits: [Bool] = []

    mutating func bit(_ value: Bool) { bits.append(value) }

    mutating func bits(_ value: UInt32, _ count: Int) {
        for shift in (0..<count).reversed() { bit(value >> UInt32(shift) & 1 == 1) }
    }

    /// ue(v)
    mutating func unsigned(_ values: Int...) {
        for value in values {
            let code = UInt64(value) + 1
            let length = 64 - code.leadingZeroBitCount
            for _ in 1..<length { bit(false) }
            for shift in (0..<length).reversed() { bit(code >> UInt64(shift) & 1 == 1) }
        }
    }

    /// se(v)
    mutating func signed(_ value: Int) { unsigned(value > 0 ? 2 * value - 1 : -2 * value) }

    /// The NAL unit: stop bit, alignment, and emulation prevention bytes put in (H.264 §7.4.1).
    func unit(header: [UInt8]) -> [UInt8] {
        var all = bits + [true]
        while all.count % 8 != 0 { all.append(false) }
        var unit = header
        var zeros = 0
        for start in stride(from: 0, to: all.count, by: 8) {
            let byte = all[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
            if zeros == 2, byte <= 3 {
                unit.append(3)
                zeros = 0
            }
            unit.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return unit
    }
}
