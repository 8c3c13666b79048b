import Cameras
import Domain
import Hummingbird
import Supervision

/// 今日: what somebody of this role has to do now, the most urgent first.
struct TodayPages: Sendable {
    private static let most = 12

    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.today.route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let visitor = try context.signedIn()
        let principal = Principal.person(visitor.person)
        let wording = site.wording(context)
        let role = visitor.person.role
        let tasks = try await tasks(role, principal, wording)
        let damaged = try await site.supervision.cases.unreadable(for: principal)
        let page = TodayPage(
            fault: damaged.isEmpty
                ? nil
                : wording.words(
                    "today.damaged",
                    ["numbers": damaged.map { "\($0)" }.joined(separator: wording.words("list.comma"))]),
            heading: wording.words(role == .school ? "today.titleSchool" : "today.title"),
            date: wording.exact(wording.now).split(separator: " ").first.map(String.init) ?? "",
            tiles: try await tiles(role, principal, wording), tasks: tasks, hasTasks: !tasks.isEmpty,
            isSchool: role == .school, showsCases: principal.maySomewhere(.lookAtCases),
            figures: try await figures(principal, wording), news: try await news(principal, wording))
        return site.page(page, title: page.heading, section: .today, request: request, context: context)
    }

    private func tiles(_ role: Role, _ principal: Principal, _ wording: Wording) async throws -> [TodayPage.Tile] {
        let words = wording.words
        var tiles: [TodayPage.Tile] = []
        func tile(_ key: String, _ count: LimitedCount, _ address: String, isUrgent: Bool = false) {
            tiles.append(
                TodayPage.Tile(
                    label: words(key), count: wording.count(count), address: address,
                    style: count.value == 0 ? "calm" : isUrgent ? "over" : ""))
        }
        func tile(_ key: String, _ count: Int, _ address: String, isUrgent: Bool = false) {
            tile(key, LimitedCount(found: count, limit: .max), address, isUrgent: isUrgent)
        }
        if principal.maySomewhere(.judgeCaptures) {
            let waiting = try await site.supervision.captures.count(
                CaptureFilter(judged: .waiting), for: principal)
            tile("today.waiting", waiting, waiting.value > 0 ? SiteURL.triage.path : SiteURL.captures.path)
        }
        if principal.maySomewhere(.lookAtCases) {
            let cases = site.supervision.cases
            let states = try await cases.countByState(for: principal)
            for stage in Self.stages(role) {
                let count =
                    stage == .overdue
                    ? try await cases.count(CaseFilter(stage: .overdue), for: principal)
                    : states.filter { stage.states.contains($0.key) }.values.reduce(0, +)
                tile(
                    "stage.\(stage.rawValue)", count, SiteURL.cases.with([("stage", stage.rawValue)]),
                    isUrgent: stage == .overdue)
            }
        }
        if role == .administrator || role == .supervisor || role == .viewer || role == .hall {
            let trees = try await site.supervision.places.tree(for: principal)
            let cameras = trees.flatMap { $0.areas.flatMap(\.cameras) }.filter(\.isEnabled)
            let lost = cameras.count { site.fleet.status(of: $0.id)?.state != .live }
            tile("today.camerasLost", lost, SiteURL.cameras.path, isUrgent: true)
        }
        return tiles
    }

    private static func stages(_ role: Role) -> [CaseFilter.Stage] {
        switch role {
        case .supervisor: [.overdue, .opened, .submitted, .appealed, .reinspection]
        case .township: [.overdue, .submitted, .reinspection, .withSchool]
        case .education, .administrator: [.overdue, .running, .closed]
        case .school, .viewer, .hall: [.overdue, .running]
        }
    }

    /// What this role's people have to do, as far as one can say: the most urgent first.
    private func tasks(_ role: Role, _ principal: Principal, _ wording: Wording) async throws -> [TodayPage.Task] {
        let stages: [CaseFilter.Stage] =
            switch role {
            case .supervisor: [.overdue, .opened, .appealed]
            case .township: [.overdue, .submitted, .reinspection]
            case .school: [.withSchool]
            case .education, .administrator: [.overdue]
            case .viewer, .hall: []
            }
        var seen: Set<CaseID> = []
        var tasks: [TodayPage.Task] = []
        for stage in stages {
            let found = try await site.supervision.cases.list(
                CaseFilter(stage: stage), .due, limit: Self.most, for: principal)
            for summary in found where seen.insert(summary.id).inserted {
                tasks.append(TodayPage.Task(summary, role: role, wording: wording))
            }
        }
        return Array(tasks.prefix(Self.most))
    }

    /// Of the last 30 days.
    private func figures(_ principal: Principal, _ wording: Wording) async throws -> [TodayPage.Figure] {
        guard principal.maySomewhere(.readFigures) else { return [] }
        let figures = try await site.supervision.cases.figures(
            FiguresPages.span(days: 30, wording), for: principal)
        return FiguresPages.shown(figures, wording)
    }

    private func news(_ principal: Principal, _ wording: Wording) async throws -> [NewsPage.Row] {
        let unread = try await site.supervision.cases.countUnread(for: principal)
        return try await site.supervision.cases.news(limit: 6, for: principal).enumerated().map { index, entry in
            NewsPage.Row(entry.news, entry.notice, entry.summary, isNew: index < unread, wording: wording)
        }
    }
}

