import Domain
import Hummingbird
import Supervision

/// 大厅: the scenes, when which is shown, visitors, and the editor.
struct HallScenePages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.hall(.scenes).route) { request, context in try await list(request, context) }
        routes.post(SiteURL.hall(.plan).route, use: plan)
        routes.post(SiteURL.hall(.visit).route, use: visit)
        let editor = HallEditorPages(site: site)
        editor.add(to: routes)
    }

    private func list(
        _ request: Request, _ context: WebContext, form: HallPlanForm? = nil, fault: String? = nil,
        stale: StaleSave? = nil
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let halls = site.supervision.halls
        let scenes = try await halls.scenes(for: principal)
        let (plan, revision) = try await halls.plan(for: principal)
        let shown = plan.scene(at: wording.now, in: wording.zone)
        let mayManage = principal.may(.manageHall, at: .county)
        let form = form ?? HallPlanForm(plan)
        func choices(_ selected: String, _ scenes: [HallScene]) -> [Choice] {
            scenes.map {
                Choice(value: "\($0.id)", label: wording.name(of: $0), isSelected: "\($0.id)" == selected)
            }
        }
        let spare = max(0, min(2, HallPlan.mostTurns - form.rows.count))
        let rows = form.rows + (0..<spare).map { _ in HallPlanForm.Row() }
        let page = HallScenesPage(
            scenes: scenes.map { scene in
                HallScenesPage.Scene(
                    name: wording.name(of: scene), audience: words("hall.audience.\(scene.audience.rawValue)"),
                    isForVisitors: scene.audience == .visitors, isShown: scene.id == shown,
                    address: SiteURL.hall(.scene(.value(scene.id))).path,
                    editAddress: mayManage ? SiteURL.hall(.editor(.value(scene.id))).path : nil,
                    panels: scene.panels.map { HallScenesPage.Miniature($0, words) })
            }, screen: SiteURL.hall(.screen).path, mayManage: mayManage, isVisiting: plan.visit != nil,
            visitState: plan.visit.map { words("hall.visit.since", ["time": wording.moment($0.since).shown]) }
                ?? words("hall.visit.none"),
            visitAction: SiteURL.hall(.visit).path, planAction: SiteURL.hall(.plan).path,
            newAddress: SiteURL.hall(.newScene).path, mapAddress: SiteURL.hall(.map).path, seen: "\(revision.number)",
            fault: fault, stale: stale,
            done: fault != nil || stale != nil
                ? nil : request.query.text("done").flatMap { Self.done.contains($0) ? words("hall.done.\($0)") : nil },
            standard: choices(form.standard, scenes),
            visitors: choices(form.visitors, scenes.filter { $0.audience == .visitors }),
            turns: rows.enumerated().map { index, row in
                HallScenesPage.Turn(
                    index: "\(index)", scenes: choices(row.scene, scenes),
                    weekdays: (1...7).map {
                        Choice(
                            value: "\($0)", label: words("calendar.weekday.\($0)"),
                            isSelected: row.weekdays.contains($0))
                    }, start: row.start, end: row.end)
            })
        return site.page(
            page, title: words("hall.scenes"), section: .hall, request: request, context: context,
            status: stale != nil ? .conflict : fault == nil ? .ok : .unprocessableContent)
    }

    private static let done: Set<String> = ["plan", "begun", "ended", "saved", "removed"]

    @Sendable private func plan(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let principal = try context.principal()
        let fields = try await request.form(context)
        let form = HallPlanForm(fields)
        let words = site.words(context)
        do {
            try await site.supervision.halls.change(try form.plan(), seen: fields.revision, by: principal)
        } catch let fault as HallFault {
            return try await list(
                request, context, form: form, fault: words(fault, panels: []).joined(separator: " "))
        } catch SupervisionError.conflict(.changedMeanwhile) {
            let (_, revision) = try await site.supervision.halls.plan(for: principal)
            let stale = StaleSave(revision, differences: [], wording: site.wording(context))
            return try await list(request, context, form: form, stale: stale)
        }
        return .redirect(to: SiteURL.hall(.scenes).with([("done", "plan")]))
    }

    @Sendable private func visit(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let fields = try await request.form(context)
        let isVisiting = fields.flag("visiting")
        try await site.supervision.halls.setVisiting(isVisiting, by: try context.principal())
        return .redirect(to: SiteURL.hall(.scenes).with([("done", isVisiting ? "begun" : "ended")]))
    }
}

extension HallScenesPage.Miniature {
    init(_ panel: HallPanel, _ words: Words) {
        let frame = panel.frame
        place = "x\(frame.x) y\(frame.y) w\(frame.width) h\(frame.height)"
        kind = panel.kind.rawValue
        word = words(panel.kind)
    }
}
