import Documents
import Domain
import Supervision

/// Puts a report into words. Every sentence is a finding that Domain chose; here it only gets its language.
struct ReportWording: Sendable {
    let wording: Wording
    let names: ReportNames

    var words: Words { wording.words }
    typealias Column = InsightTable.Column
    typealias Cell = InsightTable.Cell

    func text(_ report: Report) -> ReportText {
        let place = names.place(report.territory, words)
        let span = words.span(report.span.kind, report.span.days)
        return ReportText(
            title: words("report.title.\(report.span.kind.rawValue)", ["place": place]), place: place, span: span,
            days: "\(report.span.days.first) – \(report.span.days.last)", isOver: report.isOver,
            headlines: headlines(report),
            parts: report.sections.map { section in
                ReportText.Part(
                    section: section, title: words("report.section.\(section.rawValue)"),
                    finding: sentence(report.finding(of: section), report), chart: chart(section, report),
                    tables: tables(section, report))
            }, definitions: definitions(report))
    }

    private func headlines(_ report: Report) -> [ReportText.Headline] {
        figures.map { figure in
            ReportText.Headline(
                label: words("report.figure.\(figure.name)"), value: figure.cell(report.period).text,
                before: report.before.map {
                    words("report.wasBefore.\(report.span.kind.rawValue)", ["value": figure.cell($0).text])
                } ?? "")
        }.filter { $0.value != "–" }.prefix(6).map { $0 }
    }

    private func chart(_ section: ReportSection, _ report: Report) -> ReportChart? {
        switch section {
        case .change: return report.trend.points.count > 1 ? .trend(report.trend) : nil
        case .schools:
            let rows = report.ranking.entries.prefix(Self.mostInChart).map { entry in
                PDFChart.Interval(
                    label: names.school(entry.school), value: entry.rate, low: entry.interval.lowerBound,
                    high: entry.interval.upperBound,
                    text: "\(Decimal.text(entry.rate, places: 1)) (\(Self.range(entry.interval, places: 1)))")
            }
            return rows.isEmpty ? nil : .ranking(Array(rows))
        default: return nil
        }
    }

    static let mostInChart = 20

    static func range(_ interval: ClosedRange<Double>, places: Int) -> String {
        "\(Decimal.text(interval.lowerBound, places: places)) – \(Decimal.text(interval.upperBound, places: places))"
    }

    /// A number that is held against what was before.
    struct Figure: Sendable {
        let name: String
        let cell: @Sendable (ReportPeriod) -> InsightTable.Cell
    }

    /// As the county reports them.
    var figures: [Figure] {
        let wording = wording
        return [
            Figure(name: "records") { Cell($0.analysis.records, wording) },
            Figure(name: "captured") { Cell($0.outcomes.captured, wording) },
            Figure(name: "handled") { Cell($0.outcomes.handled, wording) },
            Figure(name: "closingRate") { Cell($0.outcomes.closingRate.map(wording.share) ?? "–") },
            Figure(name: "standing") { Cell($0.captures.total.standing, wording) },
            Figure(name: "visits") { period in
                period.visits.map { Cell($0, wording) } ?? Cell(nil, places: 0)
            },
            Figure(name: "casesOpened") { Cell($0.cases.opened, wording) },
            Figure(name: "casesClosed") { Cell($0.closed, wording) },
            Figure(name: "schools") { Cell($0.analysis.schools, wording) },
            Figure(name: "cameras") { Cell($0.analysis.cameras, wording) },
        ]
    }

    private func definitions(_ report: Report) -> InsightTable {
        let terms = [
            "records", "captured", "handled", "closingRate", "standing", "visits", "casesOpened", "casesClosed",
            "cameraDays", "teaching", "interval", "change", "rank", "overdue", "precision", "available",
        ]
        return InsightTable(
            title: words("report.definitions"), means: words("report.definitions.means"),
            columns: [Column(words("report.term")), Column(words("report.meaning"))],
            rows: terms.map { [Cell(words("report.figure.\($0)")), Cell(words("report.figure.\($0).means"))] },
            none: "")
    }
}
