import Foundation
import Synchronization

/// What `mingchu analyze` shows while it works and at its end. Told by any thread; a reader of the output that is slow
/// holds the work up, so that nothing piles up.
final class AnalysisReport: Sendable {
    private struct State {
        var summary = AnalysisSummary()
        var progress = ProgressLine()
    }

    private let printsJSON: Bool
    private let state = Mutex(State())

    init(printsJSON: Bool) { self.printsJSON = printsJSON }

    func tell(_ line: AnalysisLine) {
        state.withLock { state in
            state.summary.count(line)
            show(line.json, &state)
        }
    }

    func tell(_ line: CaptureLine) {
        state.withLock { state in
            state.summary.count(capture: line.capture.item)
            show(line.json, &state)
        }
    }

    func tell(unreadable path: String, _ reason: some Sendable) {
        state.withLock { state in
            state.summary.unreadable += 1
            state.progress.tell("\(path): \(reason)")
        }
    }

    func tell(warning text: String) { state.withLock { $0.progress.tell("warning: \(text)") } }

    /// - Parameter share: 0…1; nil = nobody knows how much there is.
    func progress(_ share: Double?, _ text: String) {
        state.withLock { state in
            let speed = String(format: ", %.1f pictures a second", state.summary.picturesPerSecond)
            state.progress.show(share, text + speed)
        }
    }

    func beginVideo() { state.withLock { $0.summary.videos += 1 } }

    /// - Returns: whether anything was analysed.
    func finish() -> Bool {
        state.withLock { state in
            state.progress.clear()
            if !printsJSON { print(state.summary.text, terminator: "") }
            if state.summary.pictures == 0 { state.progress.tell("nothing could be analysed") }
            return state.summary.pictures > 0
        }
    }

    private func show(_ json: String, _ state: inout State) {
        guard printsJSON else { return }
        state.progress.clear()
        print(json)
        // Whoever reads along, as of a camera, gets each line when it is there.
        fflush(nil)
    }
}
