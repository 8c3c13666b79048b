import Hummingbird
import NIOCore
import Supervision
import Synchronization

/// A form with photographs that anybody may send: read with bounds, before anything is believed.
struct PhotoForm: Sendable {
    /// Of one photograph.
    static let mostBytes = 12 << 20

    private(set) var fields = FormFields()
    private(set) var photos: [[UInt8]] = []
    /// A photograph was larger than that, or one too many.
    private(set) var isTooMuch = false

    /// - Parameter budget: Gives back what the photographs take when it is released.
    static func read(
        _ request: Request, most: Int, budget: PhotoBudget.Share, context: WebContext
    ) async throws -> PhotoForm {
        let type = request.headers[.contentType] ?? ""
        var form = PhotoForm()
        guard type.lowercased().hasPrefix("multipart/") else {
            form.fields = try await request.unguardedForm(context)
            return form
        }
        do {
            let reader = try MultipartReader(request.body, contentType: type)
            var fieldBytes = 0
            while let part = try await reader.nextPart() {
                var bytes: [UInt8] = []
                while let piece = try await reader.nextPiece() {
                    if part.fileName == nil {
                        fieldBytes += piece.count
                        guard fieldBytes <= context.maxUploadSize else { throw HTTPError(.contentTooLarge) }
                    } else if form.photos.count >= most || bytes.count + piece.count > mostBytes {
                        // The rest is read and dropped, so that the answer reaches whoever sent it; but not for ever.
                        form.isTooMuch = true
                        try budget.drop(piece.count)
                        continue
                    } else {
                        try budget.take(piece.count)
                    }
                    bytes += piece
                }
                if part.fileName == nil {
                    form.fields.append(part.name, String(decoding: bytes, as: UTF8.self))
                } else if !bytes.isEmpty {
                    // A field that was left empty comes as a file without bytes.
                    form.photos.append(bytes)
                }
            }
        } catch is MultipartReader.Fault {
            throw WebError.badRequest("form")
        }
        return form
    }
}

/// How much memory all photographs that are being read may take together.
final class PhotoBudget: Sendable {
    private static let most = 192 << 20
    /// Of one form, beyond what it may send.
    private static let mostDropped = 64 << 20

    private let taken = Mutex(0)

    func share() -> Share { Share(self) }

    /// What one form has taken; given back when the last who knows it is gone.
    final class Share: Sendable {
        private let budget: PhotoBudget
        private let own = Mutex((taken: 0, dropped: 0))

        fileprivate init(_ budget: PhotoBudget) { self.budget = budget }

        deinit {
            let own = own.withLock(\.taken)
            budget.taken.withLock { $0 -= own }
        }

        func take(_ count: Int) throws(SupervisionError) {
            let fits = budget.taken.withLock { taken in
                guard taken + count <= most else { return false }
                taken += count
                return true
            }
            guard fits else { throw .busy }
            own.withLock { $0.taken += count }
        }

        func drop(_ count: Int) throws {
            let dropped = own.withLock { own in
                own.dropped += count
                return own.dropped
            }
            guard dropped <= mostDropped else { throw HTTPError(.contentTooLarge) }
        }
    }
}
