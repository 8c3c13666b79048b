public import Domain
import Store

/// The parents of a school, for the school; for those above it as counts alone.
public struct ParentsSheet: Sendable, Hashable {
    public struct Class: Sendable, Hashable {
        public var invitation: ParentInvitation
        /// How many have come in by it, those who have gone since counted.
        public var used: Int
        /// How many are in.
        public var active: Int
        /// Somebody can still come in by it.
        public var isOpen: Bool
        /// Those who are in; empty for whoever isn't of the school.
        public var members: [Member]
    }

    public struct Member: Sendable, Hashable {
        public var parent: Parent
        public var phone: String?
    }

    public var school: School
    /// Of the county.
    public var isOn: Bool
    /// The school has a page that could be shown.
    public var hasPage: Bool
    /// The newest first; those that are over and empty are not there.
    public var classes: [Class]
    public var active: Int
    /// Of the school year.
    public var lastDay: Day
}

/// What a class is invited with, as a school asks for it.
public struct ParentInvitationDraft: Sendable, Hashable {
    public var className: String
    public var mostUses: Int
    /// Nobody comes in by it after this day.
    public var lastDay: Day

    public init(className: String, mostUses: Int, lastDay: Day) {
        self.className = className
        self.mostUses = mostUses
        self.lastDay = lastDay
    }
}

