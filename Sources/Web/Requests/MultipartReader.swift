import Hummingbird
import NIOCore

/// A form with files, read as it comes: nothing but the piece at hand is in memory (RFC 7578, RFC 2046 §5.1).
final class MultipartReader {
    struct Part: Sendable, Hashable {
        var name: String
        /// nil = a plain field.
        var fileName: String?
    }

    enum Fault: Error, Hashable, Sendable {
        /// No boundary, a part without a name, or a body that ends in the middle.
        case malformed
        /// Headers of a part longer than 8 KiB.
        case headersTooLong
    }

    private var pieces: RequestBody.AsyncIterator
    private let delimiter: [UInt8]
    /// What came and was not handed out. Begins with a line break that the first delimiter may do without.
    private var buffer: [UInt8] = [13, 10]
    private var hasEnded = false
    private var isInPart = false
    private var isAfterLast = false

    /// - Parameter contentType: `multipart/form-data; boundary=…`
    /// - Throws: `Fault.malformed` when it is another type.
    init(_ body: RequestBody, contentType: String) throws(Fault) {
        guard let boundary = Self.boundary(of: contentType) else { throw .malformed }
        pieces = body.makeAsyncIterator()
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// The next field or file; what was left of the one before is skipped. nil after the last.
    func nextPart() async throws -> Part? {
        if isAfterLast { return nil }
        while try await nextPiece() != nil {}
        if !isInPart, !(try await passDelimiter()) { return nil }
        // Two hyphens after the delimiter end the whole.
        guard try await fill(2) else { throw Fault.malformed }
        if buffer.starts(with: Array("--".utf8)) {
            isAfterLast = true
            return nil
        }
        var head = 0
        while true {
            if let end = Self.find([13, 10, 13, 10], in: buffer) {
                head = end
                break
            }
            guard buffer.count <= 8192 else { throw Fault.headersTooLong }
            guard try await more() else { throw Fault.malformed }
        }
        guard head <= 8192 else { throw Fault.headersTooLong }
        let lines = String(decoding: buffer[..<head], as: UTF8.self).split(separator: "\r\n")
        buffer.removeFirst(head + 4)
        isInPart = true
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = Self.parameter("name", of: disposition)
        else { throw Fault.malformed }
        return Part(name: name, fileName: Self.parameter("filename", of: disposition))
    }

    /// The next bytes of the part at hand, at most what came at once; nil at its end.
    func nextPiece() async throws -> [UInt8]? {
        guard isInPart else { return nil }
        while true {
            if let end = Self.find(delimiter, in: buffer) {
                if end == 0 {
                    buffer.removeFirst(delimiter.count)
                    isInPart = false
                    // So that the next part knows that its delimiter has been passed.
                    isAtDelimiter = true
                    return nil
                }
                return take(end)
            }
            // The end of the buffer may be the beginning of a delimiter.
            let safe = buffer.count - delimiter.count + 1
            if safe > 0 { return take(safe) }
            guard try await more() else { throw Fault.malformed }
        }
    }

    private var isAtDelimiter = false

    private func passDelimiter() async throws -> Bool {
        if isAtDelimiter {
            isAtDelimiter = false
            return true
        }
        while true {
            if let end = Self.find(delimiter, in: buffer) {
                buffer.removeFirst(end + delimiter.count)
                return true
            }
            // Only a preamble may stand before the first delimiter, and browsers send none.
            guard buffer.count < 8192, try await more() else { throw Fault.malformed }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        let piece = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return piece
    }

    private func fill(_ count: Int) async throws -> Bool {
        while buffer.count < count { guard try await more() else { return false } }
        return true
    }

    private func more() async throws -> Bool {
        guard !hasEnded, let piece = try await pieces.next(isolation: #isolation) else {
            hasEnded = true
            return false
        }
        buffer.append(contentsOf: piece.readableBytesView)
        return true
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count, let first = needle.first else { return nil }
        var index = 0
        let last = bytes.count - needle.count
        while index <= last {
            if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }

    private static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        guard let boundary = parameter("boundary", of: contentType[...]), (1...70).contains(boundary.utf8.count) else {
            return nil
        }
        return boundary
    }

    /// The value after `; name=`, with or without quotation marks; browsers write a quotation mark in it as `%22`
    /// (WHATWG HTML, multipart form data).
    private static func parameter(_ name: String, of header: Substring) -> String? {
        var rest = header.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " }
            let key = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(key.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let value: Substring
            if rest.first == "\"" {
                // A semicolon inside of the quotation marks is the name's own.
                guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
                value = rest[rest.index(after: rest.startIndex)..<end]
                rest = rest[rest.index(after: end)...].drop { $0 != ";" }
            } else {
                value = rest.prefix { $0 != ";" && $0 != " " }
                rest = rest.dropFirst(value.count).drop { $0 != ";" }
            }
            if key.lowercased() == name { return String(value).replacing("%22", with: "\"") }
        }
        return nil
    }
}
