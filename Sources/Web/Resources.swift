import Foundation

/// The files that come with the program: templates, strings, style sheets, scripts. Read once, at start-up.
struct Resources: Sendable {
    /// By path below the folder, with `/`.
    let files: [String: [UInt8]]

    /// A file that must be there is missing: the installation is damaged.
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "the program's own file \(path) is missing" }
    }

    static func bundled() throws -> Resources {
        try Resources(folder: Bundle.module.bundlePath + "/Resources")
    }

    init(folder: String) throws {
        let manager = FileManager.default
        guard let paths = manager.subpaths(atPath: folder) else { throw Missing(path: folder) }
        var files: [String: [UInt8]] = [:]
        for path in paths {
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[path] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
        }
        self.files = files
    }

    func bytes(_ path: String) throws -> [UInt8] {
        guard let bytes = files[path] else { throw Missing(path: path) }
        return bytes
    }
}
