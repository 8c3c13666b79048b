import Documents
import Domain
import Hummingbird
import Supervision

/// 活动: what comes, what was, and what of it counts in the year.
struct ActivityListPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.list).route, use: list)
        routes.get(SiteURL.activity(.counts).route, use: counts)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.activity(.countsFile(format)).route) { request, context in
                try await file(format, request, context)
            }
        }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let all = try await site.supervision.activities.list(for: principal)
        let counts = try await site.supervision.activities.yearCounts(for: principal)
        let page = ActivityListPage(
            all, counts.first { $0.year == wording.zone.civil(wording.now).year },
            mayPlan: principal.maySomewhere(.planActivities), wording)
        return site.page(
            page, title: wording.words("activities.title"), section: .activities, request: request, context: context)
    }

    @Sendable private func counts(request: Request, context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let years = try await site.supervision.activities.yearCounts(for: try context.principal())
        let page = ActivityCountsPage(years, wording)
        return site.page(
            page, title: wording.words("activityCounts.title"), section: .activities, request: request,
            context: context)
    }

    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let years = try await site.supervision.activities.yearCounts(for: try context.principal())
        let table = ActivityCountsPage.table(years, wording)
        return TableExport(
            title: wording.words("activityCounts.title"), columns: table.fileColumns, format: format,
            zone: site.settings.zone, now: wording.now
        ).response(table.pages())
    }
}

struct ActivityListPage: Page {
    struct Row: Sendable {
        let title: String
        let address: String
        let kind: String
        let time: String
        let schools: String
        let state: String
        let style: String
        let taken: String
        let share: String
        let waiting: String?

        init(_ overview: ActivityOverview, _ wording: Wording) {
            let (activity, words) = (overview.activity, wording.words)
            title = activity.plan.title
            address = SiteURL.activity(.sheet(.value(activity.id))).path
            kind = words(activity.plan.kind)
            time = wording.span(activity.plan.span)
            schools = wording.schools(overview.schools)
            state = words(activity.state)
            style = activity.state.style
            let people = activity.state.tookPlace ? overview.came.total : overview.taken.total
            taken =
                activity.state.tookPlace
                ? words("activities.came", ["count": wording.count(people)])
                : words(
                    "activities.taken",
                    ["count": wording.count(people), "total": wording.count(activity.plan.capacity.total)])
            share = "\(min(100, people * 100 / max(1, activity.plan.capacity.total)))"
            waiting =
                overview.waiting > 0 && !activity.state.isOver
                ? words("activities.waiting", ["count": wording.count(overview.waiting)]) : nil
        }
    }

    static let template = "activities"
    let finding: String
    let figures: [TodayPage.Figure]
    let coming: [Row]
    let past: [Row]
    let hasComing: Bool
    let hasPast: Bool
    let new: String?
    let counts = SiteURL.activity(.counts).path

    init(_ all: [ActivityOverview], _ year: ActivityCounts?, mayPlan: Bool, _ wording: Wording) {
        let words = wording.words
        coming = all.filter { !$0.activity.state.isOver }.reversed().map { Row($0, wording) }
        past = all.filter { $0.activity.state.isOver }.map { Row($0, wording) }
        (hasComing, hasPast) = (!coming.isEmpty, !past.isEmpty)
        new = mayPlan ? SiteURL.activity(.new).path : nil
        let year = year ?? ActivityCounts(wording.zone.civil(wording.now).year)
        finding = words(
            "activities.finding",
            [
                "year": "\(year.year)", "count": wording.count(year.total.activities),
                "people": wording.count(year.total.came.total),
            ])
        let (days, joint) = (year[.openDay], year[.jointInspection])
        let shown: [(name: String, value: String)] = [
            ("openDays", wording.count(days.activities)), ("parents", wording.count(days.came[.parent])),
            ("jointInspections", wording.count(joint.activities)),
            ("participants", wording.count(joint.came.total)), ("findings", wording.count(year.total.findings)),
        ]
        figures = shown.map { name, value in
            TodayPage.Figure(
                label: words("activityFigure.\(name)"), value: value, means: words("activityFigure.\(name).means"))
        }
    }
}

/// 年度统计: as the county reports it, with what each number means.
struct ActivityCountsPage: Page {
    struct Row: Sendable {
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let label: String
        let text: String
        let isNumber: Bool
    }

    static let template = "activity-counts"
    let head: [Cell]
    let rows: [Row]
    let means: String
    let list = SiteURL.activity(.list).path
    let fileAddress = SiteURL.activity(.countsFile(.csv)).path
    let sheetAddress = SiteURL.activity(.countsFile(.xlsx)).path

    init(_ years: [ActivityCounts], _ wording: Wording) {
        let table = Self.table(years, wording)
        head = table.columns.map { Cell(label: "", text: $0.title, isNumber: $0.isNumber) }
        means = table.means
        rows = table.rows.map { row in
            Row(cells: zip(table.columns, row).map { Cell(label: $0.title, text: $1.text, isNumber: $0.isNumber) })
        }
    }

    /// A row for each year and kind that there was, and one for the whole year.
    static func table(_ years: [ActivityCounts], _ wording: Wording) -> InsightTable {
        let words = wording.words
        typealias Cell = InsightTable.Cell
        var columns = [
            InsightTable.Column(words("activityCounts.year")), InsightTable.Column(words("activityCounts.kind")),
            InsightTable.Column(words("activityCounts.activities"), .integer),
            InsightTable.Column(words("activityCounts.came"), .integer),
        ]
        columns += ActivityRole.allCases.map { InsightTable.Column(words($0), .integer) }
        columns += [
            InsightTable.Column(words("activityCounts.findings"), .integer),
            InsightTable.Column(words("activityCounts.settled"), .integer),
            InsightTable.Column(words("activityCounts.stars"), .number(decimals: 1)),
        ]
        func row(_ year: Int, _ kind: String, _ line: ActivityCounts.Line) -> [Cell] {
            var cells = [
                Cell("\(year)"), Cell(kind), Cell(line.activities, wording), Cell(line.came.total, wording),
            ]
            cells += ActivityRole.allCases.map { Cell(line.came[$0], wording) }
            cells += [
                Cell(line.findings, wording), Cell(line.settled, wording), Cell(line.meanStars, places: 1),
            ]
            return cells
        }
        return InsightTable(
            title: words("activityCounts.title"), means: words("activityCounts.means"), columns: columns,
            rows: years.flatMap { year in
                Activity.Kind.allCases.filter { $0 != .other || year[$0].activities > 0 }
                    .map { row(year.year, words($0), year[$0]) }
                    + [row(year.year, words("activityCounts.all"), year.total)]
            }, none: "")
    }
}
