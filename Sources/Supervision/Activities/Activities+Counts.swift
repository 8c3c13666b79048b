public import Domain
import Store

/// Counts by year, and what must not be kept longer.
extension Activities {
    /// So long after an activity names, telephone numbers and addresses are kept.
    public static let contactDays = 90

    /// Each year of the territory's calendar with an activity, the latest first; this year in any case.
    public func yearCounts(for principal: Principal) async throws -> [ActivityCounts] {
        guard let territory = principal.territory(for: .lookAtActivities) else { throw SupervisionError.notPermitted }
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let lines = try records.activities.lines(
                in: territory, from: UTCTime(milliseconds: .min / 2), until: UTCTime(milliseconds: .max / 2))
            let this = zone.civil(now).year
            var years: [Int: ActivityCounts] = [this: ActivityCounts(this)]
            for line in lines {
                let year = zone.civil(line.startsAt).year
                years[year, default: ActivityCounts(year)].add(line.line, of: line.kind)
            }
            return years.values.sorted { $0.year > $1.year }
        }
    }

    /// Erases names and contacts of activities that ended long enough ago. By the program itself, every day.
    ///
    /// - Returns: Of how many activities.
    @discardableResult
    public func eraseContacts() async throws -> Int {
        let now = time.now()
        return try await store.write { records in
            let old = try records.activities.erasable(endedBefore: now - .seconds(Int64(Self.contactDays) * 86_400))
            for id in old {
                let count = try records.activities.eraseContacts(of: id, at: now)
                try records.ledger.append(
                    .activityContactsErased, to: "activity/\(id)", by: .node, at: now,
                    payload: ["signUps": .int(Int64(count))])
            }
            return old.count
        }
    }
}
