import Crypto
import Domain
import Foundation
import Testing

@testable import Supervision

struct AttachmentShelfTests {
    private static let time = UTCTime(milliseconds: 1_795_392_000_000)
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 1, count: 100)

    private func withShelf(_ body: (AttachmentShelf) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(AttachmentShelf(root: root))
    }

    private func files(_ shelf: AttachmentShelf) -> [String] {
        (FileManager.default.enumerator(atPath: shelf.root)?.compactMap { $0 as? String } ?? [])
            .filter { $0.contains(".") }
    }

    @Test func `a file is kept with its hash, its type by content and a harmless name`() throws {
        try withShelf { shelf in
            let incoming = try shelf.begin(at: Self.time)
            try incoming.write(Array(Self.jpeg.prefix(2)))
            try incoming.write(Array(Self.jpeg.dropFirst(2)))
            let file = try incoming.finish("..\\..\\evil\"\n.exe", of: CaseID(at: Self.time), at: Self.time)
            #expect(file.mediaType == "image/jpeg")
            #expect(file.attachment.kind == .photo)
            #expect(file.name == "evil.exe")
            #expect(file.path.hasPrefix("2026-11/"))
            #expect(file.path.hasSuffix(".jpg"))
            let kept = try Data(contentsOf: URL(fileURLWithPath: shelf.path(of: file)))
            #expect(Array(kept) == Self.jpeg)
            #expect(Array(SHA256.hash(data: kept)).hexadecimal == file.attachment.sha256)
            shelf.discard(file)
            #expect(files(shelf) == [])
        }
    }

    @Test func `what is nothing that is taken in is refused at once, and gone`() throws {
        try withShelf { shelf in
            do {
                let incoming = try shelf.begin(at: Self.time)
                #expect(throws: AttachmentShelf.Failure.unknownType) {
                    try incoming.write(Array("<html><script>alert(1)</script></html>".utf8))
                }
            }
            do {
                let short = try shelf.begin(at: Self.time)
                try short.write(Array("hello".utf8))
                #expect(throws: AttachmentShelf.Failure.unknownType) {
                    try short.finish("a", of: CaseID(at: Self.time), at: Self.time)
                }
            }
            do {
                let empty = try shelf.begin(at: Self.time)
                #expect(throws: AttachmentShelf.Failure.empty) {
                    try empty.finish("a", of: CaseID(at: Self.time), at: Self.time)
                }
            }
            #expect(files(shelf) == [])
        }
    }

    @Test func `what was coming in when the power went is swept away`() throws {
        try withShelf { shelf in
            let incoming = try shelf.begin(at: Self.time)
            try incoming.write(Self.jpeg)
            #expect(files(shelf).count == 1)
            shelf.sweep()
            #expect(files(shelf) == [])
        }
    }

    @Test(
        arguments: [
            ([0xFF, 0xD8, 0xFF, 0xDB], AttachmentType.jpeg), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
            (Array("RIFF1234WEBPVP8 ".utf8), .webP), (Array("%PDF-1.7".utf8), .pdf),
            ([0, 0, 0, 24] + Array("ftypheic".utf8), .heif), ([0, 0, 0, 20] + Array("ftypqt  ".utf8), .quickTime),
            ([0, 0, 0, 24] + Array("ftypisom".utf8), .mp4), ([0x1A, 0x45, 0xDF, 0xA3], .webM),
        ] as [([UInt8], AttachmentType)])
    func `a type is told by its first bytes`(head: [UInt8], type: AttachmentType) {
        #expect(AttachmentType(head: head) == type)
        for end in 0..<head.count where end < 3 { #expect(AttachmentType(head: Array(head[..<end])) == nil) }
    }
}
