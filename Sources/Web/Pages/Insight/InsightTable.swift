import Documents
import Domain

/// A table of a page that is also a file: the same rows, as people read them and as a spreadsheet holds them.
struct InsightTable: Sendable {
    struct Column: Sendable {
        let title: String
        let kind: TableColumn.Kind

        init(_ title: String, _ kind: TableColumn.Kind = .text) {
            self.title = title
            self.kind = kind
        }

        var isNumber: Bool { kind != .text }
    }

    struct Cell: Sendable {
        let text: String
        let value: TableValue
        var address: String?

        init(_ text: String, address: String? = nil) {
            self.text = text
            value = .text(text)
            self.address = address
        }

        init(_ text: String, _ value: TableValue) {
            self.text = text
            self.value = value
        }

        init(_ count: Int, _ wording: Wording) {
            text = wording.count(count)
            value = .integer(count)
        }

        /// A share, 0…1; nil = there is none.
        init(share: Double?) {
            text = share.map { Decimal.text($0 * 100, places: 1) + " %" } ?? "–"
            value = share.map(TableValue.number) ?? .empty
        }

        init(_ number: Double?, places: Int) {
            text = number.map { Decimal.text($0, places: places) } ?? "–"
            value = number.map(TableValue.number) ?? .empty
        }

        /// Written in hours in a file.
        init(_ duration: Duration?, _ wording: Wording) {
            text = duration.map { wording.words($0) } ?? "–"
            value = duration.map { .number($0.inSeconds / 3600) } ?? .empty
        }
    }

    let title: String
    /// What the numbers mean, in a sentence or two.
    let means: String
    let columns: [Column]
    let rows: [[Cell]]
    /// Shown where there are no rows.
    let none: String

    func pages() -> some TablePages { OnePage(rows: rows.map { $0.map(\.value) }) }

    var fileColumns: [TableColumn] { columns.map { TableColumn($0.title, $0.kind) } }

    private struct OnePage: TablePages {
        var rows: [[TableValue]]?

        mutating func next() async throws -> [[TableValue]]? {
            defer { rows = nil }
            return rows
        }
    }
}
