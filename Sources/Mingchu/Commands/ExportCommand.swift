import ArgumentParser
import Cameras
import Domain
import Foundation
import NIOCore
import Store
import Supervision

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a span of a camera's footage to one MP4, as it was recorded.",
        discussion:
            "Nothing is encoded anew. The file begins at the last keyframe before FROM. The export is noted in the ledger."
    )
    @OptionGroup var common: SettingsOptions
    @Option(help: "Begin, as in 2026-11-23T08:15:00 (the territory's time).") var from: String
    @Option(help: "End, in the same form.") var to: String
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; never one that exists.", valueName: "file"))
    var output: String
    @Argument(help: "The camera's id.") var camera: CameraID

    func run() async throws {
        let settings = try common.load()
        guard let start = settings.zone.parse(from), let end = settings.zone.parse(to), start < end else {
            throw ValidationError("--from and --to must be times like 2026-11-23T08:15:00, the first before the second")
        }
        let span = TimeSpan(start: start, end: end)
        let store = try await DataFolder.open(settings.dataFolder).openStore(settings.records)
        let footage = Supervision(store: store, time: .system).footage
        let files = try await footage.files(of: camera, overlapping: span, for: .console)
        let segments = try await footage.segments(of: camera, overlapping: span, limit: .max, for: .console)
        let descriptor = open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw ValidationError("can't write \(output): \(String(cString: strerror(errno)))")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try await footage.noteExport(of: camera, span: span, purpose: "command line", by: .console)
            try await Playback(root: settings.recorder.root).export(files: files, segments: segments, span: span) {
                chunk in
                try chunk.withUnsafeReadableBytes { bytes in
                    var rest = bytes[...]
                    while !rest.isEmpty {
                        let written = write(descriptor, rest.base.baseAddress! + rest.startIndex, rest.count)
                        guard written > 0 else {
                            throw ValidationError("can't write \(output): \(String(cString: strerror(errno)))")
                        }
                        rest = rest.dropFirst(written)
                    }
                }
            }
            try handle.close()
        } catch {
            unlink(output)
            throw error
        }
    }
}
