import Documents
import Domain
import Supervision

/// One report.
struct ReportPage: Page {
    struct Part: Sendable {
        let anchor: String
        let title: String
        let finding: String
        let trend: TrendChart?
        let ranking: RankingChart?
        let tables: [InsightPage.Shown]
    }

    struct Issue: Sendable {
        let address: String
        let made: Moment
        let by: String
        let sha256: String
        let isProven: Bool
    }

    static let template = "report"
    let back: String
    let finishAddress: String
    let place: String?
    let fault: String?
    let isDone: Bool
    /// While the facts are loaded: how far, in words.
    var loading: String?
    private(set) var title = ""
    private(set) var subtitle = ""
    private(set) var notOver: String?
    private(set) var headlines: [ReportText.Headline] = []
    private(set) var parts: [Part] = []
    private(set) var definitions: [InsightPage.Shown] = []
    private(set) var pdf: String?
    private(set) var xlsx = ""
    private(set) var mayFinish = false
    private(set) var issues: [Issue] = []
    private(set) var hasIssues = false
    private let name: ReportName

    init(_ name: ReportName, territory: Territory?, fault: String?, isDone: Bool, _ wording: Wording) {
        self.name = name
        place = territory.map { "\($0)" }
        back = SiteURL.report(.list).with([("place", place)])
        finishAddress = SiteURL.report(.finish(.value(name))).with([("place", place)])
        self.fault = fault
        self.isDone = isDone
    }

    mutating func show(
        _ report: Report, _ text: ReportText, issues: [IssuedReport], mayFinish: Bool, _ wording: Wording
    ) {
        let words = wording.words
        title = text.title
        subtitle = "\(text.span) · \(text.days)"
        notOver = text.isOver ? nil : words("report.notOver")
        headlines = text.headlines
        parts = text.parts.map { part in
            var (trend, ranking): (TrendChart?, RankingChart?)
            switch part.chart {
            case .trend(let points): trend = TrendChart(points, wording)
            case .ranking(let rows): ranking = RankingChart(rows)
            case nil: break
            }
            return Part(
                anchor: part.section.rawValue, title: part.title, finding: part.finding, trend: trend,
                ranking: ranking, tables: part.tables.map(InsightPage.Shown.init))
        }
        definitions = [InsightPage.Shown(text.definitions)]
        pdf = SiteURL.report(.file(.value(name), .pdf)).with([("place", place)])
        xlsx = SiteURL.report(.file(.value(name), .xlsx)).with([("place", place)])
        self.mayFinish = mayFinish
        self.issues = issues.map { issued in
            Issue(
                address: SiteURL.report(.issue(.value(issued.issue.id))).path,
                made: wording.moment(issued.issue.madeAt),
                by: words(issued.issue.schedule == nil ? "report.byHand" : "report.bySchedule"),
                sha256: issued.issue.sha256.hexadecimal, isProven: issued.isProven)
        }
        hasIssues = !issues.isEmpty
    }
}

/// Schools' rates with their intervals, as a drawing.
struct RankingChart: Sendable {
    struct Row: Sendable {
        let label: String
        let text: String
        let y: String
        let labelY: String
        let low: String
        let high: String
        let value: String
    }

    let rows: [Row]
    let ticks: [TrendChart.Tick]
    let height: String
    let bottom: String
    let tickY: String

    private static let (left, right, row) = (190.0, 590.0, 20.0)

    init(_ intervals: [PDFChart.Interval]) {
        let scale = ChartScale(most: intervals.reduce(0) { max($0, $1.high) }, isWhole: false)
        func x(_ value: Double) -> String {
            Decimal.text(Self.left + (Self.right - Self.left) * min(1, max(0, value / scale.top)), places: 1)
        }
        rows = intervals.enumerated().map { index, interval in
            let middle = Self.row * (Double(index) + 0.5) + 4
            return Row(
                label: interval.label.count > 14 ? interval.label.prefix(13) + "…" : interval.label,
                text: interval.text, y: Decimal.text(middle, places: 1),
                labelY: Decimal.text(middle + 4, places: 1), low: x(interval.low), high: x(interval.high),
                value: x(interval.value))
        }
        let end = Self.row * Double(intervals.count) + 8
        bottom = Decimal.text(end, places: 1)
        tickY = Decimal.text(end + 14, places: 1)
        height = Decimal.text(end + 22, places: 1)
        ticks = scale.lines.map { TrendChart.Tick(at: x($0), label: ChartScale.text($0, step: scale.step)) }
    }
}
