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
        guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Resources") else {
            throw Missing(path: "Resources")
        }
        return try Resources(folder: folder.path)
    }

    init(folder: String) throws {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { throw Missing(path: folder) }
        var files: [String: [UInt8]] = [:]
        for case let path as String in walk where walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
            files[path] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
        }
        self.files = files
    }

    func bytes(_ path: String) throws -> [UInt8] {
        guard let bytes = files[path] else { throw Missing(path: path) }
        return bytes
    }
}
