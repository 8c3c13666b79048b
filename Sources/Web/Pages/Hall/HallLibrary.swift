import Glibc

/// Leaflet, where the system keeps it: nothing of it is part of the program. Blocks on the disk: not for Swift's pool.
struct HallLibrary: Sendable {
    private static let files: Set<String> = [
        "leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png", "images/marker-icon.png",
        "images/marker-icon-2x.png", "images/marker-shadow.png",
    ]
    /// The largest of its files has half of that.
    private static let mostBytes = 1 << 20

    let folder: String

    var isThere: Bool { access(folder + "/leaflet.js", R_OK) == 0 }

    /// nil for what isn't there, and for everything that the map doesn't need.
    func bytes(of name: String) -> [UInt8]? {
        guard Self.files.contains(name), let file = fopen(folder + "/" + name, "rb") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: Self.mostBytes)
        return Array(buffer[..<fread(&buffer, 1, buffer.count, file)])
    }
}
