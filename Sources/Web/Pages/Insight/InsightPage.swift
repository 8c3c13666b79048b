import Domain

struct InsightPage: Page {
    struct Tab: Sendable {
        let label: String
        let address: String
        let isCurrent: Bool
    }

    struct Tile: Sendable {
        let label: String
        let value: String
        let means: String
    }

    struct HeatRow: Sendable {
        struct Cell: Sendable {
            let count: String
            /// 0…6
            let level: String
        }

        let label: String
        let cells: [Cell]
    }

    struct Shown: Sendable {
        struct Head: Sendable {
            let title: String
            let isNumber: Bool
        }

        struct Cell: Sendable {
            let text: String
            let address: String?
            let isNumber: Bool
            /// On a phone, where there is no head.
            let label: String
        }

        struct Row: Sendable {
            let cells: [Cell]
        }

        let title: String
        let means: String
        let head: [Head]
        let rows: [Row]
        let hasRows: Bool
        /// Few enough to be shown beside a picture of them.
        let isShort: Bool
        let none: String

        init(_ table: InsightTable) {
            title = table.title
            means = table.means
            head = table.columns.map { Head(title: $0.title, isNumber: $0.isNumber) }
            rows = table.rows.map { cells in
                Row(
                    cells: zip(table.columns, cells).map { column, cell in
                        Cell(text: cell.text, address: cell.address, isNumber: column.isNumber, label: column.title)
                    })
            }
            hasRows = !rows.isEmpty
            isShort = rows.count <= 12
            none = table.none
        }
    }

    static let template = "insight"
    let address: String
    let from: String
    let to: String
    let tabs: [Tab]
    let places: [Choice]
    let items: [Choice]
    let areas: [Choice]
    /// While the facts are loaded: how far, in words.
    var loading: String?
    /// The answer in one sentence.
    var finding: String?
    var tiles: [Tile] = []
    var chart: TrendChart?
    var hoursHead: [String] = []
    var heat: [HeatRow] = [] { didSet { hasHeat = !heat.isEmpty } }
    private(set) var hasHeat = false
    var tables: [Shown] = []
    let csv: String
    let xlsx: String
}

/// What a view answers: the parts of its page.
struct InsightAnswer: Sendable {
    var finding: String?
    var tiles: [InsightPage.Tile] = []
    var chart: TrendChart?
    var tally: CaptureTally?
    /// The first one is the file's.
    var tables: [InsightTable] = []
}
