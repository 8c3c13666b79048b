import Domain
import Hummingbird
import Supervision

/// 查看登记: who viewed what, when, how long and why, as a page and as a file.
struct ViewingPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.viewings.route, use: show)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.viewingsFile(format).route) { request, context in
                try await file(format, request, context)
            }
        }
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        try context.require(.readViewings)
        let wording = site.wording(context)
        let query = try ViewingQuery(request.query, zone: site.settings.zone)
        let names = try await LedgerNames(site, for: principal, wording: wording)
        // One more than is shown tells whether there is a next page.
        let found = try await site.supervision.register.page(
            query.filter, before: query.before, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        let page = ViewingPage(
            rows: shown.map { ViewingPage.Row($0, names: names, wording: wording) },
            people: try await site.supervision.register.people(for: principal).map {
                Choice(
                    value: "\($0.id)", label: "\($0.name) (\($0.account))", isSelected: $0.id == query.filter.person)
            },
            schools: try await site.supervision.places.tree(for: principal).map {
                Choice(
                    value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == query.filter.school)
            }, from: query.from ?? "", to: query.to ?? "", isFiltered: query.filter != ViewingFilter(),
            olderAddress: found.count > Self.pageSize
                ? SiteURL.viewings.with(query.pairs + [("before", shown.last.map { "\($0.sequence)" })]) : nil,
            newestAddress: query.before == nil ? nil : SiteURL.viewings.with(query.pairs),
            fileAddress: SiteURL.viewingsFile(.csv).with(query.pairs),
            sheetAddress: SiteURL.viewingsFile(.xlsx).with(query.pairs))
        return site.page(
            page, title: wording.words("viewings.title"), section: .viewings, request: request, context: context)
    }

    /// The whole selection.
    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        try context.require(.readViewings)
        let wording = site.wording(context)
        let query = try ViewingQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("viewings.title"), columns: ViewingTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            ViewingTable(
                register: site.supervision.register, filter: query.filter, principal: principal,
                names: try await LedgerNames(site, for: principal, wording: wording), wording: wording,
                before: query.before))
    }
}

/// Which viewings are asked for, as the address says.
struct ViewingQuery: Sendable {
    let filter: ViewingFilter
    let before: Int64?
    let from: String?
    let to: String?
    let pairs: [(name: String, value: String?)]

    init(_ query: FormFields, zone: TerritoryZone) throws(WebError) {
        var filter = ViewingFilter()
        if let text = query.text("person") {
            guard let id = PersonID(text) else { throw .notFound }
            filter.person = id
        }
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw .notFound }
            filter.school = id
        }
        from = query.text("from")
        to = query.text("to")
        filter.span = try query.daySpan(zone: zone)
        if let text = query.text("before") {
            guard let sequence = Int64(text), sequence >= 0 else { throw .badRequest("choice") }
            before = sequence
        } else {
            before = nil
        }
        self.filter = filter
        pairs = ["person", "school", "from", "to"].map { ($0, query.text($0)) }
    }
}

struct ViewingPage: Page {
    struct Row: Sendable {
        let sequence: String
        let time: Moment
        let who: String
        let role: String?
        let school: String?
        let camera: String
        let kind: String
        /// The first stretches of what was shown.
        let spans: String
        let length: String
        let reason: String?
        let purpose: String?
    }

    static let template = "viewings"
    let rows: [Row]
    let people: [Choice]
    let schools: [Choice]
    let from: String
    let to: String
    let isFiltered: Bool
    let olderAddress: String?
    let newestAddress: String?
    let fileAddress: String
    let sheetAddress: String
}

extension ViewingPage.Row {
    init(_ viewing: Viewing, names: LedgerNames, wording: Wording) {
        let words = wording.words
        sequence = "\(viewing.sequence)"
        time = wording.moment(viewing.time)
        switch viewing.actor {
        case .person: who = viewing.person?.name ?? words("subject.person")
        case .console: who = words("actor.console")
        case .node, .camera, .anybody: who = words("actor.node")
        }
        role = viewing.person.map { words("role.\($0.role.rawValue)") }
        school = viewing.school?.name
        camera =
            viewing.camera.map { names["camera/\($0)"] ?? "\(words("subject.camera")) …\("\($0)".suffix(6))" } ?? ""
        kind = words("viewings.kind.\(viewing.kind.rawValue)")
        let shown = viewing.spans.prefix(2).map { span in
            "\(wording.exact(span.start)) – \(wording.exact(span.end).suffix(8))"
        }
        spans =
            shown.joined(separator: words("list.comma"))
            + (viewing.spans.count > 2 ? " … (\(viewing.spans.count))" : "")
        length = viewing.length < .seconds(1) ? words("viewings.onePicture") : words(viewing.length)
        reason = viewing.reason.map { words($0) }
        purpose = viewing.purpose.isEmpty ? nil : viewing.purpose
    }
}
