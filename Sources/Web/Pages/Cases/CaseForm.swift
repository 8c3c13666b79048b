import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// What somebody sent to do something with a case: fields, and files that are on the disk already.
struct CaseForm: Sendable {
    static let mostFiles = 20

    private(set) var fields: FormFields
    private(set) var files: [AttachmentFile] = []

    /// What can't be taken of a file; the others are kept.
    struct FileFault: Error, Hashable, Sendable {
        let name: String
        let failure: AttachmentShelf.Failure
    }

    /// Reads the whole body. What was taken in is deleted again when anything fails.
    static func read(
        _ request: Request, of id: CaseID, shelf: AttachmentShelf?, at now: UTCTime, context: WebContext
    ) async throws -> CaseForm {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/"), let shelf else {
            return CaseForm(fields: try await request.form(context))
        }
        let visitor = try context.signedIn()
        var form = CaseForm(fields: FormFields())
        do {
            let reader = try MultipartReader(request.body, contentType: type)
            var fieldBytes = 0
            while let part = try await reader.nextPart() {
                if let name = part.fileName {
                    // The token comes first: nobody fills the disk in another's name.
                    guard FormToken.matches(form.fields[FormToken.field], visitor) else { throw WebError.staleForm }
                    try await form.take(name, from: reader, of: id, shelf, at: now)
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
        } catch {
            await form.discard(shelf)
            if error is MultipartReader.Fault { throw WebError.badRequest("form") }
            throw error
        }
        guard FormToken.matches(form.fields[FormToken.field], visitor) else {
            await form.discard(shelf)
            throw WebError.staleForm
        }
        return form
    }

    func discard(_ shelf: AttachmentShelf) async {
        let files = files
        try? await NIOThreadPool.singleton.runIfActive { for file in files { shelf.discard(file) } }
    }

    private mutating func take(
        _ name: String, from reader: MultipartReader, of id: CaseID, _ shelf: AttachmentShelf, at now: UTCTime
    ) async throws {
        // A file field that was left empty comes as a file without name and bytes.
        guard var piece = try await reader.nextPiece() else { return }
        guard files.count < Self.mostFiles else { throw WebError.badRequest("tooManyFiles") }
        do {
            let incoming = try await Self.blocking { () throws(AttachmentShelf.Failure) in try shelf.begin(at: now) }
            while true {
                let bytes = piece
                try await Self.blocking { () throws(AttachmentShelf.Failure) in try incoming.write(bytes) }
                guard let next = try await reader.nextPiece() else { break }
                piece = next
            }
            files.append(
                try await Self.blocking { () throws(AttachmentShelf.Failure) in
                    try incoming.finish(name, of: id, at: now)
                })
        } catch let failure as AttachmentShelf.Failure {
            throw FileFault(name: name, failure: failure)
        }
    }

    /// On a thread that may wait for the disk.
    private static func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws(AttachmentShelf.Failure) -> T
    ) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive { try body() }
    }
}

extension CaseForm {
    /// What the form asks for. Files of a move that takes none are refused with it.
    func command(_ move: CaseMove, zone: TerritoryZone) throws(WebError) -> CaseCommand? {
        let text = fields.text("text") ?? ""
        let due = try fields.time("due", zone: zone)
        let attachments = files.map(\.attachment)
        var inspection: Inspection {
            Inspection(
                fields.text("method").flatMap(Inspection.Method.init(rawValue:)) ?? .onScreen, note: text,
                attachments: attachments)
        }
        switch move {
        // Its number is given in the transaction.
        case .dispatch: return nil
        case .acknowledge: return .acknowledge
        case .begin: return .begin(plan: text)
        case .submit: return .submit(Submission(text: text, attachments: attachments, appointment: due))
        case .pass: return .pass(inspection)
        case .return: return .return(inspection, due: due)
        case .reinspectionPassed: return .reinspect(inspection, passed: true)
        case .reinspectionFailed: return .reinspect(inspection, passed: false, due: due)
        case .appeal: return .appeal(reason: text, attachments: attachments)
        case .upholdAppeal: return .decideAppeal(isUpheld: true, reason: text)
        case .rejectAppeal: return .decideAppeal(isUpheld: false, reason: text)
        case .askExtension:
            guard let due else { throw .badRequest("time") }
            return .askExtension(until: due, reason: text)
        case .extend:
            guard let due else { throw .badRequest("time") }
            return .extend(until: due, reason: text)
        case .refuseExtension: return .refuseExtension(reason: text)
        case .transfer:
            guard let office = fields.text("office") else { return .transfer(to: nil, reason: text) }
            guard let office = TownshipID(office) else { throw .badRequest("choice") }
            return .transfer(to: office, reason: text)
        case .withdraw: return .withdraw(reason: text)
        case .urge: return .urge(text)
        case .comment: return .comment(text, attachments: attachments)
        }
    }
}
