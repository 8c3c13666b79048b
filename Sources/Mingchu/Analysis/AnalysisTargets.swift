import FFmpeg
import Foundation

/// What somebody wants analysed: files, sorted into pictures and videos, or the address of a stream.
struct AnalysisTargets {
    private(set) var pictures: [String] = []
    /// Files and addresses.
    private(set) var videos: [String] = []

    private static let videoEndings: Set<String> = [
        "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "mts", "m2ts", "mpg", "mpeg", "flv", "h264", "264", "h265",
        "265",
        "hevc", "dav", "3gp", "asf", "wmv",
    ]
    private static let pictureEndings: Set<String> = ["jpg", "jpeg", "png", "bmp", "webp"]

    /// - Throws: when there is nothing of that name.
    init(_ place: String) throws(Missing) {
        if place.contains("://") {
            videos = [place]
            return
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            throw Missing(description: "there is no file or folder \(place)")
        }
        guard isFolder.boolValue else {
            add(place, named: true)
            return
        }
        let names = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
        for name in names.sorted() { add(place + "/" + name, named: false) }
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter named: Somebody named this very file: it is tried, whatever it is called.
    private mutating func add(_ path: String, named: Bool) {
        let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { return }
        if StillPicture.isOne(path: path) || Self.pictureEndings.contains(ending) {
            pictures.append(path)
        } else if named || Self.videoEndings.contains(ending) {
            videos.append(path)
        }
    }
}
