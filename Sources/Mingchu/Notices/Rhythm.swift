import Domain
import Logging

/// Does a piece of work whenever the bell rings and when the work itself asks for it, at the latest after a while.
struct Rhythm: Sendable {
    let bell: Bell
    /// Another process may have given cause without ringing.
    let atMost: Duration
    /// Tests let time pass by themselves.
    let sleep: @Sendable (Duration) async throws -> Void
    let complaint: Logger.Message
    let log: Logger

    static let realTime: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Until the task is cancelled. A fault is logged when it begins, and tried again with growing waits.
    /// - Parameter work: Says after how long it wants to be done again; nil = when the bell rings.
    func run(_ work: @Sendable () async throws -> Duration?) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let wait = try await work()
                failures = 0
                await pause(min(max(wait ?? atMost, .zero), atMost))
            } catch {
                if Task.isCancelled { return }
                if failures == 0 { log.error(complaint, metadata: ["error": "\(error)"]) }
                failures += 1
                try? await sleep(min(.seconds(1 << min(failures, 10)), .seconds(300)))
            }
        }
    }

    private func pause(_ duration: Duration) async {
        guard duration > .zero else { return }
        await withTaskGroup { group in
            group.addTask { [sleep] in try? await sleep(duration) }
            group.addTask { [bell] in await bell.next() }
            await group.next()
            group.cancelAll()
        }
    }
}
