/// What a camera offers, in SDP (RFC 4566), as far as video needs it.
struct SessionDescription: Hashable, Sendable {
    /// The aggregate control address as written, of the session level.
    var control: String?
    var media: [MediaDescription] = []

    /// Lenient: unknown and broken lines are skipped, bare line feeds do. nil when there is no SDP line at all.
    init?(_ bytes: [UInt8]) {
        var isDescription = false
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) {
            let text = String(decoding: line, as: UTF8.self).trimmed()
            guard text.utf8.count >= 2, text.utf8.dropFirst().first == UInt8(ascii: "=") else { continue }
            let value = String(text.dropFirst(2))
            switch text.utf8.first {
            case UInt8(ascii: "v"): isDescription = true
            case UInt8(ascii: "m"):
                isDescription = true
                // A bound, not a limit that any camera knows.
                guard media.count < 64 else { return }
                media.append(MediaDescription(line: value))
            case UInt8(ascii: "a"): add(attribute: value)
            default: break
            }
        }
        guard isDescription else { return nil }
    }

    private mutating func add(attribute: String) {
        let name = attribute.prefix { $0 != ":" }
        let value = attribute.dropFirst(name.count + 1).trimmed()
        if !media.isEmpty {
            media[media.count - 1].add(attribute: String(name), value: value)
        } else if name.equalsIgnoringCase("control") {
            control = value
        }
    }
}
