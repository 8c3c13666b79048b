import Domain
import Logging
import NIOPosix

/// Deletes footage: what is older than its days, then, over the budget or below the reserve, the oldest of all.
/// Never what a protected span touches.
struct Retention {
    let settings: RecorderSettings
    let index: any RecordingIndex
    let time: TimeSource
    let log: Logger
    private let startedAt: UTCTime
    private let startedMonotonic: Duration

    /// Files at once: a transaction of the index stays short.
    private static let batch = 64
    /// A clock that runs ahead of the machine's own by more than this is not believed when it says what is old.
    private static let trustedStep = Duration.seconds(3600)

    init(settings: RecorderSettings, index: any RecordingIndex, time: TimeSource, log: Logger) {
        self.settings = settings
        self.index = index
        self.time = time
        self.log = log
        startedAt = time.now()
        startedMonotonic = time.monotonic()
    }

    func run(keeping daysByCamera: [CameraID: Int]) async {
        do {
            try await deleteExpired(daysByCamera)
            try await makeRoom()
        } catch is CancellationError {
        } catch {
            log.error("can't delete old footage", metadata: ["error": "\(error)"])
        }
    }

    /// The wall clock, but never further ahead than the time since start allows: somebody who sets the clock to next
    /// year by mistake must not lose the footage of this one.
    private var trustedNow: UTCTime {
        min(time.now(), startedAt + (time.monotonic() - startedMonotonic) + Self.trustedStep)
    }

    private func deleteExpired(_ daysByCamera: [CameraID: Int]) async throws {
        let now = trustedNow
        for camera in try await index.camerasWithFootage() {
            let days = max(7, daysByCamera[camera] ?? settings.retentionDays)
            let limit = now - .seconds(days * 86_400)
            while try await delete(
                index.removableFiles(of: camera, endingBefore: limit, limit: Self.batch), because: .age)
            {}
        }
    }

    private func makeRoom() async throws {
        if let budget = settings.budgetBytes {
            var excess = try await index.totalBytes() - budget
            while excess > 0 {
                let files = try await oldest(excess)
                guard try await delete(files, because: .room) else { break }
                excess -= files.reduce(0) { $0 + $1.sizeBytes }
            }
        }
        while let free = freeBytes(at: settings.root), free < settings.reserveBytes {
            let files = try await oldest(settings.reserveBytes - free)
            guard try await delete(files, because: .room) else {
                log.error("the disk is full and there is no footage that may be deleted")
                break
            }
        }
    }

    /// As many of the oldest files as make up `bytes`.
    private func oldest(_ bytes: Int64) async throws -> [RecordedFile] {
        var rest = bytes
        return try await index.removableFiles(of: nil, endingBefore: nil, limit: Self.batch).prefix { file in
            defer { rest -= file.sizeBytes }
            return rest > 0
        }
    }

    /// The file goes before its row: when the machine stops in between, the next round finds the row and goes on.
    private func delete(_ files: [RecordedFile], because reason: RemovalReason) async throws -> Bool {
        guard !files.isEmpty else { return false }
        let root = settings.root
        try await NIOThreadPool.singleton.runIfActive {
            for file in files { try DiskFile.remove(root + "/" + file.path) }
        }
        try await index.forget(files, because: reason)
        return true
    }
}
