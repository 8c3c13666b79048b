public import Domain
import Store

/// What everybody may do who has a code: look, sign up, call off, say what it was like.
extension Activities {
    /// - Throws: ``SupervisionError/notFound`` for a code that doesn't exist and for a draft.
    public func board(_ code: PublicCode) async throws -> ActivityBoard {
        let now = time.now()
        return try await store.read { records in
            guard let activity = try records.activities.activity(of: code), activity.state.isPublic else {
                throw SupervisionError.notFound
            }
            return try ActivityBoard(activity, records, at: now)
        }
    }

    /// From the public page.
    ///
    /// - Parameter form: The token of the page's form; the same one again gives what it gave before.
    public func signUp(
        _ guest: Guest, for code: PublicCode, form: String, from address: String
    ) async throws -> SignUp {
        let guest = try Self.checked(guest, byStaff: false)
        try limits.pass("sign-up", from: address, most: VisitLimits.signUpsAnHour, at: time.monotonic())
        let now = time.now()
        let (activity, signUp) = try await store.write { records in
            guard let activity = try records.activities.activity(of: code), activity.state.isPublic,
                let key = try records.activities.formKey(of: activity.id)
            else { throw SupervisionError.notFound }
            guard SignUpForm.isGood(form, key, at: now) else { throw SupervisionError.activity(.formTooOld) }
            // A tap that came twice.
            if let made = try records.activities.signUp(byForm: form) { return (activity, made) }
            guard activity.isOpenForSignUp(at: now) else { throw SupervisionError.activity(.signUpClosed) }
            let transaction = ActivityTransaction(records: records, actor: .node, time: now)
            return (activity, try transaction.add(guest, to: activity, form: form))
        }
        letters.tell(activity.id)
        return signUp
    }

    /// What stands behind the code of a sign-up.
    public func place(_ code: PublicCode) async throws -> SignUpPlace {
        try await store.read { records in
            let (activity, signUp) = try Self.find(code, records)
            let guests = GuestList(
                try records.activities.signUps(of: activity.id), capacity: activity.plan.capacity)
            return SignUpPlace(
                activity: activity, schools: try activity.plan.schools.compactMap { try records.places.school($0) },
                signUp: signUp, position: guests.position(of: signUp.id),
                feedback: try records.activities.feedback(of: activity.id).first { $0.signUp == signUp.id })
        }
    }

    /// Who is next has the place in the same moment.
    public func cancel(_ code: PublicCode, from address: String) async throws {
        try limits.pass("place", from: address, most: VisitLimits.othersAnHour, at: time.monotonic())
        let now = time.now()
        let activity = try await store.write { records in
            let (activity, signUp) = try Self.find(code, records)
            try ActivityTransaction(records: records, actor: .node, time: now).cancel(signUp.id, of: activity)
            return activity
        }
        letters.tell(activity.id)
    }

    /// - Parameter words: May be empty; public only when somebody lets them pass.
    public func rate(_ code: PublicCode, stars: Int, words: String, from address: String) async throws {
        try limits.pass("place", from: address, most: VisitLimits.othersAnHour, at: time.monotonic())
        let words = Names.trimmed(words)
        guard ActivityFeedback.stars.contains(stars) else {
            throw SupervisionError.invalid(.stars, .outOfRange(minimum: 1, maximum: 5))
        }
        guard words.unicodeScalars.count <= ActivityFeedback.longest else {
            throw SupervisionError.invalid(.text, .tooLong(maximum: ActivityFeedback.longest))
        }
        let now = time.now()
        try await store.write { records in
            let (activity, signUp) = try Self.find(code, records)
            guard signUp.state == .came, [.running, .done, .reported].contains(activity.state) else {
                throw SupervisionError.activity(.notThere)
            }
            try records.activities.set(
                ActivityFeedback(
                    signUp: signUp.id, activity: activity.id, role: signUp.guest.role, stars: stars, words: words,
                    time: now))
            try ActivityTransaction(records: records, actor: .node, time: now)
                .enter(.activityFeedbackGiven, signUp, of: activity, ["stars": .int(Int64(stars))])
        }
    }

    static func find(_ code: PublicCode, _ records: Records) throws -> (Activity, SignUp) {
        guard let found = try records.activities.signUp(of: code),
            let activity = try records.activities.activity(found.activity)
        else { throw SupervisionError.notFound }
        return (activity, found.signUp)
    }

    static func checked(_ guest: Guest, byStaff: Bool) throws -> Guest {
        var guest = guest
        guest.name = try Names.checked(guest.name, .name, most: 40)
        guest.phone = try guest.phone.map(Names.trimmed).flatMap { $0.isEmpty ? nil : $0 }.map { phone in
            let digits = phone.filter { $0.isASCII && $0.isNumber }.count
            guard (5...20).contains(digits), phone.allSatisfy({ "0123456789+-() ".contains($0) }), phone.count <= 30
            else { throw SupervisionError.invalid(.phone, .implausible) }
            return phone
        }
        guest.mail = try guest.mail.map(Names.trimmed).flatMap { $0.isEmpty ? nil : $0 }.map { mail in
            guard PastedAddresses.isAddress(mail) else { throw SupervisionError.invalid(.mail, .implausible) }
            return mail
        }
        do throws(Guest.Flaw) { try guest.check(byStaff: byStaff) } catch {
            throw SupervisionError.activity(.guest(error))
        }
        return guest
    }
}

extension ActivityTransaction {
    func add(_ guest: Guest, to activity: Activity, form: String? = nil) throws -> SignUp {
        var random = SystemRandomNumberGenerator()
        let before = try guests(of: activity)
        var after = before
        let time = time
        let new = SignUp(id: SignUpID(at: time), code: .random(using: &random), guest: guest, madeAt: time)
        _ = try after.attempt { (list) throws(GuestList.Refusal) in try list.add(new, at: time) }
        let signUp = after[new.id] ?? new
        try records.activities.add(signUp, to: activity.id, form: form)
        try enter(
            .activitySignedUp, signUp, of: activity,
            ["heads": guest.heads.ledgerPayload, "state": .string(signUp.state.rawValue)])
        try write(.signedUp, to: signUp, of: activity)
        try save(after, instead: before, of: activity)
        return signUp
    }

    func cancel(_ id: SignUpID, of activity: Activity) throws {
        guard [.published, .closed].contains(activity.state) else {
            throw SupervisionError.activity(.notNow(activity.state))
        }
        let before = try guests(of: activity)
        var after = before
        let time = time
        _ = try after.attempt { (list) throws(GuestList.Refusal) in try list.cancel(id, at: time) }
        if let signUp = after[id] { try enter(.activitySignUpCancelled, signUp, of: activity) }
        try save(after, instead: before, of: activity)
    }
}
