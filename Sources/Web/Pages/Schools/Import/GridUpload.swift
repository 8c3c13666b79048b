import Crypto
import Documents
import Domain
import Hummingbird
import NIOPosix

/// A file with a list, as a form brings it.
struct GridUpload: Sendable {
    static let mostBytes = 5_000_000

    let name: String
    let bytes: [UInt8]

    var sha256: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// nil when no file was chosen.
    /// - Throws: `SheetError.fileTooLarge`.
    static func read(_ request: Request, _ context: WebContext) async throws -> GridUpload? {
        let visitor = try context.signedIn()
        do {
            let reader = try MultipartReader(request.body, contentType: request.headers[.contentType] ?? "")
            var token: String?
            var upload: GridUpload?
            while let part = try await reader.nextPart() {
                // The token comes first: nobody fills the memory in another's name.
                let limit = part.fileName == nil ? 1000 : Self.mostBytes
                if part.fileName != nil, !FormToken.matches(token, visitor) { throw WebError.staleForm }
                var bytes: [UInt8] = []
                while let piece = try await reader.nextPiece() {
                    bytes += piece
                    guard bytes.count <= limit else { throw SheetError.fileTooLarge(limitBytes: limit) }
                }
                if let name = part.fileName {
                    if !bytes.isEmpty { upload = GridUpload(name: String(name.prefix(200)), bytes: bytes) }
                } else if part.name == FormToken.field {
                    token = String(decoding: bytes, as: UTF8.self)
                }
            }
            guard FormToken.matches(token, visitor) else { throw WebError.staleForm }
            return upload
        } catch is MultipartReader.Fault {
            throw WebError.badRequest("form")
        }
    }

    /// - Throws: `SheetError`, `GridList.Unusable`.
    func list() async throws -> GridList {
        try await NIOThreadPool.singleton.runIfActive { [bytes] in
            var limits = SheetLimits()
            limits.fileBytes = Self.mostBytes
            limits.unpackedBytes = 50_000_000
            // With the headings and one more, so that the list itself says that it is too long.
            limits.rows = GridList.mostLines + 2
            limits.columns = 100
            let sheet = try SheetReader(limits: limits).read(bytes)
            return try GridList(
                sheet.rows.map { row in
                    (row.number, Dictionary(uniqueKeysWithValues: row.cells.map { ($0.address.column, $0.text) }))
                })
        }
    }
}
