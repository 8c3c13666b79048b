import Bitstream
import Domain
import FFmpeg
import Synchronization
import TestSupport
import Testing

@testable import Cameras

/// Runs a source until it has delivered so many access units, cancels it, and expects it to return within a second.
func collect(_ count: Int, from source: some Source) async throws -> [AccessUnit] {
    let collector = Collector()
    let running = Task {
        let result: Result<Void, SourceFailure>
        do throws(SourceFailure) {
            try await source.run { event in collector.take(event) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        collector.finish()
        return (result, Interruption.now)
    }
    try await eventually("\(count) access units", within: .seconds(60)) {
        collector.units.count >= count || collector.isFinished
    }
    let cancelled = Interruption.now
    running.cancel()
    let (result, ended) = await running.value
    try result.get()
    #expect(ended - cancelled < .seconds(1))
    return collector.units
}

/// The failure with which a source ends.
func failure(
    of source: some Source, deliver: @escaping @Sendable (SourceEvent) -> Void = { _ in }
) async -> SourceFailure? {
    do throws(SourceFailure) {
        try await source.run(deliver: deliver)
        return nil
    } catch {
        return error
    }
}

final class Collector: Sendable {
    private let state = Mutex<(units: [AccessUnit], isFinished: Bool)>(([], false))

    var units: [AccessUnit] { state.withLock { $0.units } }
    var isFinished: Bool { state.withLock { $0.isFinished } }

    func take(_ event: SourceEvent) {
        guard case .accessUnit(let unit) = event else { return }
        state.withLock { state in
            #expect(!state.isFinished, "delivered after its end")
            state.units.append(unit)
        }
    }

    func finish() { state.withLock { $0.isFinished = true } }
}
