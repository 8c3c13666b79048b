import Domain
import Store

/// What happens to concerns without anybody's doing.
extension Concerns {
    /// What one round did.
    public struct Upkeep: Sendable, Hashable {
        public var told = 0
        public var closed = 0
        public var erased = 0
    }

    private static let most = 200

    /// Tells once of answers that are late, closes what has come to its end, and erases contacts whose time is over.
    public func keepUp() async throws -> Upkeep {
        let now = time.now()
        // Looked at without a lock: most rounds find nothing.
        let isQuiet = try await store.read { records in
            try records.concerns.untoldOverdue(at: now, limit: 1).isEmpty
                && records.concerns.answered(limit: 1).isEmpty
                && records.concerns.withContact(endedBefore: now - Concern.contactTime, limit: 1).isEmpty
        }
        if isQuiet { return Upkeep() }
        return try await store.write { records in
            Upkeep(
                told: try tellOverdue(records, at: now), closed: try closeEnded(records, at: now),
                erased: try eraseContacts(records, at: now))
        }
    }

    /// To the office that answers for the school, and to the bureau above it.
    private func tellOverdue(_ records: Records, at now: UTCTime) throws -> Int {
        let late = try records.concerns.untoldOverdue(at: now, limit: Self.most)
        for id in late {
            guard let concern = try records.concerns.concern(id),
                let school = try records.places.school(concern.school)
            else { continue }
            let affair = Affair(.concernOverdue, subject: "concern/\(id)", school: school.id)
            try records.tell(affair, "overdue", school.supervisingBodies, at: now)
            try records.concerns.setTold(id, at: now)
        }
        return late.count
    }

    private func closeEnded(_ records: Records, at now: UTCTime) throws -> Int {
        var closed = 0
        for id in try records.concerns.answered(limit: Self.most) {
            guard let concern = try records.concerns.concern(id) else { continue }
            let caseEnded = try concern.caseID.map { try records.cases.summary($0)?.state.isFinal ?? true }
            guard concern.closesItself(at: now, caseEnded: caseEnded) else { continue }
            try step(.closed, on: concern, seen: nil, records, by: .node, at: now)
            closed += 1
        }
        return closed
    }

    private func eraseContacts(_ records: Records, at now: UTCTime) throws -> Int {
        let ended = try records.concerns.withContact(endedBefore: now - Concern.contactTime, limit: Self.most)
        for id in ended {
            try records.concerns.eraseContact(of: id)
            try records.ledger.append(.concernContactErased, to: "concern/\(id)", by: .node, at: now)
        }
        return ended.count
    }
}
