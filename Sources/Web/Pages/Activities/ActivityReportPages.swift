import Domain
import Hummingbird
import Supervision

/// 总结: what was done, in words for everybody, and which words of those who came may be read.
struct ActivityReportPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.report(.key)).route) { request, context in
            try await show(fault: nil, typed: nil, request, context)
        }
        routes.post(SiteURL.activity(.report(.key)).route, use: publish)
        routes.post(SiteURL.activity(.feedback(.key, .key)).route, use: judge)
    }

    private func show(
        fault: String?, typed: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let page = ActivityReportPage(sheet, fault: fault, typed: typed, site.wording(context))
        return site.page(
            page, title: page.head.title, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func publish(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let text = fields["report"] ?? ""
        do {
            try await site.supervision.activities.handle(
                .report(text), sheet.activity.id, seen: fields.text("seen").flatMap { Int($0) }, by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: text, request, context)
        }
        return .redirect(to: SiteURL.activity(.report(.value(sheet.activity.id))).path)
    }

    @Sendable private func judge(request: Request, context: WebContext) async throws -> Response {
        let signUp: SignUpID = try context.parameter("signUp")
        let principal = try context.principal()
        let sheet = try await site.supervision.activities.sheet(
            of: try context.parameter("activity"), for: principal)
        guard sheet.feedback.contains(where: { $0.signUp == signUp }) else { throw WebError.notFound }
        guard sheet.isOwn else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        try await site.supervision.activities.setPublic(
            fields.text("act") == "pass", feedbackOf: signUp, of: sheet.activity.id, by: principal)
        return .redirect(to: SiteURL.activity(.report(.value(sheet.activity.id))).path)
    }
}

struct ActivityReportPage: Page {
    struct Voice: Sendable {
        let stars: String
        let words: String
        let role: String
        let isPublic: Bool
        let hasWords: Bool
        let action: String
    }

    static let template = "activity-report"
    let head: ActivityHead
    let fault: String?
    let isOver: Bool
    let isReported: Bool
    let finding: String
    let action: String
    let seen: String
    let report: String
    let publicLink: String
    let voices: [Voice]
    let hasVoices: Bool
    let stars: String?

    init(_ sheet: ActivitySheet, fault: String?, typed: String?, _ wording: Wording) {
        let (activity, words) = (sheet.activity, wording.words)
        let id = Slot.value(activity.id)
        head = ActivityHead(sheet, .report, wording)
        self.fault = fault
        isOver = activity.state.tookPlace
        isReported = activity.state == .reported
        finding = words(
            "guests.came",
            ["count": wording.count(sheet.guests.came.total), "roles": wording.heads(sheet.guests.came)])
        action = SiteURL.activity(.report(id)).path
        seen = "\(activity.version)"
        report = typed ?? activity.report
        publicLink = SiteURL.activity(.board(.value(activity.code))).path
        voices = sheet.feedback.map { feedback in
            Voice(
                stars: wording.stars(feedback.stars), words: feedback.words, role: words(feedback.role),
                isPublic: feedback.isPublic, hasWords: !feedback.words.isEmpty,
                action: SiteURL.activity(.feedback(id, .value(feedback.signUp))).path)
        }
        hasVoices = !voices.isEmpty
        stars = sheet.meanStars.map {
            words(
                "activityReport.stars",
                ["mean": Decimal.text($0, places: 1), "count": wording.count(sheet.feedback.count)])
        }
    }
}

extension Wording {
    func stars(_ count: Int) -> String {
        String(repeating: "★", count: count) + String(repeating: "☆", count: max(0, 5 - count))
    }
}
