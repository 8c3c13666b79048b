public import Domain
import Store

/// One capture and how it ended, by the ledger's entries alone.
public struct ClosureRow: Hashable, Sendable {
    public var capture: CaptureID
    public var item: CaptureItem
    public var camera: CameraID
    public var place: PlacePath?
    /// When the capture came into the ledger.
    public var time: UTCTime
    /// Of the entry that made it.
    public var madeBy: Int64
    public var verdict: Verdict?
    /// Of the entry that judged it last.
    public var judgedBy: Int64?
    public var caseID: CaseID?
    public var caseState: CaseState?
    /// Of the case's last entry.
    public var caseBy: Int64?
    public var outcome: CaptureOutcome
}

/// The end of the ledger that a proof goes by: later entries don't count, so that anybody gets the same from the same.
public struct LedgerHead: Hashable, Sendable {
    public var sequence: Int64
    public var hash: [UInt8]
}

extension Cases {
    /// Where the ledger ends now; nil = it is empty.
    public func ledgerHead() async throws -> LedgerHead? {
        try await store.read { records in
            try records.ledger.entries(LedgerFilter(), before: nil, limit: 1).first.map {
                LedgerHead(sequence: $0.sequence, hash: $0.hash)
            }
        }
    }

    /// What the ledger held at an entry; nil = there is no such entry.
    public func ledgerHead(at sequence: Int64) async throws -> LedgerHead? {
        guard sequence > 0, sequence < .max else { return nil }
        return try await store.read { records in
            try records.ledger.entries(LedgerFilter(), before: sequence + 1, limit: 1).first.flatMap {
                $0.sequence == sequence ? LedgerHead(sequence: sequence, hash: $0.hash) : nil
            }
        }
    }

    /// All captures that came into the ledger in a span and how each ended, newest first, made anew from the ledger as it
    /// was at `head`. (办结证明)
    ///
    /// - Parameters:
    ///   - sequence: Of the last row's entry of the page before; nil = from the newest.
    ///   - limit: 1…1000; taken as the nearest of these.
    /// - Returns: The rows that the asker may look at, and the sequence to go on with; nil = that was all.
    public func closure(
        of span: TimeSpan, school: SchoolID? = nil, until head: LedgerHead, before sequence: Int64? = nil,
        limit: Int = 500, for principal: Principal
    ) async throws -> (rows: [ClosureRow], next: Int64?) {
        guard principal.maySomewhere(.lookAtCaptures), principal.maySomewhere(.lookAtCases) else {
            throw SupervisionError.notPermitted
        }
        let limit = min(max(limit, 1), 1000)
        return try await store.read { records in
            let entries = try records.ledger.entries(
                LedgerFilter(act: .captureMade, span: span, last: head.sequence), before: sequence, limit: limit)
            var reading = ClosureReading(records: records, head: head.sequence)
            let rows = try entries.compactMap { entry -> ClosureRow? in
                guard let row = try reading.row(of: entry) else { return nil }
                guard let place = row.place, principal.may(.lookAtCaptures, at: place),
                    school == nil || place.school == school
                else { return nil }
                return row
            }
            return (rows, entries.count < limit ? nil : entries.last?.sequence)
        }
    }
}

/// Reads the ledger's entries of captures and cases, each case once.
private struct ClosureReading {
    let records: Records
    let head: Int64
    private var cases: [CaseID: (state: CaseState, captures: Set<CaptureID>, last: Int64)?] = [:]
    private var places: [CameraID: PlacePath?] = [:]

    init(records: Records, head: Int64) {
        self.records = records
        self.head = head
    }

    /// nil = the entry is of no capture: the ledger was changed.
    mutating func row(of entry: LedgerEntry) throws -> ClosureRow? {
        guard entry.subject.hasPrefix("capture/"), let id = CaptureID(String(entry.subject.dropFirst(8))),
            case .camera(let camera) = entry.actor,
            let item = JSON(parsing: entry.payload)?["item"]?.string.flatMap(CaptureItem.init(rawValue:))
        else { return nil }
        let judged = try records.ledger.entries(
            LedgerFilter(act: .captureJudged, subject: entry.subject), before: head + 1, limit: 1
        ).first
        let verdict = judged.flatMap { Verdict(ledgerPayload: $0.payload) }
        var row = ClosureRow(
            capture: id, item: item, camera: camera, place: try place(of: camera), time: entry.time,
            madeBy: entry.sequence, verdict: verdict, judgedBy: judged?.sequence, outcome: .waiting)
        // The row only says where to look; what counts is that the case's own entries name the capture.
        if let id = try records.cases.id(of: id), let found = try self.case(id), found.captures.contains(row.capture) {
            row.caseID = id
            row.caseState = found.state
            row.caseBy = found.last
        }
        row.outcome = CaptureOutcome(verdict, row.caseState)
        return row
    }

    private mutating func place(of camera: CameraID) throws -> PlacePath? {
        if let known = places[camera] { return known }
        let place = try records.places.path(of: camera)
        places[camera] = .some(place)
        return place
    }

    private mutating func `case`(_ id: CaseID) throws -> (state: CaseState, captures: Set<CaptureID>, last: Int64)? {
        if let known = cases[id] { return known }
        let history = try records.cases.history(of: id).filter { $0.entry.sequence <= head }
        var found: (state: CaseState, captures: Set<CaptureID>, last: Int64)?
        if let last = history.last, let current = try? Case(history.map(\.event)) {
            found = (current.state, Set(current.captures), last.entry.sequence)
        }
        cases[id] = .some(found)
        return found
    }
}

extension Verdict {
    /// As ``Captures`` writes it into the ledger; nil = it is none.
    fileprivate init?(ledgerPayload text: String) {
        guard let payload = JSON(parsing: text), let kind = payload["verdict"]?.string else { return nil }
        let other = payload["other"]?.string
        switch kind {
        case "confirmed": self = .confirmed
        case "rejected":
            guard let reason = payload["reason"]?.string.flatMap(Rejection.init(rawValue:)) else { return nil }
            self = .rejected(reason: reason)
        case "duplicate":
            guard let other = other.flatMap({ CaptureID($0) }) else { return nil }
            self = .duplicate(of: other)
        case "merged":
            guard let other = other.flatMap({ CaseID($0) }) else { return nil }
            self = .merged(into: other)
        default: return nil
        }
    }
}
