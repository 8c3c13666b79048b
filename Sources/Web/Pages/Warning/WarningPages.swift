import Domain
import Hummingbird
import Supervision

/// 预警: what somebody should look at, why, whom it went to and how it ended.
struct WarningPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.warnings(.list).route, use: list)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.warnings(.file(format)).route) { request, context in
                try file(format, request, context)
            }
        }
        routes.get(SiteURL.warnings(.page(.key)).route) { request, context in
            try await show(WarningEndForm(), request, context)
        }
        routes.post(SiteURL.warnings(.end(.key)).route, use: end)
        routes.post(SiteURL.warnings(.openCase(.key)).route, use: openCase)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let query = try WarningQuery(request.query, zone: site.settings.zone)
        let warnings = site.supervision.warnings
        let found = try await warnings.list(
            query.filter, after: query.after, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        let count = try await warnings.count(query.filter, for: principal)
        let schools = try await site.supervision.places.tree(for: principal).map(\.school)
        var page = WarningListPage(
            finding: wording.finding(count, query), rows: shown.map { WarningListPage.Row($0, wording) })
        for state in [WarningFile.State?](WarningFile.State.allCases) + [nil] {
            var filter = query.filter
            filter.state = state
            page.tabs.append(
                .init(
                    label: state.map { words($0) } ?? words("list.all"),
                    count: wording.count(try await warnings.count(filter, for: principal)),
                    address: SiteURL.warnings(.list).with(query.with("state", state?.rawValue ?? "all")),
                    isCurrent: state == query.filter.state))
        }
        page.kinds = WarningRule.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words($0), isSelected: $0 == query.filter.kind)
        }
        page.schools = schools.map {
            Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == query.filter.school)
        }
        page.showsSchools = schools.count > 1
        page.state = query.filter.state?.rawValue ?? "all"
        (page.from, page.to) = (request.query.text("from") ?? "", request.query.text("to") ?? "")
        page.isFiltered = query.isFiltered
        if query.after != nil { page.firstAddress = SiteURL.warnings(.list).with(query.pairs) }
        if found.count > Self.pageSize {
            page.nextAddress = SiteURL.warnings(.list).with(
                query.pairs + [("after", shown.last.map { "\($0.file.id)" })])
        }
        page.fileAddress = SiteURL.warnings(.file(.csv)).with(query.with("state", page.state))
        page.sheetAddress = SiteURL.warnings(.file(.xlsx)).with(query.with("state", page.state))
        page.rulesAddress = principal.may(.lookAtWarnings, at: .county) ? SiteURL.warnings(.rules).path : nil
        if principal.may(.lookAtWarnings, at: .county) {
            page.hasNoRules = try await !warnings.rules(for: principal).contains { $0.version.rule != nil }
        }
        return site.page(
            page, title: words("warning.title"), section: .warnings, request: request, context: context)
    }

    /// The whole selection.
    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtWarnings) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let query = try WarningQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("warning.title"), columns: WarningTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            WarningTable(
                warnings: site.supervision.warnings, filter: query.filter, principal: principal, wording: wording,
                last: query.after))
    }

    private func show(
        _ form: WarningEndForm, status: HTTPResponse.Status = .ok, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let id: WarningID = try context.parameter("warning")
        let sheet = try await site.supervision.warnings.sheet(id, for: try context.principal())
        let wording = site.wording(context)
        let days = try await site.supervision.warnings.chart(of: sheet)
        let page = WarningPage(
            sheet, chart: days.isEmpty ? nil : WarningChart(days.suffix(WarningChart.mostDays), wording),
            form: form, wording)
        return site.page(
            page, title: wording.words(sheet.entry.file.warning.reason.kind), section: .warnings, request: request,
            context: context, status: status)
    }

    @Sendable private func end(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: WarningID = try context.parameter("warning")
        // What the asker may not even see is not there.
        let sheet = try await site.supervision.warnings.sheet(id, for: principal)
        guard sheet.mayEnd else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        var form = WarningEndForm(fields)
        do {
            try await site.supervision.warnings.end(id, try form.ending(), by: principal)
        } catch let error as SupervisionError {
            guard let fault = site.words(context).mendable(error) else { throw error }
            form.fault = fault
            return try await show(form, status: Self.status(of: error), request, context)
        }
        return .redirect(to: SiteURL.warnings(.page(.value(id))).path)
    }

    @Sendable private func openCase(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: WarningID = try context.parameter("warning")
        let sheet = try await site.supervision.warnings.sheet(id, for: principal)
        guard sheet.mayEnd else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        do {
            guard let grade = try fields.caseGrade() else { throw WebError.badRequest("choice") }
            let opened = try await site.supervision.warnings.openCase(
                try fields.caseMatter(), grade, note: fields.text("note") ?? "", from: id, by: principal)
            return .redirect(to: opened.address)
        } catch let error as SupervisionError {
            let words = site.words(context)
            var fault = words.mendable(error)
            if case .refused(let refusal) = error { fault = words(refusal) }
            guard let fault else { throw error }
            return try await show(
                WarningEndForm(opening: fields, fault: fault), status: Self.status(of: error), request, context)
        }
    }

    /// Of a refused form: somebody else was first, or what was typed can't be.
    private static func status(of error: SupervisionError) -> HTTPResponse.Status {
        if case .conflict = error { .conflict } else { .unprocessableContent }
    }
}

extension Wording {
    fileprivate func finding(_ count: Int, _ query: WarningQuery) -> String {
        guard query.filter.state == .open, !query.isFiltered else {
            return words("warning.finding.found", ["count": self.count(count)])
        }
        return count == 0 ? words("warning.finding.none") : words("warning.finding.open", ["count": self.count(count)])
    }
}
