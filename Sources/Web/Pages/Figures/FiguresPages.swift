import Domain
import Hummingbird
import Supervision

/// 监管数据: the figures that the county reports of a span, each with its definition.
struct FiguresPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.figures.route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let chosen = try request.query.daySpan(zone: site.settings.zone)
        let span = chosen ?? Self.span(days: 30, wording)
        let figures = try await Self.figures(span, site, principal)
        let outcomes = CaptureOutcome.allCases.map { outcome in
            FiguresPage.Outcome(
                label: wording.words("outcome.\(outcome.rawValue)"), count: wording.count(figures.outcomes[outcome]),
                means: wording.words("outcome.\(outcome.rawValue).means"), isHandled: outcome.isHandled)
        }
        let dates = Self.dates(span, wording)
        let page = FiguresPage(
            from: dates.from, to: dates.to, figures: Self.shown(figures, wording), outcomes: outcomes,
            items: figures.analysis.captures.isEmpty
                ? []
                : CaptureItem.allCases.map { ($0, figures.analysis.captures[$0] ?? 0) }.filter { $0.1 > 0 }
                    .map { FiguresPage.Item(label: wording.words($0.0), count: wording.count($0.1)) },
            proofAddress: principal.maySomewhere(.lookAtCases)
                ? SiteURL.proof.with([("from", dates.from), ("to", dates.to)]) : nil)
        return site.page(
            page, title: wording.words("figures.title"), section: .insight, request: request, context: context)
    }

    /// Whole days out of the facts in memory, anything else out of the records.
    static func figures(_ span: TimeSpan, _ site: Site, _ principal: Principal) async throws -> CountyFigures {
        let zone = site.settings.zone
        let (first, end) = (Day(of: span.start, in: zone), Day(of: span.end, in: zone))
        guard first < end, end - first <= 10 * 366, span.start == first.time(minute: 0, in: zone),
            span.end == end.time(minute: 0, in: zone)
        else { return try await site.supervision.cases.figures(span, for: principal) }
        return try await site.supervision.insights.figures(DaySpan(first, through: end - 1), for: principal)
    }

    /// The last days up to the end of today.
    static func span(days: Int64, _ wording: Wording) -> TimeSpan {
        let end = wording.zone.day(of: wording.now).end
        return TimeSpan(start: end - .seconds(days * 86_400), end: end)
    }

    static func dates(_ span: TimeSpan, _ wording: Wording) -> (from: String, to: String) {
        ("\(wording.zone.civil(span.start).date)", "\(wording.zone.civil(span.end - .milliseconds(1)).date)")
    }

    static func shown(_ figures: CountyFigures, _ wording: Wording) -> [TodayPage.Figure] {
        let words = wording.words
        var shown: [(String, String)] = [
            ("records", wording.count(figures.analysis.records)),
            ("captured", wording.count(figures.outcomes.captured)),
            ("handled", wording.count(figures.outcomes.handled)),
            ("closingRate", figures.outcomes.closingRate.map(wording.share) ?? "–"),
            ("casesOpened", wording.count(figures.opened)), ("casesClosed", wording.count(figures.closed)),
        ]
        if let visits = figures.visits { shown.append(("visits", wording.count(visits))) }
        return shown.map { name, value in
            TodayPage.Figure(label: words("figure.\(name)"), value: value, means: words("figure.\(name).means"))
        }
    }
}

struct FiguresPage: Page {
    struct Outcome: Sendable {
        let label: String
        let count: String
        let means: String
        let isHandled: Bool
    }

    struct Item: Sendable {
        let label: String
        let count: String
    }

    static let template = "figures"
    let from: String
    let to: String
    let figures: [TodayPage.Figure]
    let outcomes: [Outcome]
    let items: [Item]
    let proofAddress: String?
}
