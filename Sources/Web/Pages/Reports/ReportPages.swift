import Domain
import Hummingbird
import Supervision

/// 报告: what a week, a month or a term was like, as a page, on paper and as a spreadsheet.
struct ReportPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.report(.list).route, use: list)
        routes.get(SiteURL.report(.page(.key)).route) { request, context in
            try await show(fault: nil, request, context)
        }
        for format in ReportFormat.allCases {
            routes.get(SiteURL.report(.file(.key, format)).route) { request, context in
                try await file(format, request, context)
            }
        }
        routes.post(SiteURL.report(.finish(.key)).route, use: finish)
        routes.get(SiteURL.report(.issue(.key)).route, use: document)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let list = try await site.supervision.reports.list(
            in: try Self.territory(request.query), for: principal)
        let page = ReportListPage(
            list, names: try await ReportNames(site, for: principal),
            maySchedule: principal.may(.scheduleReports, at: .county), wording: wording)
        return site.page(
            page, title: wording.words("report.title"), section: .reports, request: request, context: context)
    }

    private func show(fault: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let name: ReportName = try context.parameter("report")
        let territory = try Self.territory(request.query)
        let wording = site.wording(context)
        var page = ReportPage(name, territory: territory, fault: fault, isDone: request.query.flag("done"), wording)
        var title = wording.words("report.title")
        switch try await site.supervision.reports.report(name, in: territory, for: principal) {
        case .loading(let share):
            page.loading = wording.words("insight.loading", ["share": wording.share(share)])
        case .ready(let report):
            let names = try await ReportNames(site, for: principal)
            let text = ReportWording(wording: wording, names: names).text(report)
            title = "\(text.title) \(text.span)"
            page.show(
                report, text,
                issues: try await site.supervision.reports.issues(of: name, in: territory, for: principal),
                mayFinish: report.isOver && principal.maySomewhere(.issueReport), wording)
        }
        return site.page(
            page, title: title, section: .reports, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    private func file(_ format: ReportFormat, _ request: Request, _ context: WebContext) async throws -> Response {
        let name: ReportName = try context.parameter("report")
        let wording = site.wording(context)
        let (report, text) = try await site.report(
            name, in: try Self.territory(request.query), wording, for: try context.principal())
        return try await ReportFiles(site: site).response(report, text, format, wording)
    }

    @Sendable private func finish(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.issueReport) else { throw WebError.notPermitted }
        let name: ReportName = try context.parameter("report")
        let fields = try await request.form(context)
        let territory = try Self.territory(fields)
        let wording = site.wording(context)
        let (report, text) = try await site.report(name, in: territory, wording, for: principal)
        let document = try await ReportFiles(site: site).document(report, text, wording)
        do {
            _ = try await site.supervision.reports.issue(
                name, in: report.territory, wording.words.language.ofChannel, document: document, by: principal)
        } catch {
            guard let fault = wording.words.mendable(error) else { throw error }
            return try await show(fault: fault, request, context)
        }
        return .redirect(
            to: SiteURL.report(.page(.value(name))).with([("place", territory.map { "\($0)" }), ("done", "1")]))
    }

    @Sendable private func document(request: Request, context: WebContext) async throws -> Response {
        let (issue, bytes) = try await site.supervision.reports.document(
            of: try context.parameter("issue"), for: try context.principal())
        return ReportFiles.response(
            bytes, "application/pdf", "\(issue.name)-\(issue.sha256.hexadecimal.prefix(8)).pdf", isInline: true)
    }

    /// - Throws: ``WebError/notFound`` for what is no place.
    static func territory(_ query: FormFields) throws(WebError) -> Territory? {
        guard let text = query.text("place"), !text.isEmpty else { return nil }
        guard let territory = Territory(text) else { throw .notFound }
        return territory
    }
}

extension Site {
    /// Waits until the facts are loaded: a file is worth it.
    func report(
        _ name: ReportName, in territory: Territory?, _ wording: Wording, for principal: Principal
    ) async throws -> (Report, ReportText) {
        for _ in 0..<3 {
            if case .ready(let report) = try await supervision.reports.report(name, in: territory, for: principal) {
                let names = try await ReportNames(self, for: principal)
                return (report, ReportWording(wording: wording, names: names).text(report))
            }
            try await supervision.insights.warmUp()
        }
        throw WebError.documentFailed
    }
}

extension Language {
    var ofChannel: NoticeChannel.Language { self == .simplifiedChinese ? .simplifiedChinese : .english }
}
