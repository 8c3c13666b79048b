/// Counts failed sign-ins and says how long the next one must wait.
///
/// An attempt counts as failed from its beginning, so that many at once gain nothing; success takes it back.
/// Guessing one account from one address is stopped soon, guessing many accounts from one address later: a school's
/// people may all come from one.
struct Attempts {
    private struct Record {
        var failures = 0
        var last: Duration
    }

    private enum Key: Hashable {
        case account(String, address: String)
        case address(String)

        var freeFailures: Int {
            switch self {
            case .account: 5
            case .address: 50
            }
        }
    }

    private var records: [Key: Record] = [:]

    private static let firstWait = Duration.seconds(30)
    private static let longestWait = Duration.seconds(15 * 60)
    private static let forgottenAfter = Duration.seconds(3600)
    private static let mostRecords = 10_000

    /// Counts one more attempt. Otherwise, how long to wait before the next.
    /// - Parameter now: Of a clock that only goes forward.
    mutating func begin(account: String, address: String, at now: Duration) -> Duration? {
        let keys: [Key] = [.account(account, address: address), .address(address)]
        let wait = keys.compactMap { remainingWait(for: $0, at: now) }.max()
        if let wait { return wait }
        for key in keys {
            var record = records[key] ?? Record(last: now)
            if now - record.last > Self.forgottenAfter { record.failures = 0 }
            record.failures += 1
            record.last = now
            records[key] = record
        }
        if records.count > Self.mostRecords { forgetOldest(at: now) }
        return nil
    }

    mutating func succeeded(account: String, address: String) {
        records[.account(account, address: address)] = nil
        takeBack(.address(address))
    }

    /// The attempt ended without an answer: it counts as none.
    mutating func abandoned(account: String, address: String) {
        takeBack(.account(account, address: address))
        takeBack(.address(address))
    }

    private mutating func takeBack(_ key: Key) {
        guard var record = records[key] else { return }
        record.failures -= 1
        records[key] = record.failures > 0 ? record : nil
    }

    private func remainingWait(for key: Key, at now: Duration) -> Duration? {
        guard let record = records[key], record.failures >= key.freeFailures else { return nil }
        let doublings = min(record.failures - key.freeFailures, 10)
        let wait = min(Self.firstWait * (1 << doublings), Self.longestWait)
        let remaining = record.last + wait - now
        return remaining > .zero ? remaining : nil
    }

    private mutating func forgetOldest(at now: Duration) {
        records = records.filter { now - $0.value.last <= Self.forgottenAfter }
        guard records.count > Self.mostRecords else { return }
        let kept = records.sorted { $0.value.last > $1.value.last }.prefix(Self.mostRecords * 9 / 10)
        records = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    var recordCount: Int { records.count }
}
