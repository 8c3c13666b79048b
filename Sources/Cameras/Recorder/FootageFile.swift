import Bitstream
import Crypto
import Domain
import ISOBMFF

/// A recording file read back from the disk, with no help of the index.
struct FootageFile {
    let file: RecordedFile
    let segments: [RecordedSegment]
    /// Bytes of whole fragments (and trailer); what is behind them is torn.
    let validBytes: Int64
    let sizeBytes: Int64

    var isTorn: Bool { validBytes < sizeBytes }

    /// Scans and hashes a file. Blocks: call it off Swift's pool.
    ///
    /// - Parameter path: below the root, `<camera>/<date>/<HH-MM-SS>.mp4`.
    /// - Throws: ``DiskError``, `ISOBMFFError` when not even its beginning can be read.
    static func read(_ path: String, root: String) throws -> FootageFile {
        let disk = try DiskFile.open(root + "/" + path)
        let size = try disk.size()
        let scan = try FragmentedFile.scan(size: size) { offset, count in try disk.read(at: offset, count: count) }
        guard let description = scan.description, let camera = CameraID(description.camera) else {
            throw FootageFileError.notOurs
        }
        let start = UTCTime(milliseconds: description.startMilliseconds)
        var segments: [RecordedSegment] = []
        var run: [FragmentedFile.Fragment] = []
        func endRun() throws {
            guard let first = run.first, let last = run.last else { return }
            var hash = SHA256()
            for fragment in run {
                let bytes = try disk.read(at: fragment.offset, count: fragment.length)
                bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
            }
            segments.append(
                RecordedSegment(
                    camera: camera, path: path, start: start + first.decodeTime.duration,
                    duration: (last.decodeTime + last.duration - first.decodeTime).duration, offset: first.offset,
                    length: Int(last.offset + Int64(last.length) - first.offset), sha256: Array(hash.finalize())))
            run = []
        }
        // The same rule as in FileWriter, so that the segments of a file that was never cut come out the same.
        for fragment in scan.fragments {
            if fragment.isIndependent, let first = run.first,
                (fragment.decodeTime - first.decodeTime).duration >= RecorderSettings.segmentDuration
            {
                try endRun()
            }
            run.append(fragment)
        }
        try endRun()
        let end = scan.fragments.last.map { ($0.decodeTime + $0.duration).duration } ?? .zero
        return FootageFile(
            file: RecordedFile(
                camera: camera, path: path, start: start, duration: end, sizeBytes: scan.validLength,
                initBytes: scan.initializationLength, codecs: scan.format.codecs,
                width: scan.format.picture.width, height: scan.format.picture.height),
            segments: segments, validBytes: scan.validLength, sizeBytes: size)
    }
}

enum FootageFileError: Error, Hashable, CustomStringConvertible {
    case notOurs

    var description: String { "it doesn't say which camera it belongs to" }
}
