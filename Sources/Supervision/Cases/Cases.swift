public import Domain
import Store

/// Confirmed violations on their way to a passed re-inspection. (案件)
///
/// Reads need ``Act/lookAtCases`` where the case is: what the asker may not look at is not found. Every change is one
/// transaction: the rules decide, the events go into the ledger, the row follows, and whoever is to be told has news.
public struct Cases: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let captures: Captures
    let subscribers = Subscribers<CaseID>()
    let cache = CaseCache()
    let damage = CaseDamage()

    init(store: Store, time: TimeSource, zone: TerritoryZone, captures: Captures) {
        self.store = store
        self.time = time
        self.zone = zone
        self.captures = captures
    }

    /// Cases that are opened or changed from now on. The newest 1,024 wait for a slow reader.
    public func changes() -> AsyncStream<CaseID> { subscribers.stream() }
}
