import Domain
import Store

/// Changes of an activity and of its list inside one transaction: rules, rows, entries of the ledger, letters.
struct ActivityTransaction {
    let records: Records
    let actor: LedgerActor
    let time: UTCTime

    func guests(of activity: Activity) throws -> GuestList {
        GuestList(try records.activities.signUps(of: activity.id), capacity: activity.plan.capacity)
    }

    @discardableResult
    func handle(_ event: Activity.Event, _ before: Activity) throws -> Activity {
        var activity = before
        let effects: [Activity.Effect]
        do throws(Activity.Refusal) {
            effects = try activity.handle(event, at: time)
        } catch {
            throw SupervisionError.activity(ActivityRefusal(error))
        }
        var guests = try guests(of: before)
        let list = guests
        if case .change(let plan) = event {
            let time = time
            _ = try guests.attempt { (list) throws(GuestList.Refusal) in try list.change(plan.capacity, at: time) }
        }
        for effect in effects {
            switch effect {
            case .moveUp: _ = guests.moveUp(at: time)
            case .markAbsent:
                try guests.attempt { (list) throws(GuestList.Refusal) in try list.markAbsent() }
            case .tellCancelled:
                for signUp in guests.signUps where [.confirmed, .waiting].contains(signUp.state) {
                    try write(.cancelled, to: signUp, of: activity)
                }
            }
        }
        try records.activities.set(activity)
        try records.ledger.append(
            event.ledgerAct, to: "activity/\(activity.id)", by: actor, at: time,
            payload: event.payload(before: before, came: guests.came))
        try save(guests, instead: list, of: activity)
        return activity
    }

    /// Rows, entries and letters for what differs. New ones are there already.
    func save(_ after: GuestList, instead before: GuestList, of activity: Activity) throws {
        let old = Dictionary(uniqueKeysWithValues: before.signUps.map { ($0.id, $0) })
        for signUp in after.signUps where old[signUp.id] != signUp {
            if old[signUp.id] != nil { try records.activities.set(signUp) }
            if old[signUp.id]?.state == .waiting, signUp.state == .confirmed {
                try enter(.activityMovedUp, signUp, of: activity)
                try write(.movedUp, to: signUp, of: activity)
            }
        }
    }

    func enter(_ act: LedgerAct, _ signUp: SignUp, of activity: Activity, _ more: [String: JSON] = [:]) throws {
        try records.ledger.append(
            act, to: "activity/\(activity.id)", by: actor, at: time,
            payload: ["signUp": .string("\(signUp.id)")].merging(more) { $1 })
    }

    /// To those who left an address.
    func write(_ kind: ActivityLetter.Kind, to signUp: SignUp, of activity: Activity) throws {
        guard let mail = signUp.guest.mail else { return }
        try records.activities.add(
            ActivityLetter(
                id: ActivityLetterID(at: time), activity: activity.id, signUp: signUp.id, kind: kind, address: mail,
                language: signUp.guest.language, nextTry: time, madeAt: time))
    }
}

extension ActivityRefusal {
    fileprivate init(_ refusal: Activity.Refusal) {
        switch refusal {
        case .notNow(let state): self = .notNow(state)
        case .tooLate: self = .tooLate
        case .plan(let flaw): self = .plan(flaw)
        }
    }
}

extension Activity.Event {
    fileprivate var ledgerAct: LedgerAct {
        switch self {
        case .publish: .activityPublished
        case .closeSignUp: .activityClosed
        case .reopenSignUp: .activityReopened
        case .begin: .activityBegun
        case .finish: .activityDone
        case .report: .activityReported
        case .cancel: .activityCancelled
        case .change: .activityChanged
        }
    }

    fileprivate func payload(before: Activity, came: HeadCount) -> [String: JSON] {
        switch self {
        case .publish, .closeSignUp, .reopenSignUp, .begin: [:]
        case .finish: ["came": came.ledgerPayload]
        case .report(let text): ["report": .string(text)]
        case .cancel(let reason): ["reason": .string(reason)]
        case .change(let plan): before.plan.ledgerPayload.changes(to: plan.ledgerPayload)
        }
    }
}
