import Documents
import Domain
import Supervision

/// Warnings as rows of a file.
struct WarningTable: TablePages {
    let warnings: Warnings
    let filter: WarningFilter
    let principal: Principal
    let wording: Wording
    var last: WarningID?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("warning.given"), .dateTime(wording.zone)), TableColumn(words("warning.kindTitle")),
            TableColumn(words("warning.place"), width: 28), TableColumn(words("warning.township"), width: 20),
            TableColumn(words("warning.why"), width: 70), TableColumn(words("field.state")),
            TableColumn(words("warning.overAt"), .dateTime(wording.zone)),
            TableColumn(words("warning.endedAt"), .dateTime(wording.zone)),
            TableColumn(words("warning.endingTitle"), width: 40), TableColumn(words("warning.endedBy")),
            TableColumn(words("captures.id"), width: 38),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let rows = try await warnings.list(filter, after: last, limit: 1000, for: principal)
        guard let end = rows.last else { return nil }
        last = end.file.id
        let words = wording.words
        return rows.map { row in
            let file = row.file
            return [
                .time(file.givenAt), .text(words(file.warning.reason.kind)),
                .text(row.place ?? words("warning.county")), row.township.map { .text($0) } ?? .empty,
                .text(wording.sentence(row)), .text(words(file.state)), file.overAt.map { .time($0) } ?? .empty,
                file.ended.map { .time($0.time) } ?? .empty, wording.ending(row).map { .text($0) } ?? .empty,
                row.endedBy.map { .text($0) } ?? .empty, .text("\(file.id)"),
            ]
        }
    }
}
