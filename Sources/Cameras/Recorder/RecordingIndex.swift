public import Domain

/// Where the recorder keeps what it has written; the program puts the database behind it, tests a list.
public protocol RecordingIndex: Sendable {
    /// Enters changes in their order, all or none.
    func record(_ changes: [RecordingChange]) async throws
    /// Where a camera's newest footage ends.
    func lastEnd(of camera: CameraID) async throws -> UTCTime?
    /// Files that were being written when the program ended.
    func unclosedFiles() async throws -> [RecordedFile]
    func file(at path: String) async throws -> RecordedFile?
    /// Whole lists, in order of time, in pages: `after` is the last path of the page before.
    func files(of camera: CameraID, after path: String?, limit: Int) async throws -> [RecordedFile]
    func camerasWithFootage() async throws -> [CameraID]
    func segments(ofFile path: String) async throws -> [RecordedSegment]
    /// Puts a file and its segments in the place of whatever the index says about that path, closed.
    func replace(_ file: RecordedFile, segments: [RecordedSegment]) async throws
    /// Oldest first, closed ones only, none that a protected span touches.
    func removableFiles(of camera: CameraID?, endingBefore: UTCTime?, limit: Int) async throws -> [RecordedFile]
    func totalBytes() async throws -> Int64
    /// Takes deleted files out of the index; the ledger keeps their hashes.
    func forget(_ files: [RecordedFile], because reason: RemovalReason) async throws
}

/// Why a file left the index.
public enum RemovalReason: Sendable, Hashable {
    /// Its days were over.
    case age
    /// The oldest, when room was needed.
    case room
    /// It is not on the disk.
    case missing
    /// There was nothing in it that could be played.
    case unreadable
}
