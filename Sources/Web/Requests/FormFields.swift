/// Named values as browsers send them, in forms and after the `?` of an address (application/x-www-form-urlencoded,
/// WHATWG URL §5.1). Never fails: what is not encoded well is taken as it stands.
struct FormFields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// More pairs than any page of ours sends.
    private static let most = 200

    init() {}

    init(_ text: some StringProtocol) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: Self.most).prefix(Self.most) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            pairs.append((Self.decode(name), Self.decode(pair.dropFirst(name.count + 1))))
        }
    }

    /// Of a form that comes in parts.
    mutating func append(_ name: String, _ value: String) {
        guard pairs.count < Self.most else { return }
        pairs.append((name, value))
    }

    /// All values of that name: of several boxes.
    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The first value of that name; nil when there is none.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The value without surrounding blanks; nil when it is missing or empty.
    func text(_ name: String) -> String? {
        guard let value = self[name]?.trimmingBlanks() else { return nil }
        return value.isEmpty ? nil : value
    }

    /// Whether a box is ticked.
    func flag(_ name: String) -> Bool { ["on", "1", "true", "yes"].contains(self[name] ?? "") }

    private static func decode(_ encoded: some Collection<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = Array(encoded)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// Without blanks at its ends.
    func trimmingBlanks() -> String {
        var rest = Substring(self)
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
