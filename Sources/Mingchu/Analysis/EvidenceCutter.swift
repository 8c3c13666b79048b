import Cameras
import Domain
import Foundation
import Logging
import NIOCore
import Store
import Supervision

/// Cuts the evidence of a capture out of the recording: the best moment's picture in full resolution, and the clip from
/// ten seconds before it to ten seconds after it, as it was recorded. (取证)
struct EvidenceCutter: Sendable {
    static let before = Duration.seconds(10)
    static let after = Duration.seconds(10)
    /// Until the recorder has indexed the last segment of the clip: 3.5 s of segment and a long group of pictures.
    private static let indexing = Duration.seconds(6)
    /// So often it is tried before the recording is taken to have a gap there.
    private static let attempts = 4

    let footage: Footage
    let filing: CaptureFiling
    let playback: Playback
    let folder: EvidenceFolder
    let time: TimeSource
    let log: Logger

    static func clip(of capture: Capture) -> TimeSpan {
        TimeSpan(start: capture.bestAt - before, duration: before + after)
    }

    /// Keeps retention away from the clip's footage as soon as the moment is known.
    func protect(_ capture: Capture) async {
        guard !capture.item.isOffline else { return }
        let span = ProtectedSpan(camera: capture.camera, span: Self.clip(of: capture), reason: "capture/\(capture.id)")
        do {
            try await footage.protect(span, by: .node)
        } catch {
            log.error("footage of a capture can't be protected", metadata: metadata(capture, error))
        }
    }

    /// Waits until the clip can be whole, then cuts and files it. Returns early, with nothing filed, when cancelled.
    func cut(_ capture: Capture) async {
        await protect(capture)
        let ready = capture.bestAt + Self.after + Self.indexing
        for attempt in 1...Self.attempts {
            let wait = attempt == 1 ? ready - time.now() : .seconds(5)
            if wait > .zero {
                do { try await Task.sleep(for: min(wait, .seconds(60))) } catch { return }
            }
            do {
                let evidence = try await files(of: capture)
                try await filing.keep(evidence, of: capture, isFinal: false)
                return
            } catch is CancellationError {
                return
            } catch PlaybackError.nothingRecorded {
                continue
            } catch {
                log.error("the evidence of a capture can't be cut", metadata: metadata(capture, error))
                if attempt < Self.attempts { continue }
                return
            }
        }
        do {
            try await filing.keep([], of: capture, isFinal: true)
        } catch {
            log.error("a capture without footage can't be filed", metadata: metadata(capture, error))
        }
    }

    private func files(of capture: Capture) async throws -> [EvidenceFile] {
        let span = Self.clip(of: capture)
        let files = try await footage.files(of: capture.camera, overlapping: span, for: .node)
        let segments = try await footage.segments(of: capture.camera, overlapping: span, for: .node)
        guard segments.contains(where: { $0.span.contains(capture.bestAt) }) else {
            throw PlaybackError.nothingRecorded
        }
        let jpeg = try await playback.still(
            at: capture.bestAt, files: files, segments: segments.filter { $0.span.contains(capture.bestAt) },
            maxWidth: nil)
        let picture = try folder.write(.picture, of: capture, jpeg)
        let clip = try folder.begin(.clip, of: capture)
        do {
            try await playback.export(files: files, segments: segments, span: span) { chunk in
                try clip.handle.write(contentsOf: chunk.readableBytesView)
            }
            return [picture, try folder.finish(clip)]
        } catch {
            folder.abandon(clip)
            throw error
        }
    }

    private func metadata(_ capture: Capture, _ error: any Error) -> Logger.Metadata {
        ["capture": "\(capture.id)", "camera": "\(capture.camera)", "error": "\(error)"]
    }
}

extension CaptureItem {
    /// While a camera is away there is nothing to cut.
    var isOffline: Bool { self == .offline }
}
