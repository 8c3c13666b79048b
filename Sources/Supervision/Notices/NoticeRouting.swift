import Domain
import Store

/// Which channels news go to: the body's own, and those of whoever answers for the body now.
struct NoticeRouting {
    let records: Records
    private let now: UTCTime
    /// Channels of people, by person; only of those who may still sign in.
    private let personal: [(person: Person, channels: [NoticeChannel])]

    init(_ records: Records, at now: UTCTime) throws {
        self.records = records
        self.now = now
        var byPerson: [PersonID: [NoticeChannel]] = [:]
        for channel in try records.channels.all() where channel.isEnabled {
            if case .person(let id) = channel.owner { byPerson[id, default: []].append(channel) }
        }
        personal = try byPerson.sorted { $0.key < $1.key }.compactMap { id, channels in
            guard let person = try records.people.person(id), person.isEnabled else { return nil }
            return (person, channels)
        }
    }

    func channels(for news: Notification) throws -> [NoticeChannel] {
        let own = try records.channels.enabled(of: .body(news.body))
        return (own + (try channelsOnDuty(for: news.body))).filter { $0.wants(news.news) }
    }

    private func channelsOnDuty(for body: Body) throws -> [NoticeChannel] {
        guard let roster = try records.rosters.roster(of: body) else {
            return personal.filter { $0.person.body == body }.flatMap(\.channels)
        }
        // Whoever has the turn may have no channel: then the lead, so that it reaches somebody.
        for person in [roster.onDuty(at: now).person, roster.lead] {
            if let found = personal.first(where: { $0.person.id == person }) { return found.channels }
        }
        return []
    }
}
