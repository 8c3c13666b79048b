public import Domain
import NIOPosix

/// Compares index, files and hashes, and says what differs.
public struct FootageCheck: Sendable {
    public enum Finding: Hashable, Sendable, CustomStringConvertible {
        case fileMissing(String)
        case fileUnknown(String)
        case unreadable(String, reason: String)
        /// The file's bytes are not those that were recorded.
        case hashDiffers(String, start: UTCTime)
        case segmentMissing(String, start: UTCTime)
        case segmentUnknown(String, start: UTCTime)
        /// Bytes at its end that belong to no whole fragment.
        case torn(String, bytes: Int64)
        case rowDiffers(String, what: String)

        public var description: String {
            switch self {
            case .fileMissing(let path): "\(path): in the index, not on the disk"
            case .fileUnknown(let path): "\(path): on the disk, not in the index"
            case .unreadable(let path, let reason): "\(path): can't be read: \(reason)"
            case .hashDiffers(let path, let start): "\(path): bytes of \(at(start)) are not what was recorded"
            case .segmentMissing(let path, let start): "\(path): the segment of \(at(start)) is in the index only"
            case .segmentUnknown(let path, let start): "\(path): the segment of \(at(start)) is not in the index"
            case .torn(let path, let bytes): "\(path): \(bytes) bytes at its end are no whole fragment"
            case .rowDiffers(let path, let what): "\(path): the index has another \(what)"
            }
        }

        private func at(_ time: UTCTime) -> String { TerritoryZone.shanghai.iso8601(time) }

        var path: String {
            switch self {
            case .fileMissing(let path), .fileUnknown(let path), .unreadable(let path, _), .hashDiffers(let path, _),
                .segmentMissing(let path, _), .segmentUnknown(let path, _), .torn(let path, _),
                .rowDiffers(let path, _):
                path
            }
        }

        /// Whether rebuilding the index mends it. A wrong hash is not mended: it is evidence.
        var isMendable: Bool {
            switch self {
            case .fileMissing, .fileUnknown, .segmentMissing, .segmentUnknown, .torn, .rowDiffers: true
            case .unreadable, .hashDiffers: false
            }
        }
    }

    public struct Report: Hashable, Sendable {
        public var files = 0
        public var segments = 0
        public var bytes: Int64 = 0
        public var findings: [Finding] = []
        public var mended = 0
    }

    private let root: String
    private let index: any RecordingIndex

    public init(settings: RecorderSettings, index: any RecordingIndex) {
        root = settings.root
        self.index = index
    }

    /// Files that are being written while the check runs are left to the recorder.
    ///
    /// - Parameters:
    ///   - repair: rebuild the index from the files where they differ; torn ends are cut.
    ///   - progress: called with the number of files done and their bytes.
    public func run(
        repair: Bool = false, progress: @Sendable (Int, Int64) -> Void = { _, _ in }
    ) async throws -> Report {
        var report = Report()
        let root = root
        let open = Set(try await index.unclosedFiles().map(\.path))
        let folder = FootageFolder(root: root)
        let onDisk = try await NIOThreadPool.singleton.runIfActive { folder.cameras() }
        let cameras = Set(onDisk).union(try await index.camerasWithFootage()).sorted()
        for camera in cameras {
            let files = try await NIOThreadPool.singleton.runIfActive {
                folder.dates(of: camera).flatMap { folder.files(of: camera, date: $0) }
            }
            var missing: [String: RecordedFile] = [:]
            var page = try await index.files(of: camera, after: nil, limit: 1000)
            while let last = page.last {
                for row in page { missing[row.path] = row }
                page = try await index.files(of: camera, after: last.path, limit: 1000)
            }
            for path in files {
                try Task.checkCancellation()
                let row = missing.removeValue(forKey: path)
                if open.contains(path) && !repair { continue }
                try await check(path, row: row, repair: repair, into: &report)
                progress(report.files, report.bytes)
            }
            for row in missing.values.sorted(by: { $0.path < $1.path }) {
                report.findings.append(.fileMissing(row.path))
                if repair {
                    try await index.forget([row], because: .missing)
                    report.mended += 1
                }
            }
        }
        if !repair { report.findings = try await lookAgain(at: report.findings) }
        return report
    }

    /// The recorder's rows follow its files by a second or two: what differs is looked at again after that, and what
    /// turns out to be written right now is left to the recorder.
    private func lookAgain(at findings: [Finding]) async throws -> [Finding] {
        guard !findings.isEmpty else { return [] }
        try await Task.sleep(for: .milliseconds(2500))
        let open = Set(try await index.unclosedFiles().map(\.path))
        var again = Report()
        for path in Set(findings.map(\.path)).subtracting(open).sorted() {
            let full = root + "/" + path
            let row = try await index.file(at: path)
            let isThere = try await NIOThreadPool.singleton.runIfActive { (try? DiskFile.open(full)) != nil }
            if isThere {
                try await check(path, row: row, repair: false, into: &again)
            } else if row != nil {
                again.findings.append(.fileMissing(path))
            }
        }
        return again.findings
    }

    private func check(_ path: String, row: RecordedFile?, repair: Bool, into report: inout Report) async throws {
        report.files += 1
        let found: FootageFile
        do {
            let root = root
            found = try await NIOThreadPool.singleton.runIfActive { try FootageFile.read(path, root: root) }
        } catch {
            report.findings.append(.unreadable(path, reason: "\(error)"))
            return
        }
        report.segments += found.segments.count
        report.bytes += found.sizeBytes
        let rows = try await index.segments(ofFile: path)
        let findings = Self.compare(found, row: row, rows: rows)
        report.findings += findings
        guard repair, !findings.isEmpty, findings.allSatisfy(\.isMendable) else { return }
        if found.isTorn {
            let full = root + "/" + path
            try await NIOThreadPool.singleton.runIfActive {
                try DiskFile.open(full, writing: true).truncate(to: found.validBytes)
            }
        }
        try await index.replace(found.file, segments: found.segments)
        report.mended += findings.count
    }

    static func compare(_ found: FootageFile, row: RecordedFile?, rows: [RecordedSegment]) -> [Finding] {
        let path = found.file.path
        guard let row else { return [.fileUnknown(path)] }
        var findings: [Finding] = []
        if found.isTorn { findings.append(.torn(path, bytes: found.sizeBytes - found.validBytes)) }
        if row.camera != found.file.camera { findings.append(.rowDiffers(path, what: "camera")) }
        if row.start != found.file.start { findings.append(.rowDiffers(path, what: "start")) }
        if row.sizeBytes != found.sizeBytes { findings.append(.rowDiffers(path, what: "size")) }
        let onDisk = Dictionary(uniqueKeysWithValues: found.segments.map { ($0.offset, $0) })
        var seen: Set<Int64> = []
        for segment in rows {
            seen.insert(segment.offset)
            guard let actual = onDisk[segment.offset] else {
                // Bytes that are there and can't be read any more were changed; they are not cut off as a torn end.
                let isThere = segment.offset + Int64(segment.length) <= found.sizeBytes
                findings.append(
                    isThere ? .hashDiffers(path, start: segment.start) : .segmentMissing(path, start: segment.start))
                continue
            }
            if actual.sha256 != segment.sha256 || actual.length != segment.length {
                findings.append(.hashDiffers(path, start: segment.start))
            }
        }
        for segment in found.segments where !seen.contains(segment.offset) {
            findings.append(.segmentUnknown(path, start: segment.start))
        }
        return findings
    }
}
