import Foundation

/// HTTP/1.1 as little as it takes, so that what is measured is the server: one request at a time, the connection kept.
final class HTTPConnection {
    struct Answer {
        var status: Int
        /// Names in lower case.
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    private let socket: Socket
    private var buffer = [UInt8](repeating: 0, count: 1 << 20)
    private var received: [UInt8] = []

    init(port: Int) throws { socket = try Socket.connect(port: port) }

    func get(_ path: String, cookie: String? = nil) throws -> Answer {
        try socket.send(Self.request("GET", path, cookie: cookie))
        let (status, headers) = try readHead()
        return Answer(status: status, headers: headers, body: try readBody(headers))
    }

    func post(_ path: String, form: [(String, String)], cookie: String? = nil) throws -> Answer {
        let body = form.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        let head = Self.request(
            "POST", path, cookie: cookie,
            more: "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n")
        try socket.send(head + body)
        let (status, headers) = try readHead()
        return Answer(status: status, headers: headers, body: try readBody(headers))
    }

    /// Asks for something without end (or too long to keep) and hands on its bytes as they come, without chunk
    /// framing, until `body` returns false or all is there. Returns the status.
    func stream(_ path: String, cookie: String?, _ body: (ArraySlice<UInt8>) throws -> Bool) throws -> Int {
        try socket.send(Self.request("GET", path, cookie: cookie))
        let (status, headers) = try readHead()
        guard status == 200 else { return status }
        if let length = headers["content-length"].flatMap(Int.init) {
            var left = length - received.count
            guard try body(received[...]) else { return status }
            received.removeAll(keepingCapacity: true)
            while left > 0 {
                let count = try fill()
                left -= count
                guard try body(buffer[..<count]) else { return status }
            }
        } else {
            var chunks = ChunkDecoder()
            guard try chunks.decode(received[...], body) else { return status }
            received.removeAll(keepingCapacity: true)
            while !chunks.isAtEnd {
                let count = try fill()
                guard try chunks.decode(buffer[..<count], body) else { return status }
            }
        }
        return status
    }

    static func request(_ method: String, _ path: String, cookie: String?, more: String = "") -> String {
        let cookie = cookie.map { "Cookie: \($0)\r\n" } ?? ""
        return "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\(cookie)\(more)\r\n"
    }

    private func fill() throws -> Int {
        let count = try socket.receive(into: &buffer)
        guard count > 0 else { throw Unexpected(description: "the server closed the connection") }
        return count
    }

    private func readHead() throws -> (Int, [String: String]) {
        while true {
            if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
                let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                received.removeSubrange(..<end.upperBound)
                guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
                    throw Unexpected(description: "no status line: \(lines.first ?? "")")
                }
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    guard parts.count == 2 else { continue }
                    headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
                }
                return (status, headers)
            }
            received += buffer[..<(try fill())]
        }
    }

    private func readBody(_ headers: [String: String]) throws -> [UInt8] {
        var body: [UInt8] = []
        if headers["transfer-encoding"]?.lowercased() == "chunked" {
            var chunks = ChunkDecoder()
            var pending = received
            received = []
            while true {
                _ = try chunks.decode(pending[...]) {
                    body += $0
                    return true
                }
                if chunks.isAtEnd { return body }
                pending = Array(buffer[..<(try fill())])
            }
        }
        let length = headers["content-length"].flatMap(Int.init) ?? 0
        while received.count < length { received += buffer[..<(try fill())] }
        body = Array(received[..<length])
        received.removeSubrange(..<length)
        return body
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
