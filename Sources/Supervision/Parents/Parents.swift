public import Domain
import Store

/// Parents who are signed in: the school invites a class, each family comes in on its own phone, and all of it ends with the
/// school year. (家长端)
///
/// A county that doesn't want it has none: until it is switched on (``Act/publish`` at the county) nothing of it is there.
/// Parents are nobody's account: what they hold opens no page of supervision, and no picture but the covered one.
public struct Parents: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let attempts = AttemptCounter()
    let visits = VisitLimits()

    init(store: Store, time: TimeSource, zone: TerritoryZone) {
        self.store = store
        self.time = time
        self.zone = zone
    }

    /// Whether the county has a parents' level, and how many parents there are.
    public func level(for principal: Principal) async throws -> (isOn: Bool, count: Int) {
        guard principal.maySomewhere(.cutPublic) else { throw SupervisionError.notPermitted }
        let now = time.now()
        return try await store.read { records in
            let counts = try records.parents.counts(at: now)
            let schools = Set(try records.trees(in: principal.territory(for: .cutPublic)).map(\.school.id))
            return (
                try records.parents.isOn(), counts.filter { schools.contains($0.key) }.values.reduce(0, +)
            )
        }
    }

    /// Switched off, nobody comes in and nobody who is in sees anything; switched on again, all is as it was.
    public func setLevel(isOn: Bool, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.publish, at: .county), records)
            guard try records.parents.isOn() != isOn else { return }
            try records.parents.set(isOn: isOn)
            try records.ledger.append(
                .parentsSwitched, to: "county", by: principal.actor, at: now, payload: ["isOn": .bool(isOn)])
        }
    }

    /// The school, for whoever may do that there. Without a level nobody finds anything.
    static func school(
        _ id: SchoolID, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> School {
        guard let school = try records.places.school(id) else { throw SupervisionError.notFound }
        try principal.require(act, at: school.path)
        return school
    }
}
