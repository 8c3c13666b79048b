import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Makes and sends what schools are reminded of. What is due is computed from the records, so that a night off loses nothing
/// and repeats nothing.
struct ReminderDispatch: Service {
    private static let mostAtOnce = 8

    let reminders: Reminders
    let time: TimeSource
    /// Ends within a minute, however the network fares.
    let send: @Sendable (OutgoingReminder) async -> SendOutcome
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        let rhythm = Rhythm(
            bell: Bell(), atMost: .seconds(60), sleep: sleep, complaint: "can't remind schools", log: log)
        await cancelWhenGracefulShutdown {
            await rhythm.run { try await remind() }
        }
    }

    private func remind() async throws -> Duration? {
        let next = try await reminders.make()
        while true {
            let claimed = try await reminders.claim(limit: Self.mostAtOnce)
            if claimed.isEmpty { break }
            await withDiscardingTaskGroup { group in
                for outgoing in claimed {
                    group.addTask { await finish(outgoing, with: await send(outgoing)) }
                }
            }
        }
        let times = [next, try await reminders.nextTime()].compactMap(\.self)
        // What is due and yields nothing must not keep the machine busy.
        return times.min().map { max($0 - time.now(), .seconds(1)) }
    }

    private func finish(_ outgoing: OutgoingReminder, with outcome: SendOutcome) async {
        do {
            try await reminders.finish(outgoing, with: outcome)
        } catch {
            // Once its lease has run out, the delivery is settled as interrupted.
            log.error(
                "can't note what became of a reminder",
                metadata: ["delivery": "\(outgoing.delivery.id)", "error": "\(error)"])
        }
    }
}
