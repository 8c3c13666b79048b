/// Builds boxes (ISO/IEC 14496-12 §4.2) into one array; sizes are filled in when a box is done.
struct BoxWriter {
    private(set) var bytes: [UInt8]

    init(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    mutating func box(_ type: StaticString, _ content: (inout BoxWriter) -> Void) {
        let start = bytes.count
        write(UInt32(0))
        write(type)
        content(&self)
        patch(UInt32(bytes.count - start), at: start)
    }

    mutating func fullBox(
        _ type: StaticString, version: UInt8 = 0, flags: UInt32 = 0, _ content: (inout BoxWriter) -> Void
    ) {
        box(type) { writer in
            writer.write(UInt32(version) << 24 | flags)
            content(&writer)
        }
    }

    /// A four-character code.
    mutating func write(_ type: StaticString) {
        type.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func zeros(_ count: Int) { bytes.append(contentsOf: repeatElement(0, count: count)) }

    mutating func patch(_ value: some FixedWidthInteger, at offset: Int) { bytes.put(value, at: offset) }
}

extension Array where Element == UInt8 {
    /// Overwrites bytes with a number, big-endian.
    mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
        Swift.withUnsafeBytes(of: value.bigEndian) { source in
            for (index, byte) in source.enumerated() { self[offset + index] = byte }
        }
    }
}
