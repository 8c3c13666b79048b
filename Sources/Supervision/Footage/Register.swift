public import Domain
import Store

/// Who viewed what, when, how long and why, as the ledger has it. (查看登记) Needs ``Act/readViewings`` at the county.
public struct Register: Sendable {
    let store: Store

    /// Newest first.
    /// - Parameters:
    ///   - sequence: Only viewings before it; nil = from the newest.
    ///   - limit: 1…1000; taken as the nearest of these.
    public func page(
        _ filter: ViewingFilter = ViewingFilter(), before sequence: Int64? = nil, limit: Int = 100,
        for principal: Principal
    ) async throws -> [Viewing] {
        guard principal.may(.readViewings) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            var people: [PersonID: Person] = [:]
            var schools: [SchoolID: School] = [:]
            return try records.viewings.entries(filter, before: sequence, limit: min(max(limit, 1), 1000)).map {
                entry in
                var viewing = Viewing(entry)
                if case .person(let id) = entry.actor {
                    if people[id] == nil { people[id] = try records.people.person(id) }
                    viewing.person = people[id]
                }
                if let camera = viewing.camera, let id = try records.places.path(of: camera)?.school {
                    if schools[id] == nil { schools[id] = try records.places.school(id) }
                    viewing.school = schools[id]
                }
                return viewing
            }
        }
    }

    /// Everybody who may be asked for.
    public func people(for principal: Principal) async throws -> [Person] {
        guard principal.may(.readViewings) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.people.all() }
    }
}

/// One entry of the register.
public struct Viewing: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case live
        case replay
        case still
        case export
    }

    /// Of the ledger entry.
    public var sequence: Int64
    /// When it was entered: with the first picture, or when ten minutes of watching were over.
    public var time: UTCTime
    public var actor: LedgerActor
    /// nil for the command line.
    public var person: Person?
    public var camera: CameraID?
    public var school: School?
    public var kind: Kind
    /// What was shown; of live pictures, when.
    public var spans: [TimeSpan]
    /// nil for live pictures, evidence of captures, the command line, and entries of earlier versions.
    public var reason: ViewingReason?
    /// Exports only: what was typed for this one.
    public var purpose: String

    /// Together.
    public var length: Duration { spans.reduce(.zero) { $0 + $1.duration } }

    init(_ entry: LedgerEntry) {
        let payload = JSON(parsing: entry.payload)
        sequence = entry.sequence
        time = entry.time
        actor = entry.actor
        camera = entry.subject.hasPrefix("camera/") ? CameraID(String(entry.subject.dropFirst(7))) : nil
        kind = entry.act == .footageExported ? .export : payload?["kind"]?.string.flatMap(Kind.init) ?? .replay
        let pairs = payload?["spans"]?.array?.map { [$0.array?.first?.int, $0.array?.last?.int] }
        spans = (pairs ?? [[payload?["from"]?.int, payload?["to"]?.int]]).compactMap { pair in
            guard let start = pair[0], let end = pair[1], start <= end else { return nil }
            return TimeSpan(start: UTCTime(milliseconds: start), end: UTCTime(milliseconds: end))
        }
        reason = ViewingReason(ledger: payload?["reason"])
        purpose = payload?["purpose"]?.string ?? ""
    }
}
