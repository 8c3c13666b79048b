import Documents
import Domain
import Supervision

/// Lines of the viewing register as rows of a file, newest first.
struct ViewingTable: TablePages {
    let register: Register
    let filter: ViewingFilter
    let principal: Principal
    let names: LedgerNames
    let wording: Wording
    var before: Int64?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("ledger.sequence"), .integer),
            TableColumn(words("ledger.time"), .dateTime(wording.zone)), TableColumn(words("viewings.who")),
            TableColumn(words("field.account")), TableColumn(words("field.role")),
            TableColumn(words("field.school"), width: 28), TableColumn(words("viewings.what"), width: 28),
            TableColumn(words("viewings.kind")), TableColumn(words("viewings.spans"), width: 44),
            TableColumn(words("viewings.length")), TableColumn(words("viewings.why")),
            TableColumn(words("viewings.case"), .integer), TableColumn(words("viewings.note"), width: 40),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let found = try await register.page(filter, before: before, limit: 1000, for: principal)
        guard let last = found.last else { return nil }
        before = last.sequence
        let words = wording.words
        return found.map { viewing in
            let row = ViewingPage.Row(viewing, names: names, wording: wording)
            let spans = viewing.spans.map { "\(wording.exact($0.start)) – \(wording.exact($0.end))" }
            let notes = [viewing.reason?.note ?? "", viewing.purpose].filter { !$0.isEmpty }
            return [
                .integer(Int(viewing.sequence)), .time(viewing.time), .text(row.who),
                viewing.person.map { .text($0.account) } ?? .empty, row.role.map { .text($0) } ?? .empty,
                row.school.map { .text($0) } ?? .empty, .text(row.camera), .text(row.kind),
                .text(spans.joined(separator: "; ")), .text(row.length),
                viewing.reason.map { .text(words($0.kind)) } ?? .empty,
                viewing.reason?.caseNumber.map { .integer($0) } ?? .empty, .text(notes.joined(separator: "; ")),
            ]
        }
    }
}
