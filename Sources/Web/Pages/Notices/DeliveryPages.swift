import Domain
import Hummingbird
import Supervision

/// 投递记录: what was sent through which channel, and what came of it.
struct DeliveryPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.deliveries.route) { request, context in
            try context.require(.managePeople)
            return try await show(request.query, fault: nil, request, context)
        }
        routes.post(SiteURL.sendAgain(.key).route, use: sendAgain)
    }

    private func show(
        _ query: FormFields, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let (filter, last) = try Self.filter(query)
        let names = try await OwnerNames(
            site, people: try await site.supervision.people.list(for: principal), for: principal)
        let channels = try await site.supervision.channels.list(for: principal)
        let found = try await site.supervision.deliveries.list(
            filter, after: last, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        let pairs = ["state", "channel"].map { (name: $0, value: query.text($0)) }
        let page = DeliveriesPage(
            rows: shown.map { DeliveriesPage.Row($0, names: names, wording: wording, query: pairs) },
            states: Delivery.State.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == filter.state)
            },
            channels: channels.map {
                Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == filter.channel)
            }, isFiltered: filter != DeliveryFilter(), fault: fault, isAsked: fault == nil && query.flag("again"),
            newestAddress: last == nil ? nil : SiteURL.deliveries.with(pairs),
            olderAddress: found.count > Self.pageSize
                ? SiteURL.deliveries.with(pairs + [("after", shown.last.map { "\($0.delivery.id)" })]) : nil)
        return site.page(
            page, title: words("deliveries.title"), section: .channels, request: request, context: context,
            status: fault == nil ? .ok : .conflict)
    }

    @Sendable private func sendAgain(request: Request, context: WebContext) async throws -> Response {
        try context.require(.managePeople)
        let fields = try await request.form(context)
        do {
            try await site.supervision.deliveries.sendAgain(
                try context.parameter("delivery"), by: try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fields, fault: fault, request, context)
        }
        let pairs = ["state", "channel"].map { (name: $0, value: fields.text($0)) }
        return .redirect(to: SiteURL.deliveries.with(pairs + [("again", "1")]))
    }

    private static func filter(_ query: FormFields) throws(WebError) -> (DeliveryFilter, DeliveryID?) {
        var filter = DeliveryFilter()
        if let text = query.text("state") {
            guard let state = Delivery.State(rawValue: text) else { throw .badRequest("choice") }
            filter.state = state
        }
        if let text = query.text("channel") {
            guard let id = ChannelID(text) else { throw .notFound }
            filter.channel = id
        }
        if let text = query.text("case") {
            guard let id = CaseID(text) else { throw .notFound }
            filter.caseID = id
        }
        guard let text = query.text("after") else { return (filter, nil) }
        guard let last = DeliveryID(text) else { throw .notFound }
        return (filter, last)
    }
}

struct DeliveriesPage: Page {
    struct Row: Sendable {
        let time: Moment
        /// Of the case, or what a report is about.
        let number: String
        let subjectAddress: String
        let what: String
        let receiver: String
        let channel: String
        let channelAddress: String
        let kind: String
        let state: String
        /// `waiting`, `sending`, `sent`, `failed`, `uncertain`.
        let stateStyle: String
        let attempts: String
        /// Why it failed, when it is tried next, or what the other side said.
        let detail: String
        let againAddress: String?
        let filters: [Hidden]

        struct Hidden: Sendable {
            let name: String
            let value: String
        }

        init(
            _ entry: DeliveryEntry, names: OwnerNames, wording: Wording, query: [(name: String, value: String?)]
        ) {
            let words = wording.words
            let delivery = entry.delivery
            time = wording.moment(delivery.madeAt)
            switch entry.content {
            case .news(let news, let about):
                switch news.subject {
                case .ofCase(let id, let notice):
                    if case .ofCase(let summary)? = about { number = "\(summary.number)" } else { number = "—" }
                    subjectAddress = SiteURL.casePage(.value(id)).path
                    what = words(notice)
                case .warning(let id):
                    number = "—"
                    subjectAddress = SiteURL.warnings(.page(.value(id))).path
                    if case .warning(let warning)? = about {
                        what = words("warning.news", ["kind": words(warning.reason.kind)])
                    } else {
                        what = words("warning.news", ["kind": words("warning.title")])
                    }
                case .affair(let affair):
                    number = "—"
                    subjectAddress = SiteURL.page(of: affair).path
                    what = words(affair.kind)
                }
                receiver = names.name(.body(news.body), wording)
            case .report(let issue):
                number = "\(issue.days.first) – \(issue.days.last)"
                subjectAddress = SiteURL.report(.issue(.value(issue.id))).path
                what = words("report.kind.\(issue.kind.rawValue)")
                receiver = names.name(entry.channel.owner, wording)
            }
            channel = entry.channel.name
            channelAddress = SiteURL.channel(.value(entry.channel.id)).path
            kind = words(entry.channel.kind)
            state = words(delivery.state)
            stateStyle = delivery.state.rawValue
            attempts = "\(delivery.attempts)"
            var details: [String] = []
            if let fault = delivery.fault { details.append(words(fault)) }
            if delivery.state == .waiting, delivery.attempts > 0, let next = delivery.nextTry {
                details.append(words("delivery.next", ["time": wording.exactMinute(next)]))
            }
            if delivery.state == .uncertain { details.append(words("delivery.uncertainHint")) }
            if let sent = delivery.sentAt {
                details.append(words("delivery.sentAt", ["time": wording.exact(sent)]))
                if let answer = delivery.answer { details.append(answer) }
            }
            detail = details.joined(separator: " · ")
            againAddress =
                delivery.canBeSentAgain && entry.channel.isEnabled
                ? SiteURL.sendAgain(.value(delivery.id)).path : nil
            filters = query.compactMap { pair in pair.value.map { Hidden(name: pair.name, value: $0) } }
        }
    }

    static let template = "deliveries"
    let rows: [Row]
    let states: [Choice]
    let channels: [Choice]
    let isFiltered: Bool
    let fault: String?
    let isAsked: Bool
    let newestAddress: String?
    let olderAddress: String?
}
