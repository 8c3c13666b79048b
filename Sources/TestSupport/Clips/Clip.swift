import Foundation

/// A video clip, made by ffmpeg the first time somebody asks for its ``path()`` and kept after that.
public struct Clip: Hashable, Sendable {
    /// Without folder; the ending says the container.
    public let name: String
    /// What ffmpeg is told, without the output file's name; more than one part for raw streams, which are appended.
    let parts: [[String]]

    init(_ name: String, _ recipe: [String]) { self.init(name, parts: [recipe]) }

    init(_ name: String, parts: [[String]]) {
        self.name = name
        self.parts = parts
    }

    /// The clip as a file: in the folder that MINGCHU_CLIPS names, else in `.build/clips` of the package that is being
    /// tested. Processes that ask for the same clip at the same time make it once.
    public func path() async throws -> String {
        let path = Self.folder + "/" + fileName
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        let lock = open(Self.folder + "/.lock-" + fileName, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        defer { close(lock) }
        return try await eventually("\(name) is made", within: .seconds(600), every: .milliseconds(50)) {
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return nil }
            if !FileManager.default.fileExists(atPath: path) { try await make(path) }
            return path
        }
    }

    private func make(_ path: String) async throws {
        let unfinished = Self.folder + "/unfinished-\(getpid())-" + fileName
        let part = Self.folder + "/part-\(getpid())-" + fileName
        defer { for leftover in [unfinished, part] { unlink(leftover) } }
        var bytes = Data()
        for recipe in parts {
            let command = ["ffmpeg", "-nostdin", "-v", "error", "-y"] + recipe + [part]
            let made = try await ChildProcess.run(command, within: .seconds(600))
            guard made.ending.isSuccess else {
                throw CannotMake(name: name, command: command.joined(separator: " "), message: made.errors)
            }
            bytes += try Data(contentsOf: URL(fileURLWithPath: part))
        }
        try bytes.write(to: URL(fileURLWithPath: unfinished))
        guard rename(unfinished, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    public struct CannotMake: Error, CustomStringConvertible {
        public let name: String
        public let command: String
        public let message: String

        public var description: String { "\(name): \(message)\n\(command)" }
    }

    /// A new recipe is a new file.
    private var fileName: String {
        var hash: UInt32 = 0x811C_9DC5  // FNV-1a
        for byte in parts.joined().joined(separator: " ").utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let parts = name.split(separator: ".", maxSplits: 1)
        return "\(parts[0])-\(String(hash, radix: 16)).\(parts[1])"
    }

    private static let folder: String = {
        if let chosen = ProcessInfo.processInfo.environment["MINGCHU_CLIPS"] { return chosen }
        let here = FileManager.default.currentDirectoryPath
        let isPackage = FileManager.default.fileExists(atPath: here + "/Package.swift")
        return isPackage ? here + "/.build/clips" : NSTemporaryDirectory() + "mingchu-clips"
    }()
}
