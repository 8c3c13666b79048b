import Domain
import Hummingbird
import Supervision

/// 账本: who did what and when, as a page and as a file.
struct LedgerPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.ledger.route, use: show)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.ledgerFile(format).route) { request, context in
                try await file(format, request, context)
            }
        }
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        try context.require(.readLedger)
        let wording = site.wording(context)
        let words = wording.words
        let query = try LedgerQuery(request.query, zone: site.settings.zone)
        let names = try await LedgerNames(site, for: principal, wording: wording)
        // One more than is shown tells whether there is a next page.
        let entries = try await site.supervision.ledger.page(
            query.filter, before: query.before, limit: Self.pageSize + 1, for: principal)
        let shown = entries.prefix(Self.pageSize)
        let page = LedgerPage(
            rows: shown.map { LedgerPage.Row($0, names: names, wording: wording) },
            acts: LedgerAct.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == query.filter.act)
            },
            people: names.people.map {
                Choice(
                    value: "\($0.id)", label: "\($0.name) (\($0.account))",
                    isSelected: query.filter.actor == .person($0.id))
            }, from: query.from ?? "", to: query.to ?? "", isFiltered: query.isFiltered,
            olderAddress: entries.count > Self.pageSize
                ? SiteURL.ledger.with(query.pairs + [("before", shown.last.map { "\($0.sequence)" })]) : nil,
            newestAddress: query.before == nil ? nil : SiteURL.ledger.with(query.pairs),
            fileAddress: SiteURL.ledgerFile(.csv).with(query.pairs),
            sheetAddress: SiteURL.ledgerFile(.xlsx).with(query.pairs))
        return site.page(page, title: words("ledger.title"), section: .ledger, request: request, context: context)
    }

    /// The whole selection: a year of a county is some hundred thousand lines.
    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        try context.require(.readLedger)
        let wording = site.wording(context)
        let query = try LedgerQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("ledger.title"), columns: LedgerTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            LedgerTable(
                ledger: site.supervision.ledger, filter: query.filter, principal: principal,
                names: try await LedgerNames(site, for: principal, wording: wording), wording: wording,
                before: query.before))
    }
}

/// Which entries are asked for, as the address says.
struct LedgerQuery: Sendable {
    let filter: LedgerFilter
    let before: Int64?
    let from: String?
    let to: String?
    let pairs: [(name: String, value: String?)]

    var isFiltered: Bool { filter != LedgerFilter() }

    init(_ query: FormFields, zone: TerritoryZone) throws(WebError) {
        var filter = LedgerFilter()
        if let text = query.text("act") {
            guard let act = LedgerAct(rawValue: text) else { throw .badRequest("choice") }
            filter.act = act
        }
        if let text = query.text("person") {
            guard let id = PersonID(text) else { throw .notFound }
            filter.actor = .person(id)
        }
        filter.subject = query.text("subject")
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
        pairs = ["act", "person", "subject", "from", "to"].map { ($0, query.text($0)) }
    }
}

struct LedgerPage: Page {
    struct Row: Sendable {
        let sequence: String
        let time: Moment
        let who: String
        let act: String
        let actCode: String
        let subject: String
        let subjectAddress: String?
        let details: [Fact]
        let hash: String
    }

    static let template = "ledger"
    let rows: [Row]
    let acts: [Choice]
    let people: [Choice]
    let from: String
    let to: String
    let isFiltered: Bool
    let olderAddress: String?
    let newestAddress: String?
    let fileAddress: String
    let sheetAddress: String
}
