import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Settles the blind sample of days that are over, and deletes pictures that have been kept long enough.
struct SampleSchedule: Service {
    let samples: FrameSamples
    let folder: EvidenceFolder
    /// 1…3650.
    let retentionDays: Int
    let time: TimeSource
    let sleep: @Sendable (Duration) async throws -> Void
    let log: Logger
    private let startedAt: UTCTime
    private let startedMonotonic: Duration

    init(
        samples: FrameSamples, folder: EvidenceFolder, retentionDays: Int, time: TimeSource,
        sleep: @escaping @Sendable (Duration) async throws -> Void = Rhythm.realTime, log: Logger
    ) {
        self.samples = samples
        self.folder = folder
        self.retentionDays = retentionDays
        self.time = time
        self.sleep = sleep
        self.log = log
        startedAt = time.now()
        startedMonotonic = time.monotonic()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var isFailing = false
            while !Task.isCancelled {
                do {
                    try await settle()
                    try await sweep()
                    isFailing = false
                } catch is CancellationError {
                } catch {
                    if !isFailing { log.error("can't keep the blind sample", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
                try? await sleep(.seconds(300))
            }
        }
    }

    /// As for footage: a clock that somebody sets ahead by mistake deletes nothing.
    private var trustedNow: UTCTime {
        min(time.now(), startedAt + (time.monotonic() - startedMonotonic) + .seconds(3600))
    }

    func settle() async throws {
        for (camera, day) in try await samples.unsettled() {
            try Task.checkCancellation()
            let kept = try await samples.settle(day, of: camera)
            folder.tidySample(of: camera, on: day, but: kept)
        }
    }

    /// The file before the row: what must not be kept longer is gone even when the power goes in between, and the next
    /// sweep forgets it.
    func sweep() async throws {
        while true {
            let expired = try await samples.expired(after: retentionDays, at: trustedNow)
            guard !expired.isEmpty else { return }
            try Task.checkCancellation()
            for frame in expired where !frame.isDecoy { try folder.delete(frame.file) }
            try await samples.forget(expired)
        }
    }
}
