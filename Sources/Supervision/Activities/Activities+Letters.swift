public import Domain
import Store

/// A letter with what it is about.
public struct OutgoingLetter: Sendable, Hashable {
    public var letter: ActivityLetter
    public var activity: Activity
    public var schools: [School]
    public var signUp: SignUp?
}

/// Mail about activities: invitations to a list, and news for those who left an address.
extension Activities {
    /// Activities with letters to send, from now on.
    public func letterChanges() -> AsyncStream<ActivityID> { letters.stream() }

    /// Once to each address, however often it is pasted.
    ///
    /// - Returns: How many are new, and words that are no addresses.
    public func invite(
        _ pasted: String, to id: ActivityID, in language: NoticeChannel.Language, by principal: Principal
    ) async throws -> (new: Int, wrong: [String]) {
        let (addresses, wrong) = PastedAddresses.read(pasted)
        guard !addresses.isEmpty else { throw SupervisionError.activity(.noAddresses) }
        guard addresses.count <= PastedAddresses.most else {
            throw SupervisionError.invalid(.mail, .outOfRange(minimum: 1, maximum: PastedAddresses.most))
        }
        let now = time.now()
        let new = try await store.write { records in
            let (activity, _) = try Self.find(id, .planActivities, records, for: principal)
            guard activity.isOpenForSignUp(at: now) else { throw SupervisionError.activity(.signUpClosed) }
            let known = try records.activities.invited(to: id)
            let new = addresses.filter { !known.contains($0.lowercased()) }
            for address in new {
                try records.activities.add(
                    ActivityLetter(
                        id: ActivityLetterID(at: now), activity: id, kind: .invitation, address: address,
                        language: language, nextTry: now, madeAt: now))
            }
            if !new.isEmpty {
                try records.ledger.append(
                    .activityInvited, to: "activity/\(id)", by: principal.actor, at: now,
                    payload: ["letters": .int(Int64(new.count))])
            }
            return new.count
        }
        letters.tell(id)
        return (new, wrong)
    }

    /// Those whose time has come, marked as under way: whoever is interrupted sends them again under the same name, by
    /// which a mailbox knows them.
    public func claim(limit: Int = 8) async throws -> [OutgoingLetter] {
        let (now, lease) = (time.now(), policy.lease)
        guard try await store.read({ try !$0.activities.dueLetters(at: now, limit: 1).isEmpty }) else { return [] }
        return try await store.write { records in
            try records.activities.dueLetters(at: now, limit: limit).compactMap { letter in
                var letter = letter
                guard let activity = try records.activities.activity(letter.activity) else { return nil }
                letter.state = .sending
                letter.tries += 1
                letter.nextTry = now + lease
                try records.activities.set(letter)
                let signUp = try letter.signUp.flatMap { id in
                    try records.activities.signUps(of: activity.id).first { $0.id == id }
                }
                return OutgoingLetter(
                    letter: letter, activity: activity,
                    schools: try activity.plan.schools.compactMap { try records.places.school($0) }, signUp: signUp)
            }
        }
    }

    public func finish(_ outgoing: OutgoingLetter, with outcome: SendOutcome) async throws {
        let (now, policy) = (time.now(), policy)
        try await store.write { records in
            guard var letter = try records.activities.letter(outgoing.letter.id), letter.state == .sending,
                letter.tries == outgoing.letter.tries
            else { return }
            let next = policy.next(after: outcome, tries: letter.tries, on: .mail, at: now)
            (letter.state, letter.nextTry) = next
            switch outcome {
            case .sent: (letter.sentAt, letter.fault) = (now, nil)
            case .later(let fault), .refused(let fault), .unknown(let fault): letter.fault = fault
            }
            try records.activities.set(letter)
        }
    }
}
