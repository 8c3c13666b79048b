import Crypto
public import Domain
import Glibc

/// The folder in which files of cases lie, beside the database. All calls block: not for Swift's cooperative pool.
public struct AttachmentShelf: Sendable {
    public static let largestBytes = 200 << 20

    public enum Failure: Error, Hashable, Sendable {
        /// Larger than ``largestBytes``.
        case tooLarge
        /// Nothing that is taken in: see `AttachmentType`.
        case unknownType
        case empty
        case diskFull
        /// What the system said.
        case disk(Int32)
    }

    public let root: String

    public init(root: String) { self.root = root }

    public func path(of file: AttachmentFile) -> String { "\(root)/\(file.path)" }
    public func path(of file: InspectionFile) -> String { "\(root)/\(file.path)" }

    /// Where a small picture of a file is kept once it was made.
    public func thumbnailPath(of file: AttachmentFile) -> String { "\(root)/thumbnails/\(file.attachment.id).jpg" }

    /// Whole or not at all; one that can't be kept is made again.
    public func keepThumbnail(_ bytes: [UInt8], of file: AttachmentFile) {
        guard mkdir("\(root)/thumbnails", 0o750) == 0 || errno == EEXIST else { return }
        var path = Array("\(root)/thumbnails/XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { return }
        let written = write(descriptor, bytes, bytes.count)
        close(descriptor)
        let isKept = written == bytes.count && rename(path, thumbnailPath(of: file)) == 0
        if !isKept { unlink(path) }
    }

    /// Files that were coming in when the program ended are nobody's: call it before the first one comes.
    public func sweep() {
        let folder = "\(root)/incoming"
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".part") { unlink("\(folder)/\(name)") }
        }
    }

    public func begin(at time: UTCTime) throws(Failure) -> IncomingAttachment {
        try Self.make(root)
        try Self.make("\(root)/incoming")
        return try IncomingAttachment(AttachmentID(at: time), root: root)
    }

    public func path(of file: KeptFile) -> String { "\(root)/\(file.path)" }

    public func discard(_ file: KeptFile) { unlink(path(of: file)) }

    /// A file whose act was refused.
    public func discard(_ file: AttachmentFile) { unlink(path(of: file)) }
    public func discard(_ file: InspectionFile) { unlink(path(of: file)) }
    public func discard(_ file: SchoolFile) { unlink(path(of: file)) }

    public func path(of file: SchoolFile) -> String { "\(root)/\(file.path)" }

    /// What has become of a file.
    public enum State: Hashable, Sendable {
        case intact
        case missing
        /// The bytes are not those that were sent.
        case changed
        /// What the system said.
        case unreadable(Int32)
    }

    /// Reads the whole file and holds it against what was kept.
    public func state(of file: CaseProof.AttachmentProof) -> State {
        state(at: file.path, sizeBytes: file.sizeBytes, sha256: file.sha256)
    }

    /// - Parameter path: Below this folder.
    public func state(at path: String, of file: FileProof) -> State {
        state(at: path, sizeBytes: file.sizeBytes, sha256: file.sha256)
    }

    private func state(at path: String, sizeBytes: Int, sha256: String) -> State {
        let descriptor = open("\(root)/\(path)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return errno == ENOENT ? .missing : .unreadable(errno) }
        defer { close(descriptor) }
        var hash = SHA256()
        var size = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .unreadable(errno) }
            if count == 0 { break }
            hash.update(data: buffer[..<count])
            size += count
        }
        return size == sizeBytes && Array(hash.finalize()).hexadecimal == sha256 ? .intact : .changed
    }

    fileprivate static func make(_ folder: String) throws(Failure) {
        guard mkdir(folder, 0o750) == 0 || errno == EEXIST else { throw .now }
    }
}

extension AttachmentShelf.Failure {
    fileprivate static var now: Self { errno == ENOSPC || errno == EDQUOT ? .diskFull : .disk(errno) }
}

/// A file that comes in piece by piece. Used by one task at a time; what is not finished is deleted.
public final class IncomingAttachment: @unchecked Sendable {
    private let id: AttachmentID
    private let root: String
    private let descriptor: Int32
    private var hash = SHA256()
    private var head: [UInt8] = []
    private var sizeBytes = 0
    private var isFinished = false

    private var temporary: String { "\(root)/incoming/\(id).part" }

