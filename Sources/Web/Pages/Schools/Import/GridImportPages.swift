import Documents
import Domain
import Hummingbird
import Supervision

/// 导入网格: a list from a spreadsheet is looked at first, then added as a whole.
struct GridImportPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.importGrid.route) { request, context in
            try context.require(.manageGrid)
            return show(GridImportPage(wording: site.wording(context)), request, context)
        }
        routes.post(SiteURL.importGrid.route, use: preview)
        routes.post(SiteURL.confirmImport.route, use: confirm)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.importTemplate(format).route) { _, context in
                try context.require(.manageGrid)
                return template(format, site.wording(context))
            }
        }
    }

    @Sendable private func preview(request: Request, context: WebContext) async throws -> Response {
        try context.require(.manageGrid)
        let principal = try context.principal()
        let wording = site.wording(context)
        do {
            guard let upload = try await GridUpload.read(request, context) else {
                return refuse(wording.words("import.noFile"), request, context)
            }
            let list = try await upload.list()
            let plan = try await site.supervision.places.plan(list, for: principal)
            let held = GridUploads.Held(
                person: try context.signedIn().person.id, fileName: upload.name, sha256: upload.sha256, list: list,
                until: site.time.now() + GridUploads.life, plan: plan)
            let mayAdd = plan.faults.isEmpty && !plan.steps.isEmpty
            let key = mayAdd ? site.gridUploads.keep(held, now: site.time.now()) : nil
            return show(GridImportPage(of: held, key: key, wording: wording), request, context)
        } catch let error as SheetError {
            return refuse(wording.words(error), request, context)
        } catch let error as GridList.Unusable {
            return refuse(wording.words(error), request, context)
        }
    }

    @Sendable private func confirm(request: Request, context: WebContext) async throws -> Response {
        try context.require(.manageGrid)
        let fields = try await request.form(context)
        let wording = site.wording(context)
        let person = try context.signedIn().person.id
        let key = fields.text("upload") ?? ""
        guard var held = site.gridUploads.upload(key, of: person, now: site.time.now()) else {
            return refuse(wording.words("import.gone"), request, context)
        }
        let changed = try await site.supervision.places.add(
            held.list, as: held.plan, from: (held.fileName, held.sha256), by: try context.principal())
        site.gridUploads.forget(key)
        guard let changed else { return .redirect(to: SiteURL.schools.with([("saved", "1")])) }
        // Somebody has changed the grid in between: nothing was added, and the person looks again.
        held.plan = changed
        let mayAdd = changed.faults.isEmpty && !changed.steps.isEmpty
        let next = mayAdd ? site.gridUploads.keep(held, now: site.time.now()) : nil
        return show(
            GridImportPage(of: held, key: next, fault: wording.words("import.changed"), wording: wording), request,
            context, status: .conflict)
    }

    private func refuse(_ fault: String, _ request: Request, _ context: WebContext) -> Response {
        show(
            GridImportPage(fault: fault, wording: site.wording(context)), request, context,
            status: .unprocessableContent)
    }

    private func show(
        _ page: GridImportPage, _ request: Request, _ context: WebContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        site.page(
            page, title: site.words(context)("import.title"), section: .schools, request: request, context: context,
            status: status)
    }

    /// What a list looks like: the headings and two lines.
    private func template(_ format: TableExport.Format, _ wording: Wording) -> Response {
        let words = wording.words
        return TableExport(
            title: words("import.template"),
            columns: GridList.Column.allCases.map { TableColumn(words($0), width: 20) }, format: format,
            zone: site.settings.zone, now: wording.now
        ).response(GridTemplate(words: words))
    }
}

private struct GridTemplate: TablePages {
    let words: Words
    private var isDone = false

    init(words: Words) { self.words = words }

    mutating func next() async throws -> [[TableValue]]? {
        guard !isDone else { return nil }
        isDone = true
        let texts = { [words] (kind: Area.Kind, number: Int) -> [String] in
            [
                words("import.example.township"), words("import.example.school"),
                words("schoolKind.\(School.Kind.primary.rawValue)"), "", words("area.\(kind.rawValue)"), "",
                words("import.example.camera", ["number": "\(number)"]), "rtsp://192.0.2.\(number)/main",
                "rtsp://192.0.2.\(number)/sub", "admin", words("import.example.password"),
            ]
        }
        return [texts(.cooking, 1), texts(.washing, 2)].map { $0.map { TableValue.text($0) } }
    }
}
