/// Takes the framing of chunked transfer coding (RFC 9112 §7.1) off a stream of bytes.
struct ChunkDecoder {
    private enum State {
        case size
        case data(left: Int)
        case afterData
        case end
    }

    private var state = State.size
    private var line: [UInt8] = []

    var isAtEnd: Bool { if case .end = state { true } else { false } }

    /// Hands on the bytes between the framing; stops and returns false when `body` does.
    mutating func decode(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Bool) throws -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            switch state {
            case .size:
                let byte = rest.removeFirst()
                guard byte == UInt8(ascii: "\n") else {
                    if byte != UInt8(ascii: "\r") { line.append(byte) }
                    continue
                }
                let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
                guard let size = Int(digits, radix: 16) else {
                    throw HTTPConnection.Unexpected(description: "chunk size “\(digits)”")
                }
                line.removeAll()
                state = size == 0 ? .end : .data(left: size)
            case .data(let left):
                let part = rest.prefix(left)
                rest = rest.dropFirst(part.count)
                state = part.count == left ? .afterData : .data(left: left - part.count)
                guard try body(part) else { return false }
            case .afterData:
                if rest.removeFirst() == UInt8(ascii: "\n") { state = .size }
            case .end: return true
            }
        }
        return true
    }
}
