/// Reads numbers, big-endian, out of a box's content.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>
    private let box: String

    /// - Parameter box: what is being read, for the error.
    init(_ bytes: ArraySlice<UInt8>, box: String) {
        rest = bytes
        self.box = box
    }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(ISOBMFFError) -> Number {
        let size = Number.bitWidth / 8
        guard rest.count >= size else { throw .truncated(box) }
        var value: Number = 0
        for byte in rest.prefix(size) { value = value << 8 | Number(truncatingIfNeeded: byte) }
        rest = rest.dropFirst(size)
        return value
    }

    mutating func skip(_ count: Int) throws(ISOBMFFError) {
        guard rest.count >= count else { throw .truncated(box) }
        rest = rest.dropFirst(count)
    }

    /// Version and flags of a full box.
    mutating func fullBoxHeader() throws(ISOBMFFError) -> (version: UInt8, flags: UInt32) {
        let value = try number(UInt32.self)
        return (UInt8(value >> 24), value & 0xFF_FFFF)
    }

    /// The boxes that the rest is made of, in order.
    func boxes() throws(ISOBMFFError) -> [(type: String, content: ArraySlice<UInt8>)] {
        var found: [(type: String, content: ArraySlice<UInt8>)] = []
        var rest = rest
        while !rest.isEmpty {
            var reader = ByteReader(rest, box: box)
            let size = Int(try reader.number(UInt32.self))
            let type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
            guard size >= 8, size <= rest.count else { throw .truncated(type) }
            found.append((type, rest.dropFirst(8).prefix(size - 8)))
            rest = rest.dropFirst(size)
        }
        return found
    }

    func box(_ type: String) throws(ISOBMFFError) -> ByteReader {
        guard let content = try boxes().first(where: { $0.type == type })?.content else {
            throw .invalid("no \(type) in \(box)")
        }
        return ByteReader(content, box: type)
    }
}
