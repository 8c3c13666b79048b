import Documents
import Domain
import Hummingbird
import Supervision

/// 群众反映: what people have reported, what is due first, first.
struct ConcernListPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.concern(.list).route, use: list)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.concern(.file(format)).route) { request, context in
                try file(format, request, context)
            }
        }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let query = try ConcernQuery(request.query, zone: site.settings.zone)
        let concerns = site.supervision.concerns
        let found = try await concerns.list(
            query.filter, offset: query.offset, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        var tabs: [CaseListPage.Tab] = []
        for stage in [nil] + ConcernFilter.Stage.allCases.map(Optional.some) {
            let count = try await concerns.count(ConcernFilter(stage: stage), for: principal)
            if count == 0, stage == .overdue || stage == .askedBack { continue }
            tabs.append(
                CaseListPage.Tab(
                    label: stage.map { words($0) } ?? words("stage.all"), count: wording.count(count),
                    address: SiteURL.concern(.list).with(query.pairs(stage: stage)),
                    isCurrent: query.filter.stage == stage, style: stage == .overdue ? "over" : ""))
        }
        let page = ConcernListPage(
            rows: shown.map { ConcernListPage.Row($0, wording) }, hasRows: !shown.isEmpty,
            countText: words(
                "concern.count", ["count": wording.count(try await concerns.count(query.filter, for: principal))]),
            tabs: tabs,
            schools: try await site.supervision.places.tree(for: principal).map {
                Choice(
                    value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == query.filter.school)
            }, stage: query.filter.stage?.rawValue ?? "", from: request.query.text("from") ?? "",
            to: request.query.text("to") ?? "", isFiltered: query.isFiltered,
            emptyText: words(query.isFiltered ? "list.nothingFound" : "concern.none"),
            nextAddress: found.count > Self.pageSize
                ? SiteURL.concern(.list).with(query.pairs + [("offset", "\(query.offset + Self.pageSize)")]) : nil,
            firstAddress: query.offset == 0 ? nil : SiteURL.concern(.list).with(query.pairs),
            fileAddress: SiteURL.concern(.file(.csv)).with(query.pairs),
            sheetAddress: SiteURL.concern(.file(.xlsx)).with(query.pairs))
        return site.page(page, title: words("concern.title"), section: .concerns, request: request, context: context)
    }

    /// The whole selection.
    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtConcerns) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let query = try ConcernQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("concern.title"), columns: ConcernTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            ConcernTable(
                concerns: site.supervision.concerns, filter: query.filter, principal: principal, wording: wording))
    }
}

/// Which concerns are asked for, as the address says.
struct ConcernQuery: Sendable {
    let filter: ConcernFilter
    let offset: Int
    let pairs: [(name: String, value: String?)]

    var isFiltered: Bool { filter.school != nil || filter.span != nil }

    init(_ query: FormFields, zone: TerritoryZone) throws(WebError) {
        var filter = ConcernFilter()
        if let text = query.text("stage") {
            guard let stage = ConcernFilter.Stage(rawValue: text) else { throw .badRequest("choice") }
            filter.stage = stage
        }
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw .notFound }
            filter.school = id
        }
        filter.span = try query.daySpan(zone: zone)
        if let text = query.text("offset") {
            guard let number = Int(text), (0...100_000).contains(number) else { throw .badRequest("choice") }
            offset = number
        } else {
            offset = 0
        }
        self.filter = filter
        pairs = ["stage", "school", "from", "to"].map { ($0, query.text($0)) }
    }

    func pairs(stage: ConcernFilter.Stage?) -> [(name: String, value: String?)] {
        [("stage", stage?.rawValue)] + pairs.filter { $0.name != "stage" }
    }
}

/// Concerns as rows of a file; a contact is never in it.
private struct ConcernTable: TablePages {
    let concerns: Concerns
    let filter: ConcernFilter
    let principal: Principal
    let wording: Wording
    var offset = 0

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        let time = TableColumn.Kind.dateTime(wording.zone)
        return [
            TableColumn(words("concern.received"), time), TableColumn(words("fact.school"), width: 28),
            TableColumn(words("field.state")), TableColumn(words("concern.text"), width: 60),
            TableColumn(words("concern.photos"), .integer), TableColumn(words("concern.dueAnswer"), time),
            TableColumn(words("concern.answered"), time), TableColumn(words("concern.ended"), time),
            TableColumn(words("concern.case")), TableColumn(words("concern.id"), width: 38),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let rows = try await concerns.list(filter, offset: offset, limit: 1000, for: principal)
        guard !rows.isEmpty else { return nil }
        offset += rows.count
        let words = wording.words
        return rows.map { row in
            [
                .time(row.receivedAt), .text(row.school.name), .text(words(row.state)), .text(row.text),
                .integer(row.photoCount), row.due.map { .time($0) } ?? .empty,
                row.answeredAt.map { .time($0) } ?? .empty, row.endedAt.map { .time($0) } ?? .empty,
                .text(words(row.caseID == nil ? "word.no" : "word.yes")), .text("\(row.id)"),
            ]
        }
    }
}

struct ConcernListPage: Page {
    struct Row: Sendable {
        let address: String
        let text: String
        let school: String
        let photos: String?
        let state: String
        let style: String
        let due: DueView?
        let received: Moment
        let hasCase: Bool

        init(_ summary: ConcernSummary, _ wording: Wording) {
            address = SiteURL.concern(.sheet(.value(summary.id))).path
            text = summary.text.count > 80 ? "\(summary.text.prefix(80))…" : summary.text
            school = summary.school.name
            photos =
                summary.photoCount == 0
                ? nil : wording.words("concern.photoCount", ["count": wording.count(summary.photoCount)])
            state = wording.words(summary.state)
            style = summary.state.style
            due = wording.dueOfConcern(summary.due)
            received = wording.moment(summary.receivedAt)
            hasCase = summary.caseID != nil
        }
    }

    static let template = "concerns"
    let rows: [Row]
    let hasRows: Bool
    let countText: String
    let tabs: [CaseListPage.Tab]
    let schools: [Choice]
    let stage: String
    let from: String
    let to: String
    let isFiltered: Bool
    let emptyText: String
    let nextAddress: String?
    let firstAddress: String?
    let fileAddress: String
    let sheetAddress: String
}
