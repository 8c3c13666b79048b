public import Domain
import Store

/// Open days, joint inspections and the like: planned, signed up for, held and told of. (社会共治活动)
///
/// Who may ``Act/lookAtActivities`` at one of its schools sees an activity; who may ``Act/planActivities`` at all of them
/// runs it and knows who signed up. Everybody else has its public page, by a code that can't be guessed.
public struct Activities: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let cases: Cases
    let policy: SendingPolicy
    let limits = VisitLimits()
    /// Letters that wait to be sent.
    let letters = Subscribers<ActivityID>()

    init(store: Store, time: TimeSource, zone: TerritoryZone, cases: Cases, policy: SendingPolicy) {
        self.store = store
        self.time = time
        self.zone = zone
        self.cases = cases
        self.policy = policy
    }

    /// Of the asker's territory, the latest first.
    public func list(for principal: Principal, limit: Int = 1000) async throws -> [ActivityOverview] {
        guard let territory = principal.territory(for: .lookAtActivities) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let schools = Dictionary(uniqueKeysWithValues: try records.places.schools().map { ($0.id, $0) })
            return try records.activities.list(in: territory, limit: limit).map { activity in
                let guests = GuestList(
                    try records.activities.signUps(of: activity.id), capacity: activity.plan.capacity)
                return ActivityOverview(
                    activity: activity, schools: activity.plan.schools.compactMap { schools[$0] },
                    taken: guests.taken, waiting: guests.waiting.count, came: guests.came)
            }
        }
    }

    public func sheet(of id: ActivityID, for principal: Principal) async throws -> ActivitySheet {
        try await store.read { records in
            let found = try Self.find(id, .lookAtActivities, records, for: principal)
            return try ActivitySheet(found, records, for: principal)
        }
    }

    /// A draft.
    public func plan(_ plan: ActivityPlan, by principal: Principal) async throws -> Activity {
        let plan = try Self.checked(plan)
        let now = time.now()
        return try await store.write { records in
            try Self.requirePlanner(of: plan, records, by: principal)
            var random = SystemRandomNumberGenerator()
            let activity: Activity
            do throws(ActivityPlan.Flaw) {
                activity = try Activity(id: ActivityID(at: now), code: .random(using: &random), plan: plan)
            } catch {
                throw SupervisionError.activity(.plan(error))
            }
            try records.activities.add(
                activity, formKey: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }, at: now)
            try records.ledger.append(
                .activityPlanned, to: "activity/\(activity.id)", by: principal.actor, at: now,
                payload: plan.ledgerPayload)
            return activity
        }
    }

    /// - Parameter seen: The version that the asker started from; nil = whatever there is.
    @discardableResult
    public func handle(
        _ event: Activity.Event, _ id: ActivityID, seen: Int? = nil, by principal: Principal
    ) async throws -> Activity {
        let event = try Self.checked(event)
        let now = time.now()
        let activity = try await store.write { records in
            let (found, _) = try Self.find(id, .planActivities, records, for: principal)
            if let seen, seen != found.version { throw SupervisionError.conflict(.changedMeanwhile) }
            if case .change(let plan) = event { try Self.requirePlanner(of: plan, records, by: principal) }
            return try ActivityTransaction(records: records, actor: principal.actor, time: now).handle(event, found)
        }
        letters.tell(id)
        return activity
    }

    /// What stands in an open activity's place in the hall and on a school's public page: the next ones.
    public func nextPublic(school: SchoolID, limit: Int = 5) async throws -> [Activity] {
        let now = time.now()
        return try await store.read { try $0.activities.next(at: school, after: now, limit: limit) }
    }

    /// Closes the sign-up of those whose time for that is over. By the program itself.
    public func closeDue() async throws {
        let now = time.now()
        try await store.write { records in
            for activity in try records.activities.toBeClosed(at: now) {
                try ActivityTransaction(records: records, actor: .node, time: now).handle(.closeSignUp, activity)
            }
        }
    }
}

