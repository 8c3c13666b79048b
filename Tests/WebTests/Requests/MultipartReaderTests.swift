import Hummingbird
import NIOCore
import Testing

@testable import Web

struct MultipartReaderTests {
    private struct Read: Equatable {
        var part: MultipartReader.Part
        var bytes: [UInt8]
    }

    private static let type = "multipart/form-data; boundary=\"--a b\""
    private static let parts: [Read] = [
        Read(part: .init(name: "text", fileName: nil), bytes: Array("words\r\n--and -- more\r\n".utf8)),
        Read(part: .init(name: "files", fileName: "a;b \"c\".jpg"), bytes: (0..<5000).map { UInt8($0 % 251) }),
        Read(part: .init(name: "files", fileName: ""), bytes: []),
        // The beginning of a delimiter that is none.
        Read(part: .init(name: "end", fileName: nil), bytes: Array("\r\n----a\r\n----a b".utf8.dropLast())),
    ]

    private static var body: [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += Array("----a b\r\nContent-Disposition: form-data; name=\"\(part.part.name)\"".utf8)
            if let name = part.part.fileName {
                body += Array("; filename=\"\(name.replacing("\"", with: "%22"))\"\r\nContent-Type: image/jpeg".utf8)
            }
            body += Array("\r\n\r\n".utf8) + part.bytes + Array("\r\n".utf8)
        }
        return body + Array("----a b--\r\n".utf8)
    }

    private static func read(_ body: [UInt8], pieces size: Int) async throws -> [Read] {
        let pieces = stride(from: 0, to: body.count, by: size).map {
            ByteBuffer(bytes: body[$0..<min(body.count, $0 + size)])
        }
        let stream = AsyncStream { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish()
        }
        let reader = try MultipartReader(RequestBody(asyncSequence: stream), contentType: type)
        var parts: [Read] = []
        while let part = try await reader.nextPart() {
            var bytes: [UInt8] = []
            while let piece = try await reader.nextPiece() { bytes += piece }
            parts.append(Read(part: part, bytes: bytes))
        }
        return parts
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1000, 100_000])
    func `a form is read the same however it is cut`(size: Int) async throws {
        #expect(try await Self.read(Self.body, pieces: size) == Self.parts)
    }

    @Test func `parts that nobody reads are passed over`() async throws {
        let reader = try MultipartReader(
            RequestBody(buffer: ByteBuffer(bytes: Self.body)), contentType: Self.type)
        var names: [String] = []
        while let part = try await reader.nextPart() { names.append(part.name) }
        #expect(names == Self.parts.map(\.part.name))
    }

    @Test func `a form that is cut anywhere says so, and gives nothing that was not sent`() async throws {
        let whole = Self.body
        for end in Array(0..<400) + Array(stride(from: 400, to: whole.count - 4, by: 37)) {
            await #expect(throws: MultipartReader.Fault.self, "cut at \(end)") {
                try await Self.read(Array(whole[..<end]), pieces: 50)
            }
        }
    }

    @Test func `changed bytes never hang or crash it`() async throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var body = Array(Self.body.prefix(800))
            for _ in 0..<3 { body[Int.random(in: 0..<body.count, using: &generator)] = UInt8.random(in: 0...255) }
            do { _ = try await Self.read(body, pieces: 33) } catch is MultipartReader.Fault {}
        }
    }

    @Test(arguments: [
        "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=\(String(repeating: "x", count: 71))",
    ])
    func `a type without a boundary is no form`(type: String) {
        #expect(throws: MultipartReader.Fault.malformed) {
            try MultipartReader(RequestBody(buffer: ByteBuffer()), contentType: type)
        }
    }
}
