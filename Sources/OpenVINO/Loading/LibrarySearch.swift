import Glibc

/// Where the library is looked for.
///
/// Somebody who names a place gets that one or an error; only when nobody does, the usual places are tried in turn:
/// beside the program, in the build folder above it, in the system's.
public struct LibrarySearch: Sendable, Hashable {
    /// Environment variable that names the library's file or its folder.
    public static let environmentName = "MINGCHU_OPENVINO"
    static let fileName = "libopenvino_c.so"

    /// Paths of files, in the order of trial; one without a slash is the system's affair.
    let candidates: [String]

    /// - Parameters:
    ///   - place: The library's file or folder, from a setting; goes before the environment.
    ///   - executable: Path of the running program.
    public init(place: String? = nil, environment: String? = Self.environment, executable: String? = Self.executable) {
        if let named = place ?? environment {
            candidates = [Self.file(in: named) ?? named]
            return
        }
        var found: [String] = []
        if let executable {
            var folder = Self.parent(of: executable)
            found.append(Self.parent(of: folder) + "/lib/mingchu/openvino")
            while !folder.isEmpty {
                found.append(folder + "/.build/openvino/openvino/libs")
                folder = Self.parent(of: folder)
            }
        }
        candidates = found.compactMap(Self.file(in:)) + [Self.fileName]
    }

    /// What the environment says, nil when nothing.
    public static var environment: String? {
        getenv(environmentName).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The running program's own file.
    public static var executable: String? {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = path.withUnsafeMutableBytes { buffer in
            readlink("/proc/self/exe", buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        return count > 0 ? String(decoding: path[..<count], as: UTF8.self) : nil
    }

    /// The library in a folder, under its plain name or one with a version behind it; nil when there is none.
    private static func file(in folder: String) -> String? {
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == fileName || name.hasPrefix(fileName + ".") { names.append(name) }
        }
        return names.min().map { folder + "/" + $0 }
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
