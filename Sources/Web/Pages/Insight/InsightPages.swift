import Domain
import Hummingbird
import Supervision

/// 统计: figures of any span and part of the territory, each page with its finding as title, its numbers as a table and as
/// a file.
struct InsightPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        for view in InsightView.allCases {
            routes.get(SiteURL.insight(view).route) { request, context in try await show(view, request, context) }
            for format in TableExport.Format.allCases {
                routes.get(SiteURL.insightTable(view, format).route) { request, context in
                    try await table(view, format, request, context)
                }
            }
        }
    }

    private func show(_ view: InsightView, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let query = try await InsightQuery(request.query, site: site, wording: wording, for: principal)
        var page = InsightPage(
            address: SiteURL.insight(view).path, from: "\(query.question.days.first)",
            to: "\(query.question.days.last)",
            tabs: InsightView.allCases.map {
                .init(
                    label: wording.words("insight.\($0.rawValue)"), address: SiteURL.insight($0).with(query.pairs),
                    isCurrent: $0 == view)
            }, places: query.places, items: query.items, areas: query.areas,
            csv: SiteURL.insightTable(view, .csv).with(query.pairs),
            xlsx: SiteURL.insightTable(view, .xlsx).with(query.pairs))
        switch try await answer(view, query, wording) {
        case .loading(let share):
            page.loading = wording.words("insight.loading", ["share": wording.share(share)])
        case .ready(let answer):
            page.finding = answer.finding
            page.tiles = answer.tiles
            page.chart = answer.chart
            page.tables = answer.tables.map(InsightPage.Shown.init)
            if let tally = answer.tally, tally.total.standing > 0 {
                page.hoursHead = (0..<24).map { "\($0)" }
                page.heat = Self.heat(tally, wording)
            }
        }
        return site.page(
            page, title: wording.words("insight.title"), section: .insight, request: request, context: context)
    }

    private func table(
        _ view: InsightView, _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let query = try await InsightQuery(request.query, site: site, wording: wording, for: try context.principal())
        // A file is worth waiting for.
        try await site.supervision.insights.warmUp()
        guard case .ready(let answer) = try await answer(view, query, wording), let table = answer.tables.first else {
            throw WebError.documentFailed
        }
        return TableExport(
            title: table.title, columns: table.fileColumns, format: format, zone: site.settings.zone, now: wording.now
        ).response(table.pages())
    }

    private func answer(
        _ view: InsightView, _ query: InsightQuery, _ wording: Wording
    ) async throws -> Insights.Progress<InsightAnswer> {
        let insights = site.supervision.insights
        let words = InsightWording(wording: wording, query: query)
        switch view {
        case .overview: return try await insights.overview(query.question).map(words.overview)
        case .hours: return try await insights.hours(query.question).map(words.hours)
        case .schools: return try await insights.schools(query.question).map(words.schools)
        case .steps: return try await insights.steps(query.question).map(words.steps)
        case .cameras: return .ready(words.cameras(try await insights.availability(query.question)))
        }
    }

    private static func heat(_ tally: CaptureTally, _ wording: Wording) -> [InsightPage.HeatRow] {
        let most = tally.hours.max() ?? 1
        return (0..<7).map { weekday in
            InsightPage.HeatRow(
                label: wording.words("weekday.\(weekday + 1)"),
                cells: (0..<24).map { hour in
                    let count = tally.hours[weekday * 24 + hour]
                    // By the root: a few more than none must be seen beside many.
                    let level = (Double(count) / Double(max(1, most))).squareRoot() * 6
                    return .init(count: count == 0 ? "" : wording.count(count), level: "\(Int(level.rounded(.up)))")
                })
        }
    }
}
