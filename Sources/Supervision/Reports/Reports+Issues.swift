import Crypto
public import Domain
import Store

/// A finished report, and whether its document is the one that the ledger knows.
public struct IssuedReport: Hashable, Sendable {
    public var issue: ReportIssue
    public var isProven: Bool
}

extension Reports {
    /// Finishes a report by hand: its document stands from now on, and its hash is in the ledger. (定稿)
    ///
    /// - Throws: ``SupervisionError/invalid(_:_:)`` while the span goes on.
    public func issue(
        _ name: ReportName, in territory: Territory, _ language: NoticeChannel.Language, document: [UInt8],
        by principal: Principal
    ) async throws -> ReportIssue {
        let now = time.now()
        let zone = zone
        return try await store.write { records in
            guard let path = try Self.path(of: territory, records), principal.may(.readFigures, at: path) else {
                throw SupervisionError.notFound
            }
            try principal.require(Permission(.issueReport, at: path), records)
            guard let span = ReportSpan(name, try records.rules.calendar() ?? SchoolCalendar()) else {
                throw SupervisionError.notFound
            }
            guard span.days.last < Day(of: now, in: zone) else { throw SupervisionError.invalid(.span, .notAllowed) }
            let issue = ReportIssue(
                id: ReportIssueID(at: now), schedule: nil, kind: span.kind, days: span.days, territory: territory,
                language: language, madeAt: now, sha256: Array(SHA256.hash(data: document)),
                sizeBytes: document.count)
            guard try records.reports.add(issue, key: "\(issue.id)", document: document) else {
                throw SupervisionError.conflict(.changedMeanwhile)
            }
            try Self.enter(issue, records, by: principal.actor, at: now)
            return issue
        }
    }

    /// What was finished of a span, the newest first.
    public func issues(
        of name: ReportName, in territory: Territory? = nil, for principal: Principal
    ) async throws -> [IssuedReport] {
        let question = try await insights.question(
            DaySpan(name.first, through: name.first), in: territory, for: principal)
        return try await store.read { records in
            try records.reports.issues(of: name, in: question.territory).map { issue in
                let document = try records.reports.document(of: issue.id) ?? []
                return IssuedReport(issue: issue, isProven: try Self.isProven(issue, document, records))
            }
        }
    }

    /// - Throws: ``SupervisionError/notFound`` when the asker may not see what it is about.
    public func document(
        of id: ReportIssueID, for principal: Principal
    ) async throws -> (issue: ReportIssue, bytes: [UInt8]) {
        try await store.read { records in
            guard let issue = try records.reports.issue(id), let bytes = try records.reports.document(of: id),
                let own = principal.territory(for: .readFigures),
                try own == issue.territory
                    || Self.path(of: issue.territory, records).map({ principal.may(.readFigures, at: $0) }) == true
            else { throw SupervisionError.notFound }
            return (issue, bytes)
        }
    }

    static func enter(_ issue: ReportIssue, _ records: Records, by actor: LedgerActor, at now: UTCTime) throws {
        try records.ledger.append(
            .reportIssued, to: "report/\(issue.id)", by: actor, at: now,
            payload: [
                "report": .string("\(issue.name)"), "from": .string("\(issue.days.first)"),
                "to": .string("\(issue.days.last)"), "place": .string("\(issue.territory)"),
                "language": .string(issue.language.rawValue), "sha256": .string(issue.sha256.hexadecimal),
                "bytes": .int(Int64(issue.sizeBytes)),
                "schedule": issue.schedule.map { .string("\($0)") } ?? .null,
            ])
    }

    /// Row, document and ledger say the same.
    private static func isProven(_ issue: ReportIssue, _ document: [UInt8], _ records: Records) throws -> Bool {
        let hash = Array(SHA256.hash(data: document))
        guard hash == issue.sha256 else { return false }
        let filter = LedgerFilter(act: .reportIssued, subject: "report/\(issue.id)")
        guard let entry = try records.ledger.entries(filter, before: nil, limit: 1).first else { return false }
        return entry.payload.contains("\"sha256\":\"\(hash.hexadecimal)\"")
    }
}
