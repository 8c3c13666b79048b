/// What stands between the packets of an RTSP connection.
enum Message: Hashable, Sendable {
    case response(Response)
    case request(Request)

    /// Reads the start line and the header fields, without the empty line that ends them.
    ///
    /// Lenient as cameras need it: bare line feeds, folded lines, a missing reason; lines without a colon are skipped.
    init?(head: Span<UInt8>, body: [UInt8]) {
        var lines = Self.lines(of: head)
        guard !lines.isEmpty else { return nil }
        let start = lines.removeFirst()
        var headers = Headers()
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.append(line[..<colon].trimmed(), line[line.index(after: colon)...].trimmed())
        }
        let words = start.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count >= 2 else { return nil }
        if words[0].hasPrefixIgnoringCase("RTSP/") {
            guard words[1].utf8.count == 3, let status = Int(words[1]), status >= 100 else { return nil }
            let reason = words.count > 2 ? words[2].trimmed() : ""
            self = .response(Response(status: status, reason: reason, headers: headers, body: body))
        } else {
            guard words.count == 3, words[2].hasPrefixIgnoringCase("RTSP/"),
                let method = Request.Method(rawValue: String(words[0]))
            else { return nil }
            self = .request(Request(method: method, address: String(words[1]), headers: headers))
        }
    }

    private static func lines(of head: Span<UInt8>) -> [String] {
        let text = head.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        var lines: [String] = []
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: true) {
            let isFolded = line.first == 0x20 || line.first == 0x09
            let content = String(Substring(line)).trimmed()
            if content.isEmpty { continue }
            if isFolded, lines.count > 1 {
                lines[lines.count - 1] += " " + content
            } else {
                lines.append(content)
            }
        }
        return lines
    }
}