    fileprivate init(_ id: AttachmentID, root: String) throws(AttachmentShelf.Failure) {
        self.id = id
        self.root = root
        descriptor = open("\(root)/incoming/\(id).part", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .now }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink("\(root)/incoming/\(id).part") }
    }

    public func write(_ bytes: [UInt8]) throws(AttachmentShelf.Failure) {
        let count = bytes.count
        guard sizeBytes + count <= AttachmentShelf.largestBytes else { throw .tooLarge }
        if head.count < AttachmentType.neededBytes { head += bytes.prefix(AttachmentType.neededBytes - head.count) }
        // What is nothing that is taken in need not come whole.
        if head.count == AttachmentType.neededBytes, AttachmentType(head: head) == nil { throw .unknownType }
        let failure = bytes.withUnsafeBytes { raw -> AttachmentShelf.Failure? in
            hash.update(bufferPointer: raw)
            var written = 0
            while written < raw.count {
                let count = Glibc.write(descriptor, raw.baseAddress! + written, raw.count - written)
                if count < 0 {
                    if errno == EINTR { continue }
                    return .now
                }
                written += count
            }
            return nil
        }
        if let failure { throw failure }
        sizeBytes += count
    }

    /// Gives the file its place: it is on the disk when this returns.
    /// - Parameter name: As the sender's machine called it.
    public func finish(_ name: String, of caseID: CaseID, at time: UTCTime) throws(AttachmentShelf.Failure)
        -> AttachmentFile
    {
        let kept = try finish(name, at: time)
        return AttachmentFile(
            kept.attachment, of: caseID, name: kept.name, mediaType: kept.mediaType, sizeBytes: kept.sizeBytes,
            path: kept.path)
    }

    /// As ``finish(_:of:at:)``, for a picture of an inspection; signatures are PNG.
    public func finish(
        _ name: String, as file: InspectionFileID, of inspection: SpotInspectionID, _ kind: InspectionFile.Kind,
        by person: PersonID, at time: UTCTime
    ) throws(AttachmentShelf.Failure) -> InspectionFile {
        let known = AttachmentType(head: head)
        guard sizeBytes == 0 || (kind == .photo ? known?.kind == .photo : known == .png) else { throw .unknownType }
        let (type, sha256, path) = try settle(at: time)
        return InspectionFile(
            file, of: inspection, kind, name: Self.checked(name, type), mediaType: type.rawValue, sizeBytes: sizeBytes,
            sha256: sha256, path: path, by: person)
    }

    /// The same for a file that belongs to a school.
    public func finish(_ name: String, of school: SchoolID, isPersonal: Bool, at time: UTCTime)
        throws(AttachmentShelf.Failure) -> SchoolFile
    {
        let (type, sha256, path) = try settle(at: time)
        return SchoolFile(
            id: SchoolFileID(id.uuid), school: school, isPersonal: isPersonal, name: Self.checked(name, type),
            mediaType: type.rawValue, sizeBytes: sizeBytes, sha256: sha256, path: path)
    }

    /// The same, of no case.
    public func finish(_ name: String, at time: UTCTime) throws(AttachmentShelf.Failure) -> KeptFile {
        let (type, sha256, path) = try settle(at: time)
        return KeptFile(
            Attachment(id: id, kind: type.kind, sha256: sha256), name: Self.checked(name, type),
            mediaType: type.rawValue, sizeBytes: sizeBytes, path: path)
    }

    private func settle(
        at time: UTCTime
    ) throws(AttachmentShelf.Failure) -> (type: AttachmentType, sha256: String, path: String) {
        guard sizeBytes > 0 else { throw .empty }
        guard let type = AttachmentType(head: head) else { throw .unknownType }
        guard fsync(descriptor) == 0 else { throw .now }
        let day = TerritoryZone(name: "UTC", offsetMinutes: 0).civil(time)
        let folder = "\(day.date.prefix(7))"
        try AttachmentShelf.make("\(root)/\(folder)")
        let path = "\(folder)/\(id).\(type.fileExtension)"
        guard rename(temporary, "\(root)/\(path)") == 0 else { throw .now }
        isFinished = true
        let directory = open("\(root)/\(folder)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
        return (type, Array(hash.finalize()).hexadecimal, path)
    }

    /// The last step of whatever the browser sent, without what could end a header or leave a folder.
    private static func checked(_ name: String, _ type: AttachmentType) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.filter { character in
            !character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\"" }
        }
        let text = String(kept.unicodeScalars.prefix(160).map(Character.init))
        return text.isEmpty ? "file.\(type.fileExtension)" : text
    }
}
