import Domain
import Hummingbird
import Supervision

/// 文书模板: the words that a county keeps for the acts of its cases, and who has changed them.
struct TextTemplatePages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.textTemplates.route) { request, context in
            try await show(typed: nil, fault: nil, request, context)
        }
        routes.post(SiteURL.textTemplates.route, use: change)
    }

    private func show(
        typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        try context.require(.managePolicy)
        let wording = site.wording(context)
        let templates = site.supervision.textTemplates
        let page = TextTemplatesPage(
            try await templates.all(for: principal), history: try await templates.history(for: principal),
            typed: typed, fault: fault, isSaved: fault == nil && request.query.flag("saved"), wording: wording)
        return site.page(
            page, title: wording.words("template.title"), section: .rules, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        try context.require(.managePolicy)
        let fields = try await request.form(context)
        let templates = site.supervision.textTemplates
        do {
            if let text = fields.text("template") {
                guard let id = TextTemplateID(text) else { throw WebError.notFound }
                if fields["do"] == "remove" {
                    try await templates.remove(id, by: principal)
                } else {
                    try await templates.change(id, to: fields["text"] ?? "", by: principal)
                }
            } else {
                guard let move = fields.text("move").flatMap(CaseMove.init(rawValue:)), move.takesText else {
                    throw WebError.badRequest("choice")
                }
                try await templates.add(fields["text"] ?? "", for: move, by: principal)
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(typed: fields, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.textTemplates.with([("saved", "1")]))
    }
}

struct TextTemplatesPage: Page {
    struct Row: Sendable {
        let id: String
        let move: String
        let text: String
    }

    struct Change: Sendable {
        let time: Moment
        let who: String
        let move: String
        let before: String?
        let after: String?
    }

    static let template = "text-templates"
    let rows: [Row]
    let hasRows: Bool
    let moves: [Choice]
    let text: String
    let placeholders: [String]
    let fault: String?
    let isSaved: Bool
    let changes: [Change]
    let hasChanges: Bool

    init(
        _ templates: [TextTemplate], history: [TextTemplates.Change], typed: FormFields?, fault: String?, isSaved: Bool,
        wording: Wording
    ) {
        let words = wording.words
        let order = CaseMove.allCases
        rows = templates.sorted { a, b in
            (order.firstIndex(of: a.move) ?? 0, a.id) < (order.firstIndex(of: b.move) ?? 0, b.id)
        }.map { template in
            let isTyped = typed?.text("template") == "\(template.id)"
            return Row(
                id: "\(template.id)", move: words(template.move),
                text: isTyped ? typed?["text"] ?? template.text : template.text)
        }
        hasRows = !rows.isEmpty
        let isNew = typed?.text("template") == nil
        moves = order.filter(\.takesText).map {
            Choice(value: $0.rawValue, label: words($0), isSelected: isNew && typed?["move"] == $0.rawValue)
        }
        text = isNew ? typed?["text"] ?? "" : ""
        placeholders = TextTemplate.Placeholder.allCases.map { "{\($0.rawValue)}" }
        self.fault = fault
        self.isSaved = isSaved
        changes = history.map { change in
            Change(
                time: wording.moment(change.time), who: change.person?.name ?? words("actor.gone"),
                move: change.move.map { words($0) } ?? "–", before: change.before, after: change.after)
        }
        hasChanges = !changes.isEmpty
    }
}
