import Crypto
public import Domain
import Glibc

/// The folder in which photographs of activities lie, beside the files of cases. All calls block.
public struct PhotoShelf: Sendable {
    public let root: String

    public init(beside attachments: AttachmentShelf) { root = attachments.root + "/activities" }

    public func path(of photo: ActivityPhoto) -> String { "\(root)/\(photo.path)" }

    /// Whole and on the disk when this returns, or not at all.
    public func keep(
        _ jpeg: [UInt8], of activity: ActivityID, finding: ActivityFindingID?, caption: String, at time: UTCTime
    ) throws(AttachmentShelf.Failure) -> ActivityPhoto {
        let id = ActivityPhotoID(at: time)
        for folder in [String(root.prefix(root.count - "/activities".count)), root, "\(root)/\(activity)"] {
            guard mkdir(folder, 0o750) == 0 || errno == EEXIST else { throw .disk(errno) }
        }
        let path = "\(activity)/\(id).jpg"
        let temporary = "\(root)/\(path).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw errno == ENOSPC ? .diskFull : .disk(errno) }
        var isWhole = true
        jpeg.withUnsafeBytes { raw in
            var written = 0
            while written < raw.count {
                let count = write(descriptor, raw.baseAddress! + written, raw.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    isWhole = false
                    return
                }
                written += count
            }
        }
        let failure = errno
        isWhole = isWhole && fsync(descriptor) == 0
        close(descriptor)
        guard isWhole, rename(temporary, "\(root)/\(path)") == 0 else {
            unlink(temporary)
            throw failure == ENOSPC || failure == EDQUOT ? .diskFull : .disk(failure)
        }
        return ActivityPhoto(
            id: id, activity: activity, finding: finding, caption: caption, path: path, sizeBytes: jpeg.count,
            sha256: Array(SHA256.hash(data: jpeg)), time: time)
    }

    public func delete(_ photo: ActivityPhoto) { unlink(path(of: photo)) }

    /// nil = it is not there.
    public func read(_ photo: ActivityPhoto) -> [UInt8]? {
        guard let file = fopen(path(of: photo), "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: photo.sizeBytes)
        let count = fread(&bytes, 1, bytes.count, file)
        return count == bytes.count ? bytes : nil
    }
}
