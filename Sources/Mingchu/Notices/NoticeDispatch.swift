import Domain
import Logging
import ServiceLifecycle
import Supervision
import Synchronization

/// Sends news through their channels: a few at once, one of each channel.
struct NoticeDispatch: Service {
    private static let mostAtOnce = 8

    let deliveries: Deliveries
    let cases: Cases
    let time: TimeSource
    /// Ends within a minute, however the network fares.
    let send: @Sendable (Outgoing) async -> SendOutcome
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        let bell = Bell()
        let hands = Hands(Self.mostAtOnce)
        let (claims, claimed) = AsyncStream.makeStream(of: Outgoing.self)
        await withDiscardingTaskGroup { group in
            group.addTask {
                await cancelWhenGracefulShutdown { await claim(into: claimed, hands, bell) }
                claimed.finish()
            }
            // What is under way at shutdown is brought to its end.
            for await outgoing in claims {
                group.addTask {
                    await finish(outgoing, with: await send(outgoing))
                    hands.free(1)
                    bell.ring()
                }
            }
        }
    }

    private func claim(
        into claimed: AsyncStream<Outgoing>.Continuation, _ hands: Hands, _ bell: Bell
    ) async {
        let changes = cases.changes()
        let requests = deliveries.changes()
        let rhythm = Rhythm(
            bell: bell, atMost: .seconds(5), sleep: sleep, complaint: "can't send notices", log: log)
        await withTaskGroup { group in
            group.addTask { for await _ in changes { bell.ring() } }
            group.addTask { for await _ in requests { bell.ring() } }
            group.addTask {
                await rhythm.run {
                    while try await deliveries.route() > 0 {}
                    while try await deliveries.recover() > 0 {}
                    let free = hands.count
                    let found = try await deliveries.claim(limit: free)
                    hands.free(-found.count)
                    for outgoing in found { claimed.yield(outgoing) }
                    // With no hand free, the one that ends next rings.
                    guard free > 0, let next = try await deliveries.nextTime() else { return nil }
                    return max(next - time.now(), .milliseconds(found.isEmpty ? 200 : 20))
                }
            }
        }
    }

    private func finish(_ outgoing: Outgoing, with outcome: SendOutcome) async {
        for attempt in 1...4 {
            do {
                return try await deliveries.finish(outgoing, with: outcome)
            } catch {
                // Once its lease has run out, the delivery is settled as interrupted.
                if attempt == 4 {
                    log.error(
                        "can't note what became of a notice",
                        metadata: ["delivery": "\(outgoing.delivery.id)", "error": "\(error)"])
                }
                try? await sleep(.seconds(attempt))
            }
        }
    }
}

/// How many messages may still be begun.
private final class Hands: Sendable {
    private let state: Mutex<Int>

    init(_ count: Int) { state = Mutex(count) }

    var count: Int { state.withLock { $0 } }

    func free(_ count: Int) { state.withLock { $0 += count } }
}
