import Domain
import Hummingbird
import Supervision

/// What every page of one activity begins with.
struct ActivityHead: Sendable {
    struct Tab: Sendable {
        let label: String
        let address: String
        let isCurrent: Bool
    }

    enum Part: String, CaseIterable {
        case overview
        case guests
        case day
        case report
    }

    let title: String
    let kind: String
    let state: String
    let style: String
    let time: String
    let schools: String
    let list: String
    let tabs: [Tab]
    let cancelled: String?

    init(_ sheet: ActivitySheet, _ part: Part, _ wording: Wording) {
        let (activity, words) = (sheet.activity, wording.words)
        let id = Slot.value(activity.id)
        title = activity.plan.title
        kind = words(activity.plan.kind)
        state = words(activity.state)
        style = activity.state.style
        time = wording.span(activity.plan.span)
        schools = wording.schools(sheet.schools)
        list = SiteURL.activity(.list).path
        cancelled =
            activity.state == .cancelled ? words("activity.cancelledBy", ["reason": activity.cancelReason]) : nil
        let shown: [Part] = sheet.isOwn ? Part.allCases : [.overview, .day]
        tabs = shown.map { tab in
            let url: ActivityURL =
                switch tab {
                case .overview: .sheet(id)
                case .guests: .guests(id)
                case .day: .findings(id)
                case .report: .report(id)
                }
            return Tab(
                label: words("activity.tab.\(tab.rawValue)"), address: SiteURL.activity(url).path,
                isCurrent: tab == part)
        }
    }
}

extension Site {
    /// Where people reach this site from outside.
    func base(_ request: Request) -> String {
        let scheme = settings.usesSecureCookies ? "https" : "http"
        return settings.publicAddress ?? "\(scheme)://\(request.head.authority ?? "localhost")"
    }

    /// An activity that the asker runs: asked for before a form is looked at.
    func ownActivity(_ context: WebContext) async throws -> ActivitySheet {
        let sheet = try await supervision.activities.sheet(
            of: try context.parameter("activity"), for: try context.principal())
        guard sheet.isOwn else { throw WebError.notPermitted }
        return sheet
    }
}
