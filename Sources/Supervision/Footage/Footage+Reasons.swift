public import Domain
import Store

extension Footage {
    /// What the asker has said of why recordings of this camera's school are opened.
    ///
    /// A reason is given once for each school in a session of work: from then on it holds for eight hours or until the
    /// session ends, restarts included.
    /// - Parameter session: Of the person's own browser.
    /// - Returns: nil only for the program and its command line, whose acts name themselves.
    /// - Throws: ``SupervisionError/reasonNeeded(_:)`` when none holds, after the permission was checked.
    public func reason(
        to act: Act = .replay, of camera: CameraID, in session: Secret, for principal: Principal
    ) async throws -> ViewingReason? {
        let reason = try await givenReason(to: act, of: camera, in: session, for: principal)
        if case .person = principal, act.needsReason, reason == nil { throw SupervisionError.reasonNeeded([camera]) }
        return reason
    }

    /// As ``reason(to:of:in:for:)``, but nil when none holds.
    public func givenReason(
        to act: Act = .replay, of camera: CameraID, in session: Secret, for principal: Principal
    ) async throws -> ViewingReason? {
        let now = time.now()
        return try await store.read { records in
            let path = try records.places.path(of: camera)
            try principal.require(act, at: path)
            guard let school = path?.school, let token = SessionToken.sha256(of: session) else { return nil }
            return try records.viewings.reason(of: school, session: token, at: now)
        }
    }

    /// The schools of these cameras, for all of which one reason is asked.
    public func schools(of cameras: [CameraID], for principal: Principal) async throws -> [School] {
        try await store.read { records in try Self.schools(of: cameras, records, for: principal) }
    }

    /// Keeps why somebody is going to open recordings of these cameras' schools, and enters it into the ledger.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for ``ViewingReason/Kind/other`` without a note, and for a case that
    ///   the asker knows nothing of.
    public func give(
        _ reason: ViewingReason, for cameras: [CameraID], in session: Secret, by principal: Principal
    ) async throws {
        var checked = reason
        checked.note = try Self.checkedReason(reason.note)
        guard reason.kind != .other || !checked.note.isEmpty else { throw SupervisionError.invalid(.note, .empty) }
        guard let token = SessionToken.sha256(of: session) else { throw SupervisionError.notPermitted }
        let (now, reason) = (time.now(), checked)
        try await store.write { records in
            guard case .person(let person) = principal,
                try records.sessions.session(token, at: now)?.person == person.id
            else { throw SupervisionError.notPermitted }
            if let number = reason.caseNumber {
                guard let id = try records.cases.id(number: number),
                    let summary = try records.cases.summary(id), principal.may(.lookAtCases, at: summary.place)
                else { throw SupervisionError.invalid(.caseNumber, .unknown) }
            }
            for school in try Self.schools(of: cameras, records, for: principal) {
                let end = now + ViewingReason.validity
                try records.viewings.set(reason, of: school.id, session: token, at: now, until: end)
                try records.ledger.append(
                    .viewingReasonGiven, to: "school/\(school.id)", by: principal.actor, at: now,
                    payload: reason.ledgerPayload.merging(["until": .int(end.milliseconds)]) { $1 })
            }
        }
    }

    private static func schools(
        of cameras: [CameraID], _ records: Records, for principal: Principal
    ) throws -> [School] {
        var schools: [School] = []
        for camera in cameras {
            let path = try records.places.path(of: camera)
            try principal.require(.replay, at: path)
            guard let id = path?.school, let school = try records.places.school(id) else {
                throw SupervisionError.notFound
            }
            if !schools.contains(where: { $0.id == id }) { schools.append(school) }
        }
        return schools
    }
}

extension ViewingReason {
    var ledgerPayload: [String: JSON] {
        var payload: [String: JSON] = ["why": .string(kind.rawValue)]
        if !note.isEmpty { payload["note"] = .string(note) }
        if let caseNumber { payload["case"] = .int(Int64(caseNumber)) }
        return payload
    }

    init?(ledger payload: JSON?) {
        guard let kind = payload?["why"]?.string.flatMap(Kind.init) else { return nil }
        self.init(kind, note: payload?["note"]?.string ?? "", caseNumber: payload?["case"]?.int.map { Int($0) })
    }
}
