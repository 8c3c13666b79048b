/// NAL units that each follow their length, big-endian (ISO/IEC 14496-15 §5.3.3): what MP4 samples are made of.
public enum LengthPrefixed {
    /// Calls `body` with each non-empty unit. What is cut off at the end is handed on as far as it is there.
    ///
    /// - Parameter lengthSize: bytes of each length, 1…4 (``ConfigurationRecord/lengthSize``).
    public static func forEachUnit(
        in bytes: UnsafeBufferPointer<UInt8>, lengthSize: Int = 4, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var position = 0
        while position + lengthSize <= bytes.count {
            var length = 0
            for index in 0..<lengthSize { length = length << 8 | Int(bytes[position + index]) }
            position += lengthSize
            let end = min(position + length, bytes.count)
            if end > position { body(UnsafeBufferPointer(rebasing: bytes[position..<end])) }
            position = end
        }
    }

    /// The units of a sample, copied.
    public static func units(in bytes: [UInt8], lengthSize: Int = 4) -> [[UInt8]] {
        var units: [[UInt8]] = []
        bytes.withUnsafeBufferPointer { forEachUnit(in: $0, lengthSize: lengthSize) { units.append(Array($0)) } }
        return units
    }

    /// As ``AccessUnit/data`` wants it: lengths of four bytes.
    public static func bytes(of units: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(units.reduce(0) { $0 + $1.count + 4 })
        for unit in units {
            withUnsafeBytes(of: UInt32(unit.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes += unit
        }
        return bytes
    }
}
