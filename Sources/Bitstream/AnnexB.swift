/// The byte-stream format of ITU-T H.264 and H.265, Annex B: NAL units after start codes.
public enum AnnexB {
    /// Calls `body` with each non-empty unit, without its start code and without zeros that follow it. What comes before the
    /// first start code is left out.
    public static func forEachUnit(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var start: Int?
        var position = 0
        func emit(until end: Int) {
            guard let start else { return }
            var end = end
            while end > start && bytes[end - 1] == 0 { end -= 1 }
            if end > start { body(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
        }
        while position + 2 < bytes.count {
            if bytes[position + 2] > 1 {
                position += 3  // No start code can hold this byte.
            } else if bytes[position] == 0 && bytes[position + 1] == 0 && bytes[position + 2] == 1 {
                emit(until: position)
                position += 3
                start = position
            } else {
                position += 1
            }
        }
        emit(until: bytes.count)
    }

    /// The units of a byte stream, copied.
    public static func units(in bytes: [UInt8]) -> [[UInt8]] {
        var units: [[UInt8]] = []
        bytes.withUnsafeBufferPointer { forEachUnit(in: $0) { units.append(Array($0)) } }
        return units
    }

    /// A byte stream of units, each after a start code of four bytes.
    public static func bytes(of units: [[UInt8]]) -> [UInt8] { units.flatMap { [0, 0, 0, 1] + $0 } }

    /// Turns ``AccessUnit/data`` into a byte stream in place: lengths of four bytes become start codes. A length that
    /// reaches beyond the end is the last.
    public static func replaceLengths(in bytes: UnsafeMutableBufferPointer<UInt8>) {
        var position = 0
        while position + 4 <= bytes.count {
            var length = 0
            for index in 0..<4 { length = length << 8 | Int(bytes[position + index]) }
            (bytes[position], bytes[position + 1], bytes[position + 2], bytes[position + 3]) = (0, 0, 0, 1)
            position += 4 + length
        }
    }
}
