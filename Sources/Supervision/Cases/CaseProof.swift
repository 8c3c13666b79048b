public import Domain
import Store

/// What a case's row says, held against the events in the ledger.
public struct CaseProof: Sendable, Hashable {
    public enum Fault: Sendable, Hashable {
        /// The ledger's events are no history, or there are none.
        case noHistory
        /// The row is not what the events leave: which columns.
        case rowDiffers([String])
        /// The captures that belong to it are not those of the events.
        case capturesDiffer
        /// An attachment is not in an event, or an event's is missing.
        case attachmentsDiffer
        /// A notice's number is not that of the event.
        case noticesDiffer
    }

    public var id: CaseID
    public var files: [AttachmentProof]
    public var faults: [Fault]

    public struct AttachmentProof: Sendable, Hashable {
        public var path: String
        public var sizeBytes: Int
        public var sha256: String
    }
}

extension Cases {
    /// Cases in the order of their identifiers, each made anew from the ledger: for `mingchu check`.
    /// - Parameter last: The last one of the page before; nil = from the first.
    public func proofs(after last: CaseID? = nil, limit: Int = 200) async throws -> [CaseProof] {
        try await store.read { records in
            try records.cases.identifiers(after: last, limit: limit).map { try Self.proof(of: $0, records) }
        }
    }

    /// Cases that the ledger has and the records don't: more than 0 when rows were taken away.
    public func countMissing() async throws -> Int {
        try await store.read { try $0.ledger.count(of: .caseOpened) - $0.cases.countAll() }
    }

    private static func proof(of id: CaseID, _ records: Records) throws -> CaseProof {
        let files = try records.attachments.files(of: id)
        var proof = CaseProof(
            id: id,
            files: files.map { .init(path: $0.path, sizeBytes: $0.sizeBytes, sha256: $0.attachment.sha256) },
            faults: [])
        let events: [CaseEvent]
        let current: Case
        do {
            events = try records.cases.events(of: id)
            current = try Case(events)
        } catch {
            proof.faults = [.noHistory]
            return proof
        }
        guard let row = try records.cases.summary(id) else { return proof }
        let compared: [(String, Bool)] = [
            ("version", row.version == current.version), ("state", row.state == current.state),
            ("grade", row.grade == current.grade), ("matter", row.matter == current.opening.matter),
            ("school", row.school.id == current.opening.school), ("office", row.office?.id == current.office),
            ("canteen", row.canteen == current.opening.canteen), ("area", row.area == current.opening.area),
            ("round", row.round == current.round), ("opened", row.openedAt == current.openedAt),
            ("changed", row.changedAt == current.changedAt), ("closed", row.closedAt == current.closedAt),
            ("steps", try records.facts.case(id)?.steps == current.steps),
            ("search", try records.cases.searchMatches(events, of: id)),
        ]
        let wrong = compared.filter { !$0.1 }.map(\.0)
        if !wrong.isEmpty { proof.faults.append(.rowDiffers(wrong)) }
        if try records.cases.captures(of: id) != current.captures.sorted() { proof.faults.append(.capturesDiffer) }
        let named = Set(events.flatMap(\.attachments))
        if named != Set(files.map(\.attachment)) { proof.faults.append(.attachmentsDiffer) }
        if try records.cases.notices(of: id) != current.notices { proof.faults.append(.noticesDiffer) }
        return proof
    }
}
