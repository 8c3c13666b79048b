import Documents
import Domain
import Supervision

/// Entries of the ledger as rows of a file, newest first.
struct LedgerTable: TablePages {
    let ledger: LedgerReading
    let filter: LedgerFilter
    let principal: Principal
    let names: LedgerNames
    let wording: Wording
    var before: Int64?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("ledger.sequence"), .integer),
            TableColumn(words("ledger.time"), .dateTime(wording.zone)), TableColumn(words("ledger.who")),
            TableColumn(words("ledger.act")), TableColumn(words("ledger.subject"), width: 28),
            TableColumn(words("ledger.details"), width: 40), TableColumn(words("ledger.payload"), width: 40),
            TableColumn(words("ledger.hash"), width: 66),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let entries = try await ledger.page(filter, before: before, limit: 1000, for: principal)
        guard let last = entries.last else { return nil }
        before = last.sequence
        return entries.map { entry in
            let row = LedgerPage.Row(entry, names: names, wording: wording)
            return [
                .integer(Int(entry.sequence)), .time(entry.time), .text(row.who), .text(row.act), .text(row.subject),
                .text(row.details.map { "\($0.name): \($0.value)" }.joined(separator: "; ")), .text(entry.payload),
                .text(row.hash),
            ]
        }
    }
}
