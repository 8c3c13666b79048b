import Domain
import Glibc

/// The recording folder as it is on disk: `<camera>/<date>/<HH-MM-SS>.mp4`.
struct FootageFolder {
    let root: String

    /// Cameras that have a folder, in order.
    func cameras() -> [CameraID] { names(in: root).compactMap { CameraID($0) }.sorted() }

    /// Days for which a camera has a folder, oldest first.
    func dates(of camera: CameraID) -> [String] {
        names(in: "\(root)/\(camera)").filter { Domain.CivilTime(date: $0) != nil }.sorted()
    }

    /// Paths below the root of a day's files, by name.
    func files(of camera: CameraID, date: String) -> [String] {
        names(in: "\(root)/\(camera)/\(date)").filter { $0.hasSuffix(".mp4") }.sorted().map {
            "\(camera)/\(date)/\($0)"
        }
    }

    /// Whether a path has the form that the recorder gives, and so can't lead anywhere else.
    static func isPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, CameraID(String(parts[0])) != nil, Domain.CivilTime(date: String(parts[1])) != nil,
            parts[2].hasSuffix(".mp4")
        else { return false }
        return parts[2].dropLast(4).utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