extension Activities {
    /// An activity with its schools, for somebody who may see it.
    static func find(
        _ id: ActivityID, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> (Activity, [School]) {
        guard let activity = try records.activities.activity(id) else { throw SupervisionError.notFound }
        let schools = try activity.plan.schools.compactMap { try records.places.school($0) }
        guard principal.sees(schools) else { throw SupervisionError.notFound }
        if act == .planActivities {
            guard principal.runs(schools) else { throw SupervisionError.notPermitted }
            for school in schools { try principal.require(Permission(act, at: school.path), records) }
        }
        return (activity, schools)
    }

    private static func requirePlanner(
        of plan: ActivityPlan, _ records: Records, by principal: Principal
    ) throws {
        guard principal.maySomewhere(.planActivities) else { throw SupervisionError.notPermitted }
        guard !plan.schools.isEmpty else { throw SupervisionError.invalid(.school, .empty) }
        for id in plan.schools {
            guard let school = try records.places.school(id), principal.may(.planActivities, at: school.path) else {
                throw SupervisionError.invalid(.school, .unknown)
            }
            try principal.require(Permission(.planActivities, at: school.path), records)
        }
    }

    private static func checked(_ event: Activity.Event) throws -> Activity.Event {
        switch event {
        case .report(let text):
            let text = Names.trimmed(text)
            guard !text.isEmpty else { throw SupervisionError.invalid(.report, .empty) }
            guard text.unicodeScalars.count <= 2000 else {
                throw SupervisionError.invalid(.report, .tooLong(maximum: 2000))
            }
            return .report(text)
        case .cancel(let reason):
            let reason = try Names.checked(reason, .reason)
            guard reason.count >= 2 else { throw SupervisionError.invalid(.reason, .tooShort(minimum: 2)) }
            return .cancel(reason: reason)
        case .change(let plan): return .change(try checked(plan))
        default: return event
        }
    }

    private static func checked(_ plan: ActivityPlan) throws -> ActivityPlan {
        var plan = plan
        plan.title = try Names.checked(plan.title, .title, most: 60)
        plan.place = try Names.checked(plan.place, .place, most: 100)
        plan.organizer = try Names.checked(plan.organizer, .organizer, most: 60)
        plan.invitation = Names.trimmed(plan.invitation)
        guard plan.invitation.unicodeScalars.count <= 1000 else {
            throw SupervisionError.invalid(.text, .tooLong(maximum: 1000))
        }
        plan.programme = try plan.programme.map {
            ActivityPlan.Point(minute: $0.minute, try Names.checked($0.text, .programme, most: 100))
        }.sorted { $0.minute < $1.minute }
        do throws(ActivityPlan.Flaw) { try plan.check() } catch { throw SupervisionError.activity(.plan(error)) }
        return plan
    }
}

extension Principal {
    fileprivate func sees(_ schools: [School]) -> Bool {
        switch self {
        // An activity whose schools are all gone is the county's.
        case .person(let person):
            schools.isEmpty
                ? person.may(.lookAtActivities, at: .county)
                : schools.contains { touches($0, .lookAtActivities) }
        case .console, .node: true
        }
    }

    func runs(_ schools: [School]) -> Bool {
        schools.isEmpty ? may(.planActivities, at: .county) : schools.allSatisfy { may(.planActivities, at: $0.path) }
    }

    /// Somebody of one canteen sees what happens at its school.
    private func touches(_ school: School, _ act: Act) -> Bool {
        guard case .person(let person) = self, case .canteen? = person.territory(for: act) else {
            return may(act, at: school.path)
        }
        return person.school == school.id
    }
}

extension Names {
    static func checked(_ typed: String, _ field: SupervisionError.Field, most: Int) throws -> String {
        let text = try checked(typed, field)
        guard text.unicodeScalars.count <= most else { throw SupervisionError.invalid(field, .tooLong(maximum: most)) }
        return text
    }
}
