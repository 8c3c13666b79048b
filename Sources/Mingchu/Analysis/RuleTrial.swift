import Cameras
import Domain
import FFmpeg
import Supervision
import Vision
import Web

/// Tries analysis settings on what a camera has recorded: nothing is stored. (规则试运行)
struct RuleTrial: Sendable {
    let footage: Footage
    let playback: Playback
    let models: AnalysisModels
    let hours: WorkingHours
    let zone: TerritoryZone

    /// One segment after the other, on a thread of its own for the analysis. Dropping the stream cancels it.
    func run(
        _ camera: CameraID, _ settings: AnalysisSettings, _ span: TimeSpan
    ) -> AsyncThrowingStream<TrialEvent, any Error> {
        let (stream, output) = AsyncThrowingStream.makeStream(of: TrialEvent.self)
        let task = Task {
            do {
                try await run(camera, settings, span, output)
                output.finish()
            } catch {
                output.finish(throwing: error)
            }
        }
        output.onTermination = { _ in task.cancel() }
        return stream
    }

    private func run(
        _ camera: CameraID, _ settings: AnalysisSettings, _ span: TimeSpan,
        _ output: AsyncThrowingStream<TrialEvent, any Error>.Continuation
    ) async throws {
        let files = try await footage.files(of: camera, overlapping: span, for: .node)
        let segments = try await footage.segments(of: camera, overlapping: span, for: .node)
        guard !segments.isEmpty else { throw PlaybackError.nothingRecorded }
        try await BlockingThread.run("rule trial") { interruption throws(any Error) in
            let recognition = try models.recognition()
            var tried = settings
            tried.isOn = true
            var analysis = StreamAnalysis(
                camera: camera, settings: tried, hours: hours, zone: zone, models: models.versions, looking: .gated)
            func report(_ event: AnalysisEvent) {
                if case .opened(let capture, let jpeg) = event { output.yield(.found(capture, jpeg: jpeg)) }
            }
            var path = segments[0].path
            for segment in segments where !interruption.isCancelled {
                // Each file's own time begins at zero.
                if segment.path != path { analysis.interrupt(report: report) }
                path = segment.path
                for (unit, wall) in try playback.pictures(of: segment, files: files) {
                    guard !interruption.isCancelled else { break }
                    do {
                        try analysis.take(unit, wall: wall, with: recognition, report: report)
                    } catch let error as FFmpegError where error.kind == .invalidData {
                        // A damaged picture spoils no trial.
                    }
                }
                let done = (min(segment.span.end, span.end) - span.start) / span.duration
                output.yield(.progress(min(max(done, 0), 1)))
            }
            analysis.interrupt(report: report)
        }
    }
}
