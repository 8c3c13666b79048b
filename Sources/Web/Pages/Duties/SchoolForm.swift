import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// What somebody of a school sent: fields, and pictures that are on the disk already.
struct SchoolForm: Sendable {
    private(set) var fields = FormFields()
    private(set) var files: [SchoolFile] = []

    /// Reads the whole body. What was taken in is deleted again when anything fails.
    /// - Parameter isPersonal: Of the files, by the fields that came before them.
    static func read(
        _ request: Request, of school: SchoolID, shelf: AttachmentShelf?, mostFiles: Int, at now: UTCTime,
        context: WebContext, isPersonal: (FormFields) -> Bool = { _ in false }
    ) async throws -> SchoolForm {
        var form = SchoolForm()
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/"), let shelf else {
            form.fields = try await request.form(context)
            return form
        }
        let visitor = try context.signedIn()
        do {
            let reader = try MultipartReader(request.body, contentType: type)
            var fieldBytes = 0
            while let part = try await reader.nextPart() {
                if let name = part.fileName {
                    // The token comes first: nobody fills the disk in another's name.
                    guard FormToken.matches(form.fields[FormToken.field], visitor) else { throw WebError.staleForm }
                    guard let first = try await reader.nextPiece() else { continue }
                    guard form.files.count < mostFiles else { throw WebError.badRequest("tooManyFiles") }
                    form.files.append(
                        try await take(name, first, reader, of: school, isPersonal(form.fields), shelf, at: now))
                } else {
                    var bytes: [UInt8] = []
                    while let piece = try await reader.nextPiece() {
                        bytes += piece
                        fieldBytes += piece.count
                        guard fieldBytes <= context.maxUploadSize else { throw HTTPError(.contentTooLarge) }
                    }
                    form.fields.append(part.name, String(decoding: bytes, as: UTF8.self))
                }
            }
            guard FormToken.matches(form.fields[FormToken.field], visitor) else { throw WebError.staleForm }
        } catch {
            await form.discard(shelf)
            if error is MultipartReader.Fault { throw WebError.badRequest("form") }
            throw error
        }
        return form
    }

    func discard(_ shelf: AttachmentShelf?) async {
        let files = files
        guard let shelf, !files.isEmpty else { return }
        try? await NIOThreadPool.singleton.runIfActive { for file in files { shelf.discard(file) } }
    }

    private static func take(
        _ name: String, _ first: [UInt8], _ reader: MultipartReader, of school: SchoolID, _ isPersonal: Bool,
        _ shelf: AttachmentShelf, at now: UTCTime
    ) async throws -> SchoolFile {
        do {
            let incoming = try await blocking { () throws(AttachmentShelf.Failure) in try shelf.begin(at: now) }
            var piece = first
            while true {
                let bytes = piece
                try await blocking { () throws(AttachmentShelf.Failure) in try incoming.write(bytes) }
                guard let next = try await reader.nextPiece() else { break }
                piece = next
            }
            return try await blocking { () throws(AttachmentShelf.Failure) in
                try incoming.finish(name, of: school, isPersonal: isPersonal, at: now)
            }
        } catch let failure as AttachmentShelf.Failure {
            throw CaseForm.FileFault(name: name, failure: failure)
        }
    }

    /// On a thread that may wait for the disk.
    private static func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws(AttachmentShelf.Failure) -> T
    ) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive { try body() }
    }
}

extension Site {
    /// What is wrong with a school's form or one of its files, when they can put it right; nil for all other errors.
    func fault(_ error: any Error, _ context: WebContext) -> String? {
        if let fault = error as? CaseForm.FileFault { return words(context)(fault) }
        return words(context).mendable(error)
    }
}
