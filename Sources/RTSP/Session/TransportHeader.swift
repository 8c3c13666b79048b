/// The `Transport` field (RFC 2326 §12.39).
struct TransportHeader: Hashable, Sendable {
    var isTCP = false
    /// Channels of RTP and RTCP.
    var interleaved: Pair?
    /// Ports of RTP and RTCP on the server's side.
    var serverPorts: Pair?
    /// Where the server sends from, when that is another host than the one we talk to.
    var source: String?
    /// The synchronization source that will send.
    var ssrc: UInt32?

    struct Pair: Hashable, Sendable {
        var rtp: Int
        var rtcp: Int
    }

    static func tcp(channels: Pair) -> String {
        "RTP/AVP/TCP;unicast;interleaved=\(channels.rtp)-\(channels.rtcp)"
    }

    static func udp(ports: Pair) -> String {
        "RTP/AVP;unicast;client_port=\(ports.rtp)-\(ports.rtcp)"
    }

    /// Reads the first transport of the field.
    init(_ field: String) {
        let first = field.prefix { $0 != "," }
        let parts = first.split(separator: ";").map { $0.trimmed() }
        isTCP = parts.first.map { $0.uppercased().hasSuffix("/TCP") } ?? false
        for part in parts.dropFirst() {
            let name = part.prefix { $0 != "=" }
            let value = part.dropFirst(name.count + 1).trimmed()
            switch name.trimmed().lowercased() {
            case "interleaved":
                interleaved = Self.pair(value, through: 255)
                isTCP = true
            case "server_port": serverPorts = Self.pair(value, through: 65_535)
            case "source": source = value.isEmpty ? nil : value
            case "ssrc": ssrc = UInt32(value, radix: 16)
            default: break
            }
        }
    }

    /// `4-5`; the second is the next when it is missing.
    private static func pair(_ text: String, through maximum: Int) -> Pair? {
        let numbers = text.split(separator: "-").map { Int($0.trimmed()) }
        guard let first = numbers.first ?? nil, (0...maximum).contains(first) else { return nil }
        let second = (numbers.dropFirst().first ?? nil) ?? first + 1
        return Pair(rtp: first, rtcp: (0...maximum).contains(second) ? second : first)
    }
}
