extension JSON {
    /// Reads what ``canonical`` writes, blanks between tokens allowed; nil for anything else: fractions, repeated
    /// keys, nesting deeper than 64.
    public init?(parsing text: String) {
        var parser = JSONParser(rest: Array(text.utf8)[...])
        guard let value = parser.value(depth: 0) else { return nil }
        parser.skipBlanks()
        guard parser.rest.isEmpty else { return nil }
        self = value
    }
}

private struct JSONParser {
    var rest: ArraySlice<UInt8>

    mutating func skipBlanks() {
        while let byte = rest.first, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { rest.removeFirst() }
    }

    mutating func take(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    mutating func value(depth: Int) -> JSON? {
        skipBlanks()
        guard depth <= 64, let first = rest.first else { return nil }
        switch first {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> JSON? {
        rest.removeFirst()
        var members: [String: JSON] = [:]
        skipBlanks()
        if take("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard let key = string(), members[key] == nil else { return nil }
            skipBlanks()
            guard take(":"), let value = value(depth: depth + 1) else { return nil }
            members[key] = value
            skipBlanks()
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSON? {
        rest.removeFirst()
        var values: [JSON] = []
        skipBlanks()
        if take("]") { return .array(values) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
            skipBlanks()
        } while take(",")
        return take("]") ? .array(values) : nil
    }

    private mutating func number() -> JSON? {
        let digits = rest.prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
        let text = String(decoding: digits, as: UTF8.self)
        // Comparing with what we would write refuses `-0`, `007` and `--1`.
        guard let value = Int64(text), "\(value)" == text, value.magnitude <= JSON.largestInteger else { return nil }
        rest = rest.dropFirst(digits.count)
        return .int(value)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): guard escape(into: &bytes) else { return nil }
            case 0..<0x20: return nil
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into bytes: inout [UInt8]) -> Bool {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): bytes.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "u"):
            guard let scalar = escapedScalar() else { return false }
            bytes += String(Character(scalar)).utf8
        default: return false
        }
        return true
    }

    /// After `\u`: four digits, or two surrogates of which the second has its own `\u`.
    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let high = fourDigits() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard take("\\u"), let low = fourDigits(), (0xDC00..<0xE000).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func fourDigits() -> UInt32? {
        let digits = rest.prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        rest = rest.dropFirst(4)
        return value
    }
}
