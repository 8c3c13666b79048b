import Domain
import Hummingbird

/// A form with one photograph, in memory: it is made anew before it is kept.
struct ActivityPhotoForm: Sendable {
    static let largestBytes = 20 << 20

    private(set) var fields = FormFields()
    /// Empty when none was chosen.
    private(set) var bytes: [UInt8] = []

    /// The token comes before the file: nobody fills the memory in another's name.
    static func read(_ request: Request, _ context: WebContext) async throws -> ActivityPhotoForm {
        let visitor = try context.signedIn()
        var form = ActivityPhotoForm()
        do {
            let reader = try MultipartReader(request.body, contentType: request.headers[.contentType] ?? "")
            while let part = try await reader.nextPart() {
                var bytes: [UInt8] = []
                let isFile = part.fileName != nil
                if isFile, !FormToken.matches(form.fields[FormToken.field], visitor) { throw WebError.staleForm }
                while let piece = try await reader.nextPiece() {
                    bytes += piece
                    guard bytes.count <= (isFile ? largestBytes : context.maxUploadSize) else {
                        throw HTTPError(.contentTooLarge)
                    }
                }
                if isFile {
                    form.bytes = bytes
                } else {
                    form.fields.append(part.name, String(decoding: bytes, as: UTF8.self))
                }
            }
        } catch is MultipartReader.Fault {
            throw WebError.staleForm
        }
        guard FormToken.matches(form.fields[FormToken.field], visitor) else { throw WebError.staleForm }
        return form
    }

    /// What the first bytes say that it is; nil = no photograph that can be made anew.
    var isPhoto: Bool {
        switch AttachmentType(head: Array(bytes.prefix(AttachmentType.neededBytes))) {
        case .jpeg, .png, .webP: true
        default: false
        }
    }
}
