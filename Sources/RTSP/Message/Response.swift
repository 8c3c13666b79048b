/// An answer of either side (RFC 2326 §7).
struct Response: Hashable, Sendable {
    /// 100…999
    var status: Int
    var reason: String
    var headers = Headers()
    var body: [UInt8] = []

    var isSuccess: Bool { (200..<300).contains(status) }

    /// nil when the field is missing or no number.
    var sequence: Int? { headers["CSeq"].flatMap { Int($0) } }

    /// For failures: `404 Not Found`.
    var line: String { reason.isEmpty ? "\(status)" : "\(status) \(reason.printable(limit: 60))" }

    func encoded() -> [UInt8] {
        var text = "RTSP/1.0 \(status) \(reason)\r\n"
        for field in headers.fields { text += "\(field.name): \(field.value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + body
    }
}

extension StringProtocol {
    /// The first characters of a stranger's text, fit for a log line.
    func printable(limit: Int) -> String {
        let shown = unicodeScalars.prefix(limit).map { scalar in
            scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "·" : String(scalar)
        }
        return shown.joined() + (unicodeScalars.count > limit ? "…" : "")
    }
}
