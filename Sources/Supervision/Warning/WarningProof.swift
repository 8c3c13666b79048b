public import Domain
import Store

/// What a warning's or a rule's row says, held against the ledger.
public enum WarningFault: Hashable, Sendable {
    /// The ledger never gave it.
    case neverGiven(WarningID)
    /// The row is not what the ledger leaves: which columns.
    case rowDiffers(WarningID, [String])
    /// The ledger has so many more than the records.
    case gone(Int)
    /// A rule's newest row is not its last entry.
    case ruleDiffers(WarningSubject)
}

extension Warnings {
    /// Makes each warning and rule anew out of the ledger: for `mingchu check`.
    public func check() async throws -> (checked: Int, faults: [WarningFault]) {
        var (checked, faults): (Int, [WarningFault]) = (0, [])
        var last: WarningID?
        while true {
            let page = try await store.read { [last] records in
                try records.warnings.files(after: last, limit: 200).map {
                    ($0.file.id, try Self.fault(of: $0, records))
                }
            }
            guard let end = page.last else { break }
            checked += page.count
            faults += page.compactMap(\.1)
            last = end.0
        }
        let (gone, rules) = try await store.read { records in
            let gone = try records.ledger.count(of: .warningGiven) - records.warnings.countAll()
            return (gone, try records.warnings.rules().compactMap { try Self.fault(of: $0, records) })
        }
        if gone > 0 { faults.append(.gone(gone)) }
        return (checked, faults + rules)
    }

    private static func fault(
        of row: (file: WarningFile, key: String, kind: String), _ records: Records
    ) throws -> WarningFault? {
        let file = row.file
        let entries = try records.ledger.entries(
            LedgerFilter(subject: file.ledgerSubject), before: nil, limit: 100)
        guard let given = entries.first(where: { $0.act == .warningGiven }), let payload = JSON(parsing: given.payload)
        else { return .neverGiven(file.id) }
        let over = entries.first { $0.act == .warningOver }
        let ended = entries.first { $0.act == .warningEnded }
        let ending = ended.flatMap { JSON(parsing: $0.payload)?["ending"]?.string }
        let compared: [(String, Bool)] = [
            ("place", payload["place"]?.string == "\(file.warning.place)"),
            ("reason", payload["reason"]?.string == (try WarningRecords.text(of: file.warning.reason))),
            ("key", payload["key"]?.string == file.warning.key && row.key == file.warning.key),
            ("kind", row.kind == file.warning.reason.kind.rawValue),
            ("given", given.time == file.givenAt), ("over", over?.time == file.overAt),
            ("ended", ended?.time == file.ended?.time && ended?.actor == file.ended.map { .person($0.by) }),
            ("ending", ending == (try file.ended.map { try WarningRecords.text(of: $0.ending) })),
        ]
        let wrong = compared.filter { !$0.1 }.map(\.0)
        return wrong.isEmpty ? nil : .rowDiffers(file.id, wrong)
    }

    private static func fault(of version: WarningRuleVersion, _ records: Records) throws -> WarningFault? {
        let entry = try records.ledger.entries(
            LedgerFilter(act: .warningRuleChanged, subject: "warning-rule/\(version.subject)"), before: nil, limit: 1
        ).first
        let kept = JSON.object(try version.ledgerPayload)
        let isKept =
            entry?.time == version.from && entry.flatMap { JSON(parsing: $0.payload) } == kept
            && entry?.actor == version.by.map { .person($0) } ?? entry?.actor
        return isKept ? nil : .ruleDiffers(version.subject)
    }
}
