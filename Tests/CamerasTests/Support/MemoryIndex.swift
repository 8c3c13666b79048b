import Cameras
import Domain
import Synchronization

/// A recording index in memory.
final class MemoryIndex: RecordingIndex {
    struct State {
        var files: [String: RecordedFile] = [:]
        var closed: Set<String> = []
        var segments: [RecordedSegment] = []
        var gaps: [RecordingGap] = []
        var protected: [ProtectedSpan] = []
        var forgotten: [(path: String, reason: RemovalReason)] = []
        var failsWith: (any Error)?
    }

    let state = Mutex(State())

    func record(_ changes: [RecordingChange]) async throws {
        try state.withLock { state in
            if let error = state.failsWith { throw error }
            for change in changes {
                switch change {
                case .opened(let file): state.files[file.path] = file
                case .segment(let segment):
                    state.segments.append(segment)
                    state.files[segment.path]?.sizeBytes = segment.offset + Int64(segment.length)
                    if let start = state.files[segment.path]?.start {
                        state.files[segment.path]?.duration = segment.start + segment.duration - start
                    }
                case .gap(let gap): state.gaps.append(gap)
                case .closed(_, let path, let size):
                    state.files[path]?.sizeBytes = size
                    state.closed.insert(path)
                }
            }
        }
    }

    func lastEnd(of camera: CameraID) async throws -> UTCTime? {
        state.withLock { $0.files.values.filter { $0.camera == camera }.map(\.span.end).max() }
    }

    func unclosedFiles() async throws -> [RecordedFile] {
        state.withLock { state in state.files.values.filter { !state.closed.contains($0.path) } }
    }

    func file(at path: String) async throws -> RecordedFile? { state.withLock { $0.files[path] } }

    func files(of camera: CameraID, after path: String?, limit: Int) async throws -> [RecordedFile] {
        state.withLock { state in
            Array(
                state.files.values.filter { $0.camera == camera && $0.path > path ?? "" }.sorted { $0.path < $1.path }
                    .prefix(limit))
        }
    }

    func camerasWithFootage() async throws -> [CameraID] {
        state.withLock { Set($0.files.values.map(\.camera)).sorted() }
    }

    func segments(ofFile path: String) async throws -> [RecordedSegment] {
        state.withLock { $0.segments.filter { $0.path == path }.sorted { $0.offset < $1.offset } }
    }

    func replace(_ file: RecordedFile, segments: [RecordedSegment]) async throws {
        state.withLock { state in
            state.segments.removeAll { $0.path == file.path }
            state.segments += segments
            state.files[file.path] = file
            state.closed.insert(file.path)
        }
    }

    func removableFiles(of camera: CameraID?, endingBefore: UTCTime?, limit: Int) async throws -> [RecordedFile] {
        state.withLock { state in
            Array(
                state.files.values.filter { file in
                    state.closed.contains(file.path) && (camera == nil || file.camera == camera)
                        && (endingBefore == nil || file.span.end < endingBefore!)
                        && !state.protected.contains { $0.camera == file.camera && $0.span.overlaps(file.span) }
                }
                .sorted { $0.start < $1.start }.prefix(limit))
        }
    }

    func totalBytes() async throws -> Int64 { state.withLock { $0.files.values.reduce(0) { $0 + $1.sizeBytes } } }

    func forget(_ files: [RecordedFile], because reason: RemovalReason) async throws {
        state.withLock { state in
            for file in files {
                state.files[file.path] = nil
                state.segments.removeAll { $0.path == file.path }
                state.forgotten.append((file.path, reason))
            }
        }
    }
}
