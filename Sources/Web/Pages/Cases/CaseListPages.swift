import Domain
import Hummingbird
import NIOCore
import Supervision

/// 案件: all cases that the reader may look at, as a page and as a file, and the notices of many at once.
struct CaseListPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.cases.route, use: list)
        routes.get(SiteURL.casesFile.route, use: file)
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
        // One more than is shown tells whether there is a next page.
        let found = try await cases.list(
            query.filter, query.order, after: query.after, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        let count = try await cases.count(query.filter, for: principal)
        let states = try await cases.countByState(for: principal)
        let overdue = try await cases.count(CaseFilter(stage: .overdue), for: principal)
        let mayDispatch = principal.maySomewhere(.dispatch)
        let schools = try await site.supervision.places.tree(for: principal).map(\.school)
        let page = CaseListPage(
            rows: shown.map { CaseListPage.Row($0, mayDispatch: mayDispatch, wording: wording) },
            countText: words("cases.count", ["count": wording.count(count)]),
            tabs: tabs(query, states, overdue: overdue, wording),
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
            nextAddress: found.count > Self.pageSize
                ? SiteURL.cases.with(query.pairs + [("after", shown.last.map { "\($0.id)" })]) : nil,
            firstAddress: query.after == nil ? nil : SiteURL.cases.with(query.pairs),
            fileAddress: SiteURL.casesFile.with(query.pairs))
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

    /// The whole selection, streamed.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let words = wording.words
        let query = try CaseQuery(request.query, zone: site.settings.zone)
        let header = CSV(
            header: [
                "cases.number", "captures.grade", "field.matter", "fact.school", "cases.office", "field.state",
                "cases.opened", "cases.changed", "cases.closed", "cases.due", "cases.captures", "captures.id",
            ].map { words($0) })
        let cases = site.supervision.cases
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: header.text))
            var after = query.after
            while true {
                let rows = try await cases.list(query.filter, query.order, after: after, limit: 1000, for: principal)
                guard let last = rows.last else { break }
                after = last.id
                var table = CSV.continued
                for row in rows { table.add(Self.row(row, wording)) }
                try await writer.write(ByteBuffer(string: table.text))
            }
            try await writer.finish(nil)
        }
        let name = "\(words("cases.title"))-\(site.settings.zone.civil(wording.now).date).csv"
        return Response(
            status: .ok,
            headers: [
                .contentType: CSV.contentType, .contentDisposition: Response.contentDisposition(name),
                .cacheControl: "no-store",
            ], body: body)
    }

    private static func row(_ summary: CaseSummary, _ wording: Wording) -> [String] {
        let words = wording.words
        return [
            "\(summary.number)", summary.grade.numeral, words(summary.matter), summary.school.name,
            summary.office?.name ?? words("body.marketRegulation"), words(summary.state),
            wording.exact(summary.openedAt), wording.exact(summary.changedAt),
            summary.closedAt.map(wording.exact) ?? "",
            summary.due.map { "\(wording.exactMinute($0.time)) \(words($0.kind))" } ?? "",
            "\(summary.captureCount)", "\(summary.id)",
        ]
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
    let fileAddress: String
}
