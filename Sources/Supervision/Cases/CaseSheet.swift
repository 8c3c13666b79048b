public import Domain
import Store

/// A case with everything that belongs to it, as somebody may see it.
public struct CaseSheet: Sendable {
    /// One event, and the ledger entry that proves it.
    public struct Act: Sendable {
        public var event: CaseEvent
        public var sequence: Int64
        /// Of the ledger entry.
        public var hash: [UInt8]
        /// Who did it; nil for the program and its command line.
        public var person: Person?
    }

    public var summary: CaseSummary
    public var current: Case
    /// In the order in which they began; those that have ended too.
    public var clocks: [CaseClock]
    /// Oldest first.
    public var history: [Act]
    public var captures: [CaptureRecord]
    public var files: [AttachmentFile]
    public var camera: Camera?
    public var area: Area?
    /// What the asker may do now.
    public var moves: [CaseMove]
    public var offices: [TownshipID: Township]
    public var schools: [SchoolID: School]
}

extension CaseTransaction {
    /// - Parameter principal: Who asks what may be done; that this one may look is the caller's to know.
    func sheet(of current: Case, for principal: Principal, at now: UTCTime) throws -> CaseSheet {
        guard let summary = try records.cases.summary(current.id) else { throw SupervisionError.notFound }
        let rules = try rules(of: current)
        var people: [PersonID: Person] = [:]
        let history = try records.cases.history(of: current.id).map { event, entry in
            var person: Person?
            if case .person(let id) = event.actor {
                if people[id] == nil { people[id] = try records.people.person(id) }
                person = people[id]
            }
            return CaseSheet.Act(event: event, sequence: entry.sequence, hash: entry.hash, person: person)
        }
        let patrol = current.opening.patrol
        return CaseSheet(
            summary: summary, current: current, clocks: rules.clockHistory(of: current), history: history,
            captures: try current.captures.compactMap { try records.captures.record($0) },
            files: try records.attachments.files(of: current.id),
            camera: try patrol.flatMap { try records.cameras.camera($0.camera) },
            area: try current.opening.area.flatMap { try records.places.area($0) },
            moves: rules.moves(on: current, by: principal, at: now),
            offices: Dictionary(
                try records.places.townships().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            schools: [summary.school.id: summary.school])
    }
}
