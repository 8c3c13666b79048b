import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// One paper or picture on its way into a register, straight to the disk.
enum RegisterUpload {
    /// - Returns: nil when no file was chosen.
    static func read(
        _ request: Request, shelf: AttachmentShelf, at now: UTCTime, context: WebContext
    ) async throws -> KeptFile? {
        let visitor = try context.signedIn()
        let reader: MultipartReader
        do {
            reader = try MultipartReader(request.body, contentType: request.headers[.contentType] ?? "")
        } catch {
            // A form without files has a token too.
            _ = try await request.form(context)
            return nil
        }
        var fields = FormFields()
        var kept: KeptFile?
        do {
            while let part = try await reader.nextPart() {
                guard let name = part.fileName else {
                    var bytes: [UInt8] = []
                    while let piece = try await reader.nextPiece() {
                        bytes += piece
                        guard bytes.count <= 4096 else { throw HTTPError(.contentTooLarge) }
                    }
                    fields.append(part.name, String(decoding: bytes, as: UTF8.self))
                    continue
                }
                // The token comes first: nobody fills the disk in another's name.
                guard FormToken.matches(fields[FormToken.field], visitor) else { throw WebError.staleForm }
                guard kept == nil else { throw WebError.badRequest("tooManyFiles") }
                kept = try await take(name, from: reader, shelf, at: now)
            }
        } catch {
            if let kept { try? await NIOThreadPool.singleton.runIfActive { shelf.discard(kept) } }
            if error is MultipartReader.Fault { throw WebError.badRequest("form") }
            throw error
        }
        guard FormToken.matches(fields[FormToken.field], visitor) else { throw WebError.staleForm }
        return kept
    }

    private static func take(
        _ name: String, from reader: MultipartReader, _ shelf: AttachmentShelf, at now: UTCTime
    ) async throws -> KeptFile? {
        // A file field that was left empty comes as a file without name and bytes.
        guard var piece = try await reader.nextPiece() else { return nil }
        do {
            let incoming = try await blocking { () throws(AttachmentShelf.Failure) in try shelf.begin(at: now) }
            while true {
                let bytes = piece
                try await blocking { () throws(AttachmentShelf.Failure) in try incoming.write(bytes) }
                guard let next = try await reader.nextPiece() else { break }
                piece = next
            }
            return try await blocking { () throws(AttachmentShelf.Failure) in try incoming.finish(name, at: now) }
        } catch let failure as AttachmentShelf.Failure {
            throw CaseForm.FileFault(name: name, failure: failure)
        }
    }

    private static func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws(AttachmentShelf.Failure) -> T
    ) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive { try body() }
    }
}
