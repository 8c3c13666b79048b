import Documents
import Domain
import Hummingbird
import Supervision

/// 案件: all cases that the reader may look at, as a page and as a file, and the notices of many at once.
struct CaseListPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.cases.route, use: list)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.casesFile(format).route) { request, context in
                try file(format, request, context)
            }
        }
        routes.post(SiteURL.dispatchCases.route, use: dispatch)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        try await page(request, context, said: nil, faults: [])
    }

    private func page(
        _ request: Request, _ context: WebContext, said: String?, faults: [String],
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let words = wording.words
        let query = try CaseQuery(request.query, zone: site.settings.zone)
        let cases = site.supervision.cases
        let listing = try await cases.listing(
            query.filter, query.order, after: query.after, limit: Self.pageSize, for: principal)
        let shown = listing.cases
        let mayDispatch = principal.maySomewhere(.dispatch)
        let schools = try await site.supervision.places.tree(for: principal).map(\.school)
        let page = CaseListPage(
            rows: shown.map { CaseListPage.Row($0, mayDispatch: mayDispatch, wording: wording) },
            countText: words("cases.count", ["count": wording.count(listing.count)]),
            tabs: tabs(query, listing.states, overdue: listing.overdue, wording),
            grades: Grade.allCases.map {
                Choice(value: "\($0.rawValue)", label: words($0), isSelected: $0 == query.filter.grade)
            },
            items: CaptureItem.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: .item($0) == query.filter.matter)
            },
            schools: schools.map {
                Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == query.filter.school)
            },
            orders: CaseOrder.allCases.map {
                Choice(value: $0.rawValue, label: words("order.\($0.rawValue)"), isSelected: $0 == query.order)
            }, stage: query.filter.stage?.rawValue ?? "", text: query.filter.text ?? "",
            from: request.query.text("from") ?? "", to: request.query.text("to") ?? "", isFiltered: query.isFiltered,
            showsSchool: principal.role != .school, mayDispatch: mayDispatch && shown.contains { $0.state == .opened },
            dispatchAction: SiteURL.dispatchCases.with(query.pairs), said: said, faults: faults,
            hasFaults: !faults.isEmpty,
            emptyText: words(query.isFiltered ? "list.nothingFound" : "cases.none"),
            nextAddress: listing.hasMore
                ? SiteURL.cases.with(query.pairs + [("after", shown.last.map { "\($0.id)" })]) : nil,
            firstAddress: query.after == nil ? nil : SiteURL.cases.with(query.pairs),
            saved: try await site.savedFilters(
                of: .cases, at: .cases, pairs: query.pairs, isFiltered: query.isFiltered, query: request.query,
                for: principal, words),
            fileAddress: SiteURL.casesFile(.csv).with(query.pairs),
            sheetAddress: SiteURL.casesFile(.xlsx).with(query.pairs))
        return site.page(
            page, title: words("cases.title"), section: .cases, request: request, context: context, status: status)
    }

    private func tabs(
        _ query: CaseQuery, _ states: [CaseState: Int], overdue: Int, _ wording: Wording
    ) -> [CaseListPage.Tab] {
        let all = CaseListPage.Tab(
            label: wording.words("stage.all"), count: wording.count(states.values.reduce(0, +)),
            address: SiteURL.cases.with(query.with("stage", nil)), isCurrent: query.filter.stage == nil, style: "")
        return [all]
            + CaseFilter.Stage.allCases.compactMap { stage in
                let count =
                    stage == .overdue
                    ? overdue : states.filter { stage.states.contains($0.key) }.values.reduce(0, +)
                // Seldom used: shown when there are any.
                if count == 0, stage == .appealed || stage == .withdrawn { return nil }
                return CaseListPage.Tab(
                    label: wording.words(stage), count: wording.count(count),
                    address: SiteURL.cases.with(query.with("stage", stage.rawValue)),
                    isCurrent: query.filter.stage == stage, style: stage == .overdue && count > 0 ? "over" : "")
            }
    }

    /// The notices of all that were ticked; those that can't be sent say why.
    @Sendable private func dispatch(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.dispatch) else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        let wording = site.wording(context)
        let chosen = fields.all("case").compactMap { value -> (CaseID, Int)? in
            let parts = value.split(separator: ":")
            guard parts.count == 2, let id = CaseID(String(parts[0])), let version = Int(parts[1]) else { return nil }
            return (id, version)
        }
        let result = try await site.supervision.cases.dispatch(
            chosen, message: fields.text("text") ?? "", by: principal)
        let faults = result.refused.map { id, error in
            wording.words(
                "cases.notDispatched", ["case": "…\("\(id)".suffix(6))", "fault": fault(error, wording.words)])
        }.sorted()
        return try await page(
            request, context, said: wording.words("cases.dispatched", ["count": wording.count(result.done.count)]),
            faults: faults, status: faults.isEmpty ? .ok : .conflict)
    }

    private func fault(_ error: SupervisionError, _ words: Words) -> String {
        switch error {
        case .refused(let refusal): words(refusal)
        case .notFound: words("problem.notFound.title")
        default: words("problem.notPermitted.title")
        }
    }

    /// The whole selection.
    func file(_ format: TableExport.Format, _ request: Request, _ context: WebContext) throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let query = try CaseQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("cases.title"), columns: CaseTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            CaseTable(
                cases: site.supervision.cases, query: query, principal: principal, wording: wording, last: query.after))
    }
}