struct TodayPage: Page {
    struct Tile: Sendable {
        let label: String
        let count: String
        let address: String
        let style: String
    }

    struct Task: Sendable {
        let address: String
        let number: String
        let matter: String
        let grade: String
        let gradeWord: String
        let school: String
        let state: String
        let stateStyle: String
        let due: DueView?
        let cover: String?
        /// On the school's one big button.
        let button: String

        init(_ summary: CaseSummary, role: Role, wording: Wording) {
            let words = wording.words
            address = SiteURL.casePage(.value(summary.id)).path
            number = "\(summary.number)"
            matter = words(summary.matter)
            grade = "\(summary.grade.rawValue)"
            gradeWord = words(summary.grade)
            school = summary.school.name
            state = words(summary.state)
            stateStyle = summary.state.rawValue
            due = wording.due(summary.due)
            cover = summary.cover.map { SiteURL.captureFile(.value($0), .value("first.jpg")).path }
            let move: CaseMove =
                switch summary.state {
                case .opened: .dispatch
                case .dispatched: role == .school ? .acknowledge : .urge
                case .acknowledged, .rectifying: role == .school ? .submit : .urge
                case .submitted: .pass
                case .appealed: .upholdAppeal
                case .reinspection, .closed, .withdrawn: .reinspectionPassed
                }
            button =
                switch move {
                case .pass: words("today.review")
                case .reinspectionPassed: words("today.reinspect")
                case .upholdAppeal: words("today.decide")
                default: words(move)
                }
        }
    }

    struct Figure: Sendable {
        let label: String
        let value: String
        let means: String
    }

    static let template = "today"
    /// Something is wrong that an administrator must see to.
    let fault: String?
    let heading: String
    let date: String
    let tiles: [Tile]
    let tasks: [Task]
    let hasTasks: Bool
    let isSchool: Bool
    let showsCases: Bool
    let figures: [Figure]
    let hasFigures: Bool
    let news: [NewsPage.Row]
    let hasNews: Bool

    init(
        fault: String?, heading: String, date: String, tiles: [Tile], tasks: [Task], hasTasks: Bool, isSchool: Bool,
        showsCases: Bool, figures: [Figure], news: [NewsPage.Row]
    ) {
        self.fault = fault
        self.heading = heading
        self.date = date
        self.tiles = tiles
        self.tasks = tasks
        self.hasTasks = hasTasks
        self.isSchool = isSchool
        self.showsCases = showsCases
        self.figures = figures
        hasFigures = !figures.isEmpty
        self.news = news
        hasNews = !news.isEmpty
    }
}
