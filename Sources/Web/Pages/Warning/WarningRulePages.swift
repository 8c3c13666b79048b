import Domain
import Hummingbird
import Supervision

/// 预警规则: which rules warn, since when, how they fared; and what a rule would have done before it is set.
struct WarningRulePages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.warnings(.rules).route, use: list)
        routes.get(SiteURL.warnings(.trial).route) { request, context in
            try Self.requireManaging(context)
            return try await trial(request.query, fault: nil, request, context)
        }
        routes.post(SiteURL.warnings(.rules).route, use: set)
        routes.post(SiteURL.warnings(.off(.key)).route, use: switchOff)
    }

    private static func requireManaging(_ context: WebContext) throws {
        guard try context.principal().may(.manageWarnings, at: .county) else { throw WebError.notPermitted }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        try await list(fault: nil, request, context)
    }

    private func list(fault: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let warnings = site.supervision.warnings
        let rules = try await warnings.rules(for: principal)
        let page = WarningRulesPage(
            rules: rules, history: try await warnings.ruleHistory(for: principal),
            endings: try await warnings.endings(for: principal), offered: warnings.offered,
            mayManage: principal.may(.manageWarnings, at: .county),
            said: request.query.text("set").flatMap(WarningSubject.init).map {
                wording.words("warning.rules.said", ["rule": wording.words($0)])
            }, fault: fault, wording)
        return site.page(
            page, title: wording.words("warning.rules.title"), section: .warnings, request: request,
            context: context, status: fault == nil ? .ok : .conflict)
    }

    private func form(_ fields: FormFields, _ context: WebContext) async throws -> WarningRuleForm {
        let known = try await site.supervision.warnings.rules(for: try context.principal()).map(\.version)
        return try WarningRuleForm(fields, known: known) { UInt64.random(in: .min ... .max) }
    }

    private func trial(
        _ fields: FormFields, fault: String?, _ request: Request, _ context: WebContext,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let form = try await form(fields, context)
        guard site.supervision.warnings.offered.contains(form.kind) else { throw WebError.notFound }
        let page: WarningTrialPage
        var status = status
        do {
            let rule = try form.rule()
            let trial = try await site.supervision.warnings.trial(of: rule, for: principal)
            let before = try await site.supervision.warnings.rules(for: principal)
                .first { $0.version.subject == rule.subject }
            page = WarningTrialPage(rule, trial, number: before?.version.number ?? 0, fault: fault, wording)
        } catch let error as SupervisionError {
            guard let fault = wording.words.mendable(error) else { throw error }
            page = WarningTrialPage(form.kind, typed: fields, fault: fault, wording)
            status = .unprocessableContent
        }
        return site.page(
            page, title: wording.words("warning.trial.title"), section: .warnings, request: request,
            context: context, status: status)
    }

    @Sendable private func set(request: Request, context: WebContext) async throws -> Response {
        try Self.requireManaging(context)
        let fields = try await request.form(context)
        let form = try await form(fields, context)
        guard let through = fields.text("through").flatMap(Day.init),
            let number = fields.text("number").flatMap(Int.init),
            let summary = Self.summary(fields)
        else { throw WebError.badRequest("choice") }
        do {
            let rule = try form.rule()
            try await site.supervision.warnings.set(
                rule, through: through, confirmed: summary, seen: number, by: try context.principal())
            return .redirect(to: SiteURL.warnings(.rules).with([("set", "\(rule.subject)")]))
        } catch SupervisionError.conflict(.changedMeanwhile) {
            // What was confirmed is not what would be said now: it is shown again.
            return try await trial(
                fields, fault: site.words(context)("warning.trial.changed"), request, context, status: .conflict)
        }
    }

    private static func summary(_ fields: FormFields) -> WarningRuleVersion.TrialSummary? {
        guard let hits = fields.text("hits").flatMap(Int.init), let watched = fields.text("watched").flatMap(Int.init)
        else { return nil }
        var days: DaySpan?
        if let first = fields.text("first").flatMap(Day.init), let last = fields.text("last").flatMap(Day.init),
            first <= last
        {
            days = DaySpan(first, through: last)
        }
        return .init(
            days: days, hits: hits, watchedDays: watched,
            expectedFalseThousandths: fields.text("expected").flatMap(Int.init))
    }

    @Sendable private func switchOff(request: Request, context: WebContext) async throws -> Response {
        let subject: WarningSubject = try context.parameter("rule")
        try Self.requireManaging(context)
        let fields = try await request.form(context)
        guard let number = fields.text("number").flatMap(Int.init) else { throw WebError.badRequest("choice") }
        do {
            try await site.supervision.warnings.switchOff(subject, seen: number, by: try context.principal())
        } catch SupervisionError.conflict(let conflict) {
            return try await list(fault: site.words(context)(conflict), request, context)
        }
        return .redirect(to: SiteURL.warnings(.rules).path)
    }
}