/// Cases as rows of a file.
private struct CaseTable: TablePages {
    let cases: Cases
    let query: CaseQuery
    let principal: Principal
    let wording: Wording
    var last: CaseID?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("cases.number"), .integer), TableColumn(words("captures.grade")),
            TableColumn(words("field.matter"), width: 18), TableColumn(words("fact.school"), width: 28),
            TableColumn(words("cases.office"), width: 28), TableColumn(words("field.state")),
            TableColumn(words("cases.opened"), .dateTime(wording.zone)),
            TableColumn(words("cases.changed"), .dateTime(wording.zone)),
            TableColumn(words("cases.closed"), .dateTime(wording.zone)),
            TableColumn(words("cases.dueAt"), .dateTime(wording.zone)), TableColumn(words("cases.dueKind")),
            TableColumn(words("cases.captures"), .integer), TableColumn(words("captures.id"), width: 38),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let rows = try await cases.list(query.filter, query.order, after: last, limit: 1000, for: principal)
        guard let end = rows.last else { return nil }
        last = end.id
        let words = wording.words
        return rows.map { row in
            [
                .integer(row.number), .text(row.grade.numeral), .text(words(row.matter)), .text(row.school.name),
                .text(row.office.map { words("body.office", ["township": $0.name]) } ?? words("body.marketRegulation")),
                .text(words(row.state)), .time(row.openedAt), .time(row.changedAt),
                row.closedAt.map { .time($0) } ?? .empty, row.due.map { .time($0.time) } ?? .empty,
                row.due.map { .text(words($0.kind)) } ?? .empty, .integer(row.captureCount), .text("\(row.id)"),
            ]
        }
    }
}

struct CaseListPage: Page {
    struct Tab: Sendable {
        let label: String
        let count: String
        let address: String
        let isCurrent: Bool
        let style: String
    }

    struct Row: Sendable {
        let number: String
        let address: String
        let matter: String
        let item: String?
        let grade: String
        let gradeWord: String
        let school: String
        let office: String
        let state: String
        let stateStyle: String
        let due: DueView?
        let changed: Moment
        let cover: String?
        let captures: String
        /// `id:version` of one whose notice can be sent from here.
        let choice: String?

        init(_ summary: CaseSummary, mayDispatch: Bool, wording: Wording) {
            let words = wording.words
            number = "\(summary.number)"
            address = SiteURL.casePage(.value(summary.id)).path
            matter = words(summary.matter)
            item = summary.matter.item?.rawValue
            grade = "\(summary.grade.rawValue)"
            gradeWord = words(summary.grade)
            school = summary.school.name
            office =
                summary.office.map { words("body.office", ["township": $0.name]) } ?? words("body.marketRegulation")
            state = words(summary.state)
            stateStyle = summary.state.rawValue
            due = wording.due(summary.due)
            changed = wording.moment(summary.changedAt)
            cover = summary.cover.map { SiteURL.captureFile(.value($0), .value("first.jpg")).path }
            captures = wording.count(summary.captureCount)
            choice = mayDispatch && summary.state == .opened ? "\(summary.id):\(summary.version)" : nil
        }
    }

    static let template = "cases"
    let rows: [Row]
    let countText: String
    let tabs: [Tab]
    let grades: [Choice]
    let items: [Choice]
    let schools: [Choice]
    let orders: [Choice]
    let stage: String
    let text: String
    let from: String
    let to: String
    let isFiltered: Bool
    let showsSchool: Bool
    let mayDispatch: Bool
    let dispatchAction: String
    let said: String?
    let faults: [String]
    let hasFaults: Bool
    let emptyText: String
    let nextAddress: String?
    let firstAddress: String?
    let saved: SavedFilterBar
    let fileAddress: String
    let sheetAddress: String
}
