import Crypto
import Domain
import Foundation
import NIOPosix

/// The evidence of captures on disk: `<root>/<camera>/<date>/<capture>/<kind>.<jpg|mp4>`, readable without the program, and
/// beside it the blind sample of the day: `<root>/<camera>/<date>/sample/<code>.jpg`.
struct EvidenceFolder: Sendable {
    let root: String
    let zone: TerritoryZone

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Writes a file in one piece: it is there as a whole, on the disk, or not at all.
    func write(_ kind: EvidenceFile.Kind, of capture: Capture, _ bytes: [UInt8]) throws -> EvidenceFile {
        try write(kind, of: capture) { try $0.write(contentsOf: bytes) }
    }

    /// The same for what comes in pieces.
    func write(
        _ kind: EvidenceFile.Kind, of capture: Capture, _ fill: (FileHandle) throws -> Void
    ) throws -> EvidenceFile {
        let file = try begin(kind, of: capture)
        do {
            try fill(file.handle)
            return try finish(file)
        } catch {
            abandon(file)
            throw error
        }
    }

    /// A file that is being written under another name.
    struct Unfinished {
        let kind: EvidenceFile.Kind
        let path: String
        let temporary: String
        let handle: FileHandle
    }

    func begin(_ kind: EvidenceFile.Kind, of capture: Capture) throws -> Unfinished {
        try begin(kind, at: path(kind, of: capture))
    }

    func begin(_ kind: EvidenceFile.Kind, at path: String) throws -> Unfinished {
        let full = root + "/" + path
        try FileManager.default.createDirectory(
            atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o750])
        let temporary = full + ".part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw Failure(description: "can't write \(temporary): \(String(cString: strerror(errno)))")
        }
        return Unfinished(
            kind: kind, path: path, temporary: temporary,
            handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    /// Forces it to the disk, gives it its name, and tells its hash.
    func finish(_ file: Unfinished) throws -> EvidenceFile {
        try file.handle.synchronize()
        try file.handle.close()
        let full = root + "/" + file.path
        guard rename(file.temporary, full) == 0 else {
            throw Failure(description: "can't name \(full): \(String(cString: strerror(errno)))")
        }
        return try describe(file.kind, path: file.path)
    }

    func abandon(_ file: Unfinished) {
        try? file.handle.close()
        unlink(file.temporary)
    }

    /// Whether there is a file where the records say; one that points out of the folder is none of it.
    func holds(_ file: EvidenceFile) -> Bool {
        file.staysBelow && FileManager.default.fileExists(atPath: root + "/" + file.path)
    }

    /// Whether evidence that is about to be shown is what was kept; false when it is gone. Reads the whole file, a few
    /// milliseconds for a clip.
    func isIntact(_ file: EvidenceFile) async -> Bool {
        let proved = try? await NIOThreadPool.singleton.runIfActive {
            try holds(file) && describe(file.kind, path: file.path) == file
        }
        return proved ?? false
    }

    /// What lies there under a path: size and hash, read back from the disk.
    func describe(_ kind: EvidenceFile.Kind, path: String) throws -> EvidenceFile {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: root + "/" + path))
        defer { try? handle.close() }
        var hash = SHA256()
        var size: Int64 = 0
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            hash.update(data: chunk)
            size += Int64(chunk.count)
        }
        return EvidenceFile(kind: kind, path: path, sizeBytes: size, sha256: Array(hash.finalize()))
    }

    private func path(_ kind: EvidenceFile.Kind, of capture: Capture) -> String {
        let name = kind == .clip ? "clip.mp4" : "\(kind.rawValue).jpg"
        return "\(capture.camera)/\(zone.civil(capture.metAt).date)/\(capture.id)/\(name)"
    }
}
