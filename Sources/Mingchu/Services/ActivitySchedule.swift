import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Sends letters about activities, closes sign-ups whose time is over, and erases contacts that were kept long enough.
struct ActivitySchedule: Service {
    let activities: Activities
    /// Ends within a minute, however the network fares.
    let send: @Sendable (OutgoingLetter) async -> SendOutcome
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Before the first look: nothing may come between the two.
            let changes = activities.letterChanges()
            let bell = Bell()
            let rhythm = Rhythm(
                bell: bell, atMost: .seconds(30), sleep: sleep, complaint: "can't look after activities", log: log)
            await withTaskGroup { group in
                group.addTask { for await _ in changes { bell.ring() } }
                group.addTask { await rhythm.run { try await look() } }
            }
        }
    }

    /// - Returns: When it wants to be called again.
    func look() async throws -> Duration? {
        try await activities.closeDue()
        let erased = try await activities.eraseContacts()
        if erased > 0 { log.info("contacts of activities were erased", metadata: ["activities": "\(erased)"]) }
        let claimed = try await activities.claim()
        for outgoing in claimed { try await activities.finish(outgoing, with: await send(outgoing)) }
        return claimed.isEmpty ? nil : .zero
    }
}

extension NoticeChannel {
    /// A letter goes the way of notices by mail, to an address that is no channel of anybody.
    static func mail(to letter: ActivityLetter) -> NoticeChannel {
        NoticeChannel(
            id: ChannelID(letter.id.uuid), owner: .body(.marketRegulation), kind: .mail, name: "",
            address: Secret(letter.address), language: letter.language)
    }
}
