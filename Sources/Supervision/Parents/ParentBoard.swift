public import Domain
import Store

/// What a parent sees: the school's page with what the county opens to parents, and what became of their own concerns.
public struct ParentBoard: Sendable, Hashable {
    public struct Report: Sendable, Hashable {
        public var code: ConcernCode
        public var receivedAt: UTCTime
        public var state: Concern.State
        /// As they wrote it.
        public var text: String
    }

    public var member: ParentMember
    public var board: PublicBoard
    /// The newest first, at most 20.
    public var reports: [Report]
}

extension Parents {
    /// - Throws: ``SupervisionError/notFound`` once nothing is open to them any more.
    public func board(forToken token: Secret) async throws -> ParentBoard {
        let (now, zone) = (time.now(), zone)
        guard let sha256 = SessionToken.sha256(of: token) else { throw SupervisionError.notFound }
        return try await store.read { records in
            guard let member = try Self.member(ofSession: sha256, records, at: now) else {
                throw SupervisionError.notFound
            }
            let reports = try records.parents.concerns(of: member.parent.id, limit: 20).compactMap {
                id -> ParentBoard.Report? in
                guard let concern = try records.concerns.concern(id), let code = try records.concerns.code(of: id)
                else { return nil }
                return ParentBoard.Report(
                    code: code, receivedAt: concern.receivedAt, state: concern.state, text: concern.text)
            }
            return ParentBoard(
                member: member,
                board: try Publications.board(of: member.school.id, for: .parents, records, zone, now: now),
                reports: reports)
        }
    }

    /// Asked before every playlist and every piece of a picture.
    ///
    /// - Throws: ``SupervisionError/notFound`` unless it is shown to parents this very moment.
    public func showing(_ camera: CameraID, forToken token: Secret) async throws -> PublicShowing {
        let (now, zone) = (time.now(), zone)
        guard let sha256 = SessionToken.sha256(of: token) else { throw SupervisionError.notFound }
        return try await store.read { records in
            guard let member = try Self.member(ofSession: sha256, records, at: now) else {
                throw SupervisionError.notFound
            }
            return try Publications.showing(camera, at: member.school.id, for: .parents, records, zone, now: now)
        }
    }

    /// Shows the answer on the page of the parent who sent it, if it is about their own school.
    static func keep(
        _ concern: ConcernID, at school: SchoolID, for id: ParentID, _ records: Records, at now: UTCTime
    ) throws {
        guard let parent = try records.parents.parent(id), parent.isActive(at: now),
            try records.parents.invitation(parent.invitation)?.school == school
        else { return }
        try records.parents.add(concern, of: id)
    }
}
