public import Domain
import Store

/// At the door, by those who run the activity.
extension Activities {
    /// So long before it begins people are let in.
    public static let doorsOpen = Duration.seconds(3 * 3600)

    /// What a QR code at the door stands for.
    public func party(_ code: PublicCode, for principal: Principal) async throws -> SignUpPlace {
        let place = try await place(code)
        _ = try await store.read { try Self.find(place.activity.id, .planActivities, $0, for: principal) }
        return place
    }

    /// Signed up by staff: a class with its number of pupils, somebody who rang.
    public func add(_ guest: Guest, to id: ActivityID, by principal: Principal) async throws -> SignUp {
        let guest = try Self.checked(guest, byStaff: true)
        let signUp = try await change(id, by: principal) { transaction, activity in
            guard [.published, .closed].contains(activity.state) else {
                throw SupervisionError.activity(.notNow(activity.state))
            }
            return try transaction.add(guest, to: activity)
        }
        return signUp
    }

    public func cancel(_ signUp: SignUpID, of id: ActivityID, by principal: Principal) async throws {
        try await change(id, by: principal) { try $0.cancel(signUp, of: $1) }
    }

    /// Several at once, as they are ticked in the list.
    /// - Parameter heads: Who of a party came; nil = all of it.
    public func checkIn(
        _ signUps: [SignUpID], of id: ActivityID, heads: HeadCount? = nil, by principal: Principal
    ) async throws {
        try await change(id, by: principal) { transaction, activity in
            let activity = try transaction.opened(activity)
            try transaction.step(activity, .activityCheckedIn, signUps) { (list, id) throws(GuestList.Refusal) in
                try list.checkIn(id, heads: heads)
            }
        }
    }

    public func undoCheckIn(_ signUp: SignUpID, of id: ActivityID, by principal: Principal) async throws {
        try await change(id, by: principal) { transaction, activity in
            guard activity.state == .running else { throw SupervisionError.activity(.notNow(activity.state)) }
            try transaction.step(activity, .activityCheckInUndone, [signUp]) { (list, id) throws(GuestList.Refusal) in
                try list.undoCheckIn(id)
            }
        }
    }

    /// Makes room for somebody who is there.
    public func markAbsent(_ signUp: SignUpID, of id: ActivityID, by principal: Principal) async throws {
        try await change(id, by: principal) { transaction, activity in
            guard activity.state == .running else { throw SupervisionError.activity(.notNow(activity.state)) }
            try transaction.step(activity, .activityAbsent, [signUp]) { (list, id) throws(GuestList.Refusal) in
                try list.markAbsent(id)
            }
        }
    }

    /// Somebody who did not sign up.
    public func walkIn(_ guest: Guest, to id: ActivityID, by principal: Principal) async throws {
        let guest = try Self.checked(guest, byStaff: true)
        try await change(id, by: principal) { transaction, activity in
            try transaction.walkIn(guest, to: try transaction.opened(activity))
        }
    }

    @discardableResult
    private func change<T: Sendable>(
        _ id: ActivityID, by principal: Principal,
        _ body: @escaping @Sendable (ActivityTransaction, Activity) throws -> T
    ) async throws -> T {
        let now = time.now()
        let value = try await store.write { records in
            let (activity, _) = try Self.find(id, .planActivities, records, for: principal)
            return try body(ActivityTransaction(records: records, actor: principal.actor, time: now), activity)
        }
        letters.tell(id)
        return value
    }
}

extension ActivityTransaction {
    /// Running: the first who is let in begins it.
    fileprivate func opened(_ activity: Activity) throws -> Activity {
        switch activity.state {
        case .running: return activity
        case .published where time >= activity.plan.span.start - Activities.doorsOpen,
            .closed where time >= activity.plan.span.start - Activities.doorsOpen:
            return try handle(.begin, activity)
        default: throw SupervisionError.activity(.notNow(activity.state))
        }
    }

    fileprivate func step(
        _ activity: Activity, _ act: LedgerAct, _ ids: [SignUpID],
        _ body: (inout GuestList, SignUpID) throws(GuestList.Refusal) -> Void
    ) throws {
        let before = try guests(of: activity)
        var after = before
        for id in ids {
            // Ticked twice, by two at the door.
            if act == .activityCheckedIn, after[id]?.state == .came { continue }
            try after.attempt { (list) throws(GuestList.Refusal) in try body(&list, id) }
            if let signUp = after[id] {
                try enter(act, signUp, of: activity, ["came": signUp.came.ledgerPayload])
                try records.activities.set(signUp)
            }
        }
    }

    fileprivate func walkIn(_ guest: Guest, to activity: Activity) throws {
        var random = SystemRandomNumberGenerator()
        var list = try guests(of: activity)
        let new = SignUp(
            id: SignUpID(at: time), code: .random(using: &random), guest: guest, isWalkIn: true, madeAt: time)
        try list.attempt { (list) throws(GuestList.Refusal) in try list.walkIn(new) }
        guard let signUp = list[new.id] else { return }
        try records.activities.add(signUp, to: activity.id)
        try enter(
            .activityCheckedIn, signUp, of: activity, ["came": signUp.came.ledgerPayload, "walkIn": .bool(true)])
    }
}
