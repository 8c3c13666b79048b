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
                NewsPage.Row(
                    entry.news, entry.notice, entry.summary, isNew: after == nil && index < unread, wording: wording)
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
        let number: String
        let matter: String
        let school: String
        let state: String
        let stateStyle: String
        let time: Moment
        let isNew: Bool

        init(
            _ news: Notification, _ notice: CaseNotice, _ summary: CaseSummary, isNew: Bool, wording: Wording
        ) {
            address = SiteURL.casePage(.value(summary.id)).path
            text = wording.words(notice)
            number = "\(summary.number)"
            matter = wording.words(summary.matter)
            school = summary.school.name
            state = wording.words(summary.state)
            stateStyle = summary.state.rawValue
            time = wording.moment(news.time)
            self.isNew = isNew
        }
    }

    static let template = "news"
    let rows: [Row]
    let olderAddress: String?
}
