/// What an SMTP server says (RFC 5321 §4.2): three digits and lines of text.
struct SMTPReply: Hashable, Sendable {
    /// 200…559.
    var code: Int
    var lines: [String]

    var isPositive: Bool { code < 400 }
    var isTransient: Bool { (400..<500).contains(code) }
    var text: String { ([String(code)] + lines).joined(separator: " ") }

    /// Words that a server says after EHLO, in capitals (RFC 5321 §4.1.1.1), each with its arguments.
    var extensions: [String: [String]] {
        var found: [String: [String]] = [:]
        for line in lines.dropFirst() {
            let words = line.uppercased().split(separator: " ").map(String.init)
            if let word = words.first { found[word] = Array(words.dropFirst()) }
        }
        return found
    }
}

/// Takes replies out of bytes as they come.
struct SMTPReplyParser: Sendable {
    enum Fault: Error, Hashable {
        case lineTooLong
        case tooManyLines
        /// No three digits with a blank or hyphen after them, or another code than the line before.
        case noReply
    }

    /// RFC 5321 §4.5.3.1.5 has 512; some servers say more.
    private static let longestLine = 2048
    private static let mostLines = 128

    private var bytes: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether nothing has come that was not taken.
    var isEmpty: Bool { bytes.isEmpty && lines.isEmpty }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// The next whole reply; nil = more bytes are needed.
    mutating func next() throws(Fault) -> SMTPReply? {
        while let end = bytes.firstIndex(of: 0x0A) {
            guard end <= Self.longestLine else { throw .lineTooLong }
            var line = bytes[..<end]
            if line.last == 0x0D { line.removeLast() }
            let isLast = try take(line)
            bytes.removeSubrange(...end)
            if isLast, let code {
                defer { (self.code, lines) = (nil, []) }
                return SMTPReply(code: code, lines: lines)
            }
        }
        guard bytes.count <= Self.longestLine else { throw .lineTooLong }
        return nil
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(Fault) -> Bool {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .noReply }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let separator = line.dropFirst(3).first
        guard (200..<560).contains(code), self.code == nil || self.code == code,
            separator == nil || separator == UInt8(ascii: " ") || separator == UInt8(ascii: "-")
        else { throw .noReply }
        guard lines.count < Self.mostLines else { throw .tooManyLines }
        self.code = code
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        return separator != UInt8(ascii: "-")
    }
}
