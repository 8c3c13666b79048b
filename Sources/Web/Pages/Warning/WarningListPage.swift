import Domain
import Supervision

struct WarningListPage: Page {
    struct Tab: Sendable {
        let label: String
        let count: String
        let address: String
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let address: String
        let sentence: String
        let kind: String
        let place: String
        let township: String?
        let given: Moment
        let state: String
        let stateStyle: String
        let ending: String?

        init(_ entry: WarningEntry, _ wording: Wording) {
            let words = wording.words
            address = SiteURL.warnings(.page(.value(entry.file.id))).path
            sentence = wording.sentence(entry)
            kind = words(entry.file.warning.reason.kind)
            place = entry.place ?? words("warning.county")
            township = entry.township == entry.place ? nil : entry.township
            given = wording.moment(entry.file.givenAt)
            state = words(entry.file.state)
            stateStyle = entry.file.state.rawValue
            ending = wording.ending(entry)
        }
    }

    static let template = "warnings"
    let finding: String
    let rows: [Row]
    var tabs: [Tab] = []
    var kinds: [Choice] = []
    var schools: [Choice] = []
    var showsSchools = false
    var state = ""
    var from = ""
    var to = ""
    var isFiltered = false
    var firstAddress: String?
    var nextAddress: String?
    var fileAddress = ""
    var sheetAddress = ""
    /// For those who may see the county's rules.
    var rulesAddress: String?
    /// Nothing can come: no rule is switched on.
    var hasNoRules = false

    init(finding: String, rows: [Row]) {
        self.finding = finding
        self.rows = rows
    }
}
