import Crypto
public import Domain
import Glibc

/// The folder in which pictures of concerns lie. All calls block: not for Swift's cooperative pool.
public struct ConcernShelf: Sendable {
    public let root: String
    private let parent: String

    /// - Parameter attachments: Beside whose files they lie.
    public init(beside attachments: AttachmentShelf) {
        parent = attachments.root
        root = "\(parent)/concerns"
    }

    public func path(of photo: ConcernPhoto) -> String { "\(root)/\(photo.path)" }

    /// On the disk when this returns, or not there at all.
    /// - Parameter jpeg: Made anew from pixels.
    public func keep(_ jpeg: [UInt8], at time: UTCTime) throws(AttachmentShelf.Failure) -> ConcernPhoto {
        let id = ConcernPhotoID(at: time)
        let folder = String(TerritoryZone(name: "UTC", offsetMinutes: 0).civil(time).date.prefix(7))
        try Self.make(parent)
        try Self.make(root)
        try Self.make("\(root)/\(folder)")
        let path = "\(folder)/\(id).jpg"
        let file = open("\(root)/\(path)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw Self.failure }
        var written = 0
        jpeg.withUnsafeBytes { bytes in
            while written < bytes.count {
                let count = write(file, bytes.baseAddress! + written, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                written += count
            }
        }
        let isKept = written == jpeg.count && fsync(file) == 0
        let failure = Self.failure
        close(file)
        guard isKept else {
            unlink("\(root)/\(path)")
            throw failure
        }
        return ConcernPhoto(
            id: id, sha256: Array(SHA256.hash(data: jpeg)).hexadecimal, sizeBytes: jpeg.count, path: path)
    }

    /// nil when it is not there, or not as it was kept.
    public func read(_ photo: ConcernPhoto) -> [UInt8]? {
        let file = open(path(of: photo), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: photo.sizeBytes + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { [count] in
                Glibc.read(file, $0.baseAddress! + count, $0.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { break }
            count += more
        }
        bytes.removeLast(bytes.count - count)
        return Array(SHA256.hash(data: bytes)).hexadecimal == photo.sha256 ? bytes : nil
    }

    /// Those whose concern was refused.
    public func discard(_ photos: [ConcernPhoto]) { for photo in photos { unlink(path(of: photo)) } }

    private static func make(_ folder: String) throws(AttachmentShelf.Failure) {
        guard mkdir(folder, 0o750) == 0 || errno == EEXIST else { throw failure }
    }

    private static var failure: AttachmentShelf.Failure {
        errno == ENOSPC || errno == EDQUOT ? .diskFull : .disk(errno)
    }
}
