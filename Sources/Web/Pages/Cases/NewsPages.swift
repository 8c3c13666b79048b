import Domain
import Hummingbird
import Supervision

/// 消息: what happened to the cases of the reader's own office or school, newest first.
struct NewsPages: Sendable {
    private static let pageSize = 50

    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.news.route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        var after: NotificationID?
        if let text = request.query.text("after") {
            guard let id = NotificationID(text) else { throw WebError.notFound }
            after = id
        }
        let cases = site.supervision.cases
        let unread = try await cases.countUnread(for: principal)
        let found = try await cases.news(after: after, limit: Self.pageSize + 1, for: principal)
        let shown = found.prefix(Self.pageSize)
        if after == nil, let newest = shown.first { try await cases.setRead(until: newest.news.time, by: principal) }
        let page = NewsPage(
            rows: shown.enumerated().map { index, entry in
                NewsPage.Row(entry, isNew: after == nil && index < unread, wording: wording)
            },
            olderAddress: found.count > Self.pageSize
                ? SiteURL.news.with([("after", shown.last.map { "\($0.news.id)" })]) : nil)
        return site.page(
            page, title: wording.words("news.title"), section: .cases, request: request, context: context)
    }
}

struct NewsPage: Page {
    struct Row: Sendable {
        let address: String
        let text: String
        /// School, matter and number; of a warning its sentence.
        let about: String
        let state: String
        let stateStyle: String
        let time: Moment
        let isNew: Bool

        init(_ entry: NewsEntry, isNew: Bool, wording: Wording) {
            let words = wording.words
            switch entry.about {
            case .ofCase(let summary, let notice):
                address = SiteURL.casePage(.value(summary.id)).path
                text = words(notice)
                about = words(
                    "news.about",
                    [
                        "school": summary.school.name, "matter": words(summary.matter),
                        "number": "\(summary.number)",
                    ])
                state = words(summary.state)
                stateStyle = summary.state.rawValue
            case .affair(let affair, let school):
                address = SiteURL.page(of: affair).path
                text = words(affair.kind)
                about = school ?? ""
                state = ""
                stateStyle = ""
            case .warning(let warning):
                address = SiteURL.warnings(.page(.value(warning.file.id))).path
                text = words("warning.news", ["kind": words(warning.file.warning.reason.kind)])
                about = wording.sentence(warning)
                state = words(warning.file.state)
                stateStyle = "warning-\(warning.file.state.rawValue)"
            }
            time = wording.moment(entry.news.time)
            self.isNew = isNew
        }
    }

    static let template = "news"
    let rows: [Row]
    let olderAddress: String?
}
