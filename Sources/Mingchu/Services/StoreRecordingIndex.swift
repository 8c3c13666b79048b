import Cameras
import Domain
import Store

/// The recorder's index in the database.
struct StoreRecordingIndex: RecordingIndex {
    let footage: FootageIndex
    let time: TimeSource

    func record(_ changes: [RecordingChange]) async throws { try await footage.record(changes) }

    func lastEnd(of camera: CameraID) async throws -> UTCTime? { try await footage.lastEnd(of: camera) }

    func unclosedFiles() async throws -> [RecordedFile] { try await footage.unclosedFiles() }

    func file(at path: String) async throws -> RecordedFile? { try await footage.file(at: path) }

    func files(of camera: CameraID, after path: String?, limit: Int) async throws -> [RecordedFile] {
        try await footage.allFiles(of: camera, after: path ?? "", limit: limit)
    }

    func camerasWithFootage() async throws -> [CameraID] { try await footage.camerasWithFootage() }

    func segments(ofFile path: String) async throws -> [RecordedSegment] { try await footage.segments(ofFile: path) }

    func replace(_ file: RecordedFile, segments: [RecordedSegment]) async throws {
        try await footage.replaceFile(file, segments: segments, by: .node, at: time.now())
    }

    func removableFiles(of camera: CameraID?, endingBefore: UTCTime?, limit: Int) async throws -> [RecordedFile] {
        guard let camera, let endingBefore else { return try await footage.oldestDeletableFiles(limit: limit) }
        return try await footage.deletableFiles(of: camera, endedBefore: endingBefore, limit: limit)
    }

    func totalBytes() async throws -> Int64 { try await footage.totalBytes() }

    func forget(_ files: [RecordedFile], because reason: RemovalReason) async throws {
        let deletion: DeletionReason =
            switch reason {
            case .age: .age
            case .room: .budget
            case .missing: .missing
            case .unreadable: .unreadable
            }
        try await footage.removeFiles(files.map(\.path), because: deletion, at: time.now())
    }
}
