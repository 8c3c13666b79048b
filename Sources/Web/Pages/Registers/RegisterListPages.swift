import Documents
import Domain
import Hummingbird
import Supervision

/// 合规登记: each register as a list, what is missing first, and as a file.
struct RegisterListPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        for kind in RegisterKind.allCases {
            routes.get(SiteURL.register(.list(kind)).route) { request, context in
                try await list(kind, request, context)
            }
            for format in TableExport.Format.allCases {
                routes.get(SiteURL.register(.file(kind, format)).route) { request, context in
                    try await file(kind, format, request, context)
                }
            }
        }
    }

    private func list(_ kind: RegisterKind, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let sheet = try await site.supervision.registers.list(kind, for: principal)
        let seesCounty = principal.may(Permission(.keepRegisters, at: .county))
        let tabs = RegisterKind.allCases.filter { $0.isOfSchool || seesCounty }.map {
            CaseListPage.Tab(
                label: words($0), count: "", address: SiteURL.register(.list($0)).path, isCurrent: $0 == kind,
                style: "")
        }
        var rows = sheet.without.map { school in
            RegisterListPage.Row(
                name: school.name, school: nil,
                address: SiteURL.register(.new(kind)).with([("school", "\(school.id)")]),
                cells: [], missing: [words("register.noEntry")], isLate: false,
                isOpen: sheet.mayKeep)
        }
        rows += sheet.entries.map { entry in
            let school = entry.school.flatMap { sheet.schools[$0] }
            return RegisterListPage.Row(
                name: entry.name(school, words), school: kind == .staff ? school?.name : nil,
                address: SiteURL.register(.entry(.value(entry.id))).path,
                cells: kind.listed.map {
                    RegisterListPage.Cell(
                        label: words.field($0.name, of: kind),
                        text: words.value(entry.values[$0.name], of: $0, in: kind))
                },
                missing: entry.missing.map { words.field($0, of: kind) }, isLate: entry.isOverdue(on: sheet.today),
                isOpen: true)
        }
        let incomplete = rows.count { !$0.missing.isEmpty }
        let late = rows.count(where: \.isLate)
        let page = RegisterListPage(
            title: words(kind), means: words("register.\(kind.rawValue).means"),
            finding: rows.isEmpty
                ? words("register.none")
                : late > 0
                    ? words("register.late", ["count": wording.count(late)])
                    : incomplete > 0
                        ? words(
                            "register.incomplete",
                            ["count": wording.count(incomplete), "all": wording.count(rows.count)])
                        : words("register.complete", ["all": wording.count(rows.count)]),
            tabs: tabs, first: words("register.\(kind.rawValue).one"), showsSchool: kind == .staff,
            columns: kind.listed.map { words.field($0.name, of: kind) }, columnCount: kind.listed.count, rows: rows,
            hasRows: !rows.isEmpty,
            newAddress: sheet.mayKeep && !kind.isOnePerSchool ? SiteURL.register(.new(kind)).path : nil,
            fileAddress: SiteURL.register(.file(kind, .csv)).path,
            sheetAddress: SiteURL.register(.file(kind, .xlsx)).path)
        return site.page(page, title: words(kind), section: .registers, request: request, context: context)
    }

    private func file(
        _ kind: RegisterKind, _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.supervision.registers.list(kind, for: try context.principal())
        let wording = site.wording(context)
        return TableExport(
            title: wording.words(kind), columns: RegisterTable.columns(kind, wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(RegisterTable(sheet: sheet, wording: wording))
    }
}

/// A register as rows of a file: all its fields, and for signs and filing what hangs at each school.
private struct RegisterTable: TablePages {
    let sheet: RegisterSheet
    let wording: Wording
    private var isDone = false

    init(sheet: RegisterSheet, wording: Wording) {
        self.sheet = sheet
        self.wording = wording
    }

    static func columns(_ kind: RegisterKind, _ wording: Wording) -> [TableColumn] {
        let words = wording.words
        var columns = kind.isOfSchool ? [TableColumn(words("fact.school"), width: 28)] : []
        if kind == .sites {
            columns += [
                TableColumn(words("register.cameras"), .integer), TableColumn(words("register.retention")),
            ]
        }
        columns += kind.fields.map { field in
            if case .longText = field.kind { return TableColumn(words.field(field.name, of: kind), width: 40) }
            return TableColumn(words.field(field.name, of: kind))
        }
        return columns + [
            TableColumn(words("register.files"), .integer), TableColumn(words("register.missing"), width: 40),
            TableColumn(words("register.changed"), .dateTime(wording.zone)),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        if isDone { return nil }
        isDone = true
        let words = wording.words
        let kind = sheet.kind
        func cameras(_ school: SchoolID) -> [TableValue] {
            guard kind == .sites else { return [] }
            let all = sheet.cameras[school] ?? []
            return [.integer(all.count), .text(wording.retention(of: all))]
        }
        let without = sheet.without.map { school in
            var row: [TableValue] = [.text(school.name)]
            row += cameras(school.id)
            row += kind.fields.map { _ in TableValue.empty }
            row += [TableValue.integer(0), .text(words("register.noEntry")), .empty]
            return row
        }
        let entries = sheet.entries.map { entry in
            var row: [TableValue] = []
            if kind.isOfSchool { row.append(.text(entry.school.flatMap { sheet.schools[$0]?.name } ?? "")) }
            if let school = entry.school { row += cameras(school) }
            row += kind.fields.map { TableValue.text(words.value(entry.values[$0.name], of: $0, in: kind)) }
            let missing = entry.missing.map { words.field($0, of: kind) }.joined(separator: words("list.comma"))
            row += [TableValue.integer(entry.files.count), .text(missing), .time(entry.changedAt)]
            return row
        }
        return without + entries
    }
}

extension Wording {
    /// How long recordings of a school's cameras are kept: `30`, or `30–60`.
    func retention(of cameras: [Camera]) -> String {
        let days = Set(cameras.compactMap(\.retentionDays))
        guard let least = days.min(), let most = days.max() else { return words("register.retentionStandard") }
        return least == most
            ? words("register.days", ["days": "\(least)"]) : words("register.days", ["days": "\(least)–\(most)"])
    }
}

struct RegisterListPage: Page {
    struct Cell: Sendable {
        /// Its column, for phones.
        let label: String
        let text: String
    }

    struct Row: Sendable {
        let name: String
        let school: String?
        let address: String
        /// Empty for a school that has no entry.
        let cells: [Cell]
        let missing: [String]
        let isLate: Bool
        /// The reader may open it.
        let isOpen: Bool
    }

    static let template = "registers"
    let title: String
    let means: String
    let finding: String
    let tabs: [CaseListPage.Tab]
    /// What the first column is.
    let first: String
    let showsSchool: Bool
    let columns: [String]
    let columnCount: Int
    let rows: [Row]
    let hasRows: Bool
    let newAddress: String?
    let fileAddress: String
    let sheetAddress: String
}
