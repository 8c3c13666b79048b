import Domain
import Foundation

/// The pictures of the blind sample, in a folder of their own for each camera and day.
extension EvidenceFolder {
    /// As a whole, on the disk, or not at all.
    func write(_ code: FrameCode, of camera: CameraID, on day: Day, _ jpeg: [UInt8]) throws -> EvidenceFile {
        let file = try begin(.first, at: "\(samplePath(camera, day))/\(code).jpg")
        do {
            try file.handle.write(contentsOf: jpeg)
            return try finish(file)
        } catch {
            abandon(file)
            throw error
        }
    }

    /// A file that is gone already is no fault.
    func delete(_ file: EvidenceFile) throws {
        guard file.staysBelow else { throw Failure(description: "\(file.path) leads out of the folder of evidence") }
        let full = root + "/" + file.path
        guard unlink(full) == 0 || errno == ENOENT else {
            throw Failure(description: "can't delete \(full): \(String(cString: strerror(errno)))")
        }
        // These refuse what is not empty: captures of the day lie beside.
        let folder = (full as NSString).deletingLastPathComponent
        rmdir(folder)
        rmdir((folder as NSString).deletingLastPathComponent)
    }

    /// Deletes whatever a power cut has left of a day's sample that the records don't know.
    func tidySample(of camera: CameraID, on day: Day, but kept: [EvidenceFile]) {
        let path = samplePath(camera, day)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + path)) ?? []
        let known = Set(kept.map(\.path))
        for name in names where !known.contains("\(path)/\(name)") { unlink("\(root)/\(path)/\(name)") }
    }

    private func samplePath(_ camera: CameraID, _ day: Day) -> String { "\(camera)/\(day)/sample" }
}