extension Parents {
    public func sheet(of id: SchoolID, for principal: Principal) async throws -> ParentsSheet {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let school = try Self.school(id, .cutPublic, records, for: principal)
            let knowsNames = principal.may(.inviteParents, at: school.path)
            let classes = try records.parents.invitations(of: id).compactMap { invitation -> ParentsSheet.Class? in
                let all = try records.parents.parents(of: invitation.id)
                let active = all.filter { $0.isActive(at: now) }
                let isOpen = invitation.isOpen(at: now, used: all.count)
                guard isOpen || !active.isEmpty else { return nil }
                return ParentsSheet.Class(
                    invitation: invitation, used: all.count, active: active.count, isOpen: isOpen,
                    members: knowsNames
                        ? try active.map { .init(parent: $0, phone: try records.parents.phone(of: $0.id)) } : [])
            }
            return ParentsSheet(
                school: school, isOn: try records.parents.isOn(),
                hasPage: try records.publications.publication(of: id)?.publication.isOn == true, classes: classes,
                active: classes.reduce(0) { $0 + $1.active }, lastDay: SchoolYear.lastDay(of: Day(of: now, in: zone)))
        }
    }

    /// - Throws: ``SupervisionError/invalid(_:_:)`` for what can't be meant; ``SupervisionError/notFound`` while the county
    ///   has no parents' level.
    public func invite(
        _ draft: ParentInvitationDraft, to id: SchoolID, by principal: Principal
    ) async throws -> ParentInvitation {
        let name = try Self.checked(draft.className, .className, in: ParentInvitation.classNameLength)
        guard ParentInvitation.uses.contains(draft.mostUses) else {
            throw SupervisionError.invalid(
                .uses,
                .outOfRange(
                    minimum: ParentInvitation.uses.lowerBound, maximum: ParentInvitation.uses.upperBound))
        }
        let now = time.now()
        let today = Day(of: now, in: zone)
        guard draft.lastDay >= today else { throw SupervisionError.invalid(.expiry, .past) }
        let last = min(draft.lastDay, SchoolYear.lastDay(of: today))
        let invitation = ParentInvitation(
            id: ParentInvitationID(at: now), school: id, className: name, mostUses: draft.mostUses,
            until: last.time(minute: 1440, in: zone), madeAt: now)
        var random = SystemRandomNumberGenerator()
        let code = PublicCode.random(using: &random)
        return try await store.write { records in
            let school = try Self.school(id, .inviteParents, records, for: principal)
            try principal.require(Permission(.inviteParents, at: school.path), records)
            guard try records.parents.isOn() else { throw SupervisionError.notFound }
            try records.parents.add(invitation, code: code)
            try records.ledger.append(
                .parentsInvited, to: "school/\(id)", by: principal.actor, at: now,
                payload: [
                    "invitation": .string("\(invitation.id)"), "uses": .int(Int64(invitation.mostUses)),
                    "until": .int(invitation.until.milliseconds),
                ])
            return invitation
        }
    }

    /// What a class's sheet is printed with.
    public func invitation(
        _ id: ParentInvitationID, of school: SchoolID, for principal: Principal
    ) async throws -> (school: School, invitation: ParentInvitation, code: PublicCode) {
        let now = time.now()
        return try await store.read { records in
            let school = try Self.school(school, .inviteParents, records, for: principal)
            guard try records.parents.isOn(), let invitation = try records.parents.invitation(id),
                invitation.school == school.id, let code = try records.parents.code(of: id),
                invitation.isOpen(at: now, used: try records.parents.uses(of: id))
            else { throw SupervisionError.notFound }
            return (school, invitation, code)
        }
    }

    /// Nobody comes in by it any more, and all who had are out: their names are gone. (撤销整班)
    public func revoke(
        _ id: ParentInvitationID, of school: SchoolID, by principal: Principal
    ) async throws {
        let now = time.now()
        try await store.write { records in
            let school = try Self.school(school, .inviteParents, records, for: principal)
            try principal.require(Permission(.inviteParents, at: school.path), records)
            guard let invitation = try records.parents.invitation(id), invitation.school == school.id else {
                throw SupervisionError.notFound
            }
            guard invitation.endedAt == nil else { return }
            try records.parents.end(id, at: now)
            let members = try records.parents.parents(of: id).filter { $0.endedAt == nil }
            for parent in members { try records.parents.end(parent.id, .revoked, at: now) }
            try records.ledger.append(
                .parentsRevoked, to: "school/\(school.id)", by: principal.actor, at: now,
                payload: ["invitation": .string("\(id)"), "count": .int(Int64(members.count))])
        }
    }

    /// One parent is out, at once and on every phone. (移除一位家长)
    public func revoke(_ id: ParentID, of school: SchoolID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            let school = try Self.school(school, .inviteParents, records, for: principal)
            try principal.require(Permission(.inviteParents, at: school.path), records)
            guard let parent = try records.parents.parent(id),
                try records.parents.invitation(parent.invitation)?.school == school.id
            else { throw SupervisionError.notFound }
            guard parent.endedAt == nil else { return }
            try records.parents.end(id, .revoked, at: now)
            try records.ledger.append(
                .parentRevoked, to: "parent/\(id)", by: principal.actor, at: now,
                payload: ["school": .string("\(school.id)")])
        }
    }

    /// Takes names and numbers of those away whose school year is over.
    /// - Returns: How many.
    public func keepUp() async throws -> Int {
        let now = time.now()
        guard try await store.read({ try !$0.parents.expired(at: now, limit: 1).isEmpty }) else { return 0 }
        return try await store.write { records in
            let expired = try records.parents.expired(at: now, limit: 500)
            for id in expired { try records.parents.end(id, .expired, at: now) }
            try records.ledger.append(
                .parentsExpired, to: "county", by: .node, at: now, payload: ["count": .int(Int64(expired.count))])
            return expired.count
        }
    }

    static func checked(
        _ typed: String, _ field: SupervisionError.Field, in length: ClosedRange<Int>
    ) throws -> String {
        let name = try Names.checked(typed, field)
        // Counted as the database counts.
        let count = name.unicodeScalars.count
        guard count >= length.lowerBound else {
            throw SupervisionError.invalid(field, .tooShort(minimum: length.lowerBound))
        }
        guard count <= length.upperBound else {
            throw SupervisionError.invalid(field, .tooLong(maximum: length.upperBound))
        }
        return name
    }
}
