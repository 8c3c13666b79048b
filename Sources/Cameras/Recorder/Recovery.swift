import Domain
public import Logging
import NIOPosix

/// After a kill or a power cut: what was being written is indexed as far as it is whole, the torn end is cut off.
/// Nothing else is touched.
public struct Recovery: Sendable {
    private let root: String
    private let zone: TerritoryZone
    private let index: any RecordingIndex
    private let log: Logger

    public init(settings: RecorderSettings, index: any RecordingIndex, log: Logger) {
        root = settings.root
        zone = settings.zone
        self.index = index
        self.log = log
    }

    /// Run before the recorder starts.
    ///
    /// - Returns: how many files were mended.
    @discardableResult
    public func run() async throws -> Int {
        var paths = Set(try await index.unclosedFiles().map(\.path))
        paths.formUnion(try await unknownFiles())
        for path in paths.sorted() {
            try Task.checkCancellation()
            try await mend(path)
        }
        return paths.count
    }

    /// A file can be on disk whose row was not yet written: only in the newest two days' folders of each camera,
    /// because rows follow within seconds.
    private func unknownFiles() async throws -> [String] {
        let root = root
        let candidates = try await NIOThreadPool.singleton.runIfActive {
            let folder = FootageFolder(root: root)
            return folder.cameras().flatMap { camera in
                folder.dates(of: camera).suffix(2).flatMap { folder.files(of: camera, date: $0).suffix(3) }
            }
        }
        var unknown: [String] = []
        for path in candidates where FootageFolder.isPath(path) {
            if try await index.file(at: path) == nil { unknown.append(path) }
        }
        return unknown
    }

    private func mend(_ path: String) async throws {
        let root = root
        // What the index knows was whole once: bytes up to there are never cut, even if they can't be read now.
        let known = try await index.segments(ofFile: path).map { $0.offset + Int64($0.length) }.max() ?? 0
        let found: FootageFile?
        do {
            found = try await NIOThreadPool.singleton.runIfActive {
                let found = try FootageFile.read(path, root: root)
                if found.isTorn && found.validBytes >= min(known, found.sizeBytes) {
                    let disk = try DiskFile.open(root + "/" + path, writing: true)
                    try disk.truncate(to: found.validBytes)
                    try disk.flush()
                }
                return found
            }
        } catch {
            found = nil
            log.warning("a recording can't be read", metadata: ["file": "\(path)", "error": "\(error)"])
        }
        if let found, found.validBytes < min(known, found.sizeBytes) {
            log.error("a recording was damaged before its end: left as it is", metadata: ["file": "\(path)"])
            return
        }
        guard let found, !found.segments.isEmpty else {
            // Killed before its first fragment: nothing was in it.
            try await NIOThreadPool.singleton.runIfActive { try setAside(path, root: root) }
            if let row = try await index.file(at: path) { try await index.forget([row], because: .unreadable) }
            return
        }
        try await index.replace(found.file, segments: found.segments)
        log.notice(
            "a recording was mended",
            metadata: [
                "file": "\(path)", "seconds": "\(found.file.duration.inSeconds)",
                "cut": "\(found.sizeBytes - found.validBytes)",
            ])
    }
}

/// An empty file is removed; one with bytes that nobody can read is kept beside, under a name that isn't `.mp4`.
private func setAside(_ path: String, root: String) throws {
    let full = root + "/" + path
    guard let size = try? DiskFile.open(full).size() else { return }
    if size < 4096 {
        try DiskFile.remove(full)
    } else {
        try DiskFile.rename(full, to: full + ".unreadable")
    }
}
