import Documents
import Domain

extension ReportText {
    /// On paper: figures first, what is to be known of them, then each section with its picture and numbers.
    func document(_ report: Report, _ wording: Wording) -> PDFDocument {
        let words = wording.words
        var blocks: [PDFBlock] = [
            .title(title),
            .reference(
                words("report.subtitle", ["span": span, "days": days, "made": wording.exactMinute(report.madeAt)])),
        ]
        if !isOver { blocks.append(.paragraph(words("report.notOver"), style: .note)) }
        blocks += [
            .heading(words("report.findings")),
            .facts(parts.map { PDFFact($0.title, $0.finding) }),
        ]
        for part in parts {
            blocks += [.heading(part.title), .paragraph([PDFSpan(part.finding, bold: true)], style: .plain)]
            if let chart = part.chart { blocks.append(.chart(chart.drawing(words))) }
            for table in part.tables {
                blocks += [
                    .paragraph(table.means, style: .note),
                    table.rows.isEmpty ? .paragraph(table.none, style: .plain) : .table(table.drawing),
                ]
            }
        }
        blocks += [
            .heading(definitions.title), .paragraph(definitions.means, style: .note),
            .facts(definitions.rows.map { PDFFact($0[0].text, $0[1].text) }),
        ]
        return PDFDocument(
            title: "\(title) \(span)", author: words("product.name"), created: report.madeAt, zone: wording.zone,
            number: "\(report.span.name)",
            pageLabel: words("notice.page", ["page": "{page}", "pages": "{pages}"]),
            numbering: words.numbering, blocks: blocks)
    }

    /// `当涂县月报 2026 年 11 月.pdf`
    func fileName(_ format: ReportFormat) -> String {
        "\(title) \(span)".replacing("/", with: "_") + ".\(format.rawValue)"
    }
}

extension Words {
    /// How headings are numbered on paper.
    var numbering: PDFDocument.Numbering { language == .simplifiedChinese ? .chinese : .decimal }
}

extension InsightTable {
    var drawing: PDFTable {
        PDFTable(
            columns: columns.enumerated().map { index, column in
                let longest = rows.reduce(column.title.count) { max($0, $1[index].text.count) }
                return PDFTable.Column(
                    column.title, weight: Double(min(max(longest, 5), 18)),
                    alignment: column.isNumber ? .trailing : .leading)
            }, rows: rows.map { $0.map(\.text) })
    }
}

extension ReportChart {
    func drawing(_ words: Words) -> PDFChart {
        switch self {
        case .trend(let trend):
            let every = max(1, (trend.points.count + 8) / 9)
            let legend =
                [words("report.figure.standing")]
                + (trend.points.contains { $0.expected != nil } ? [words("insight.expected")] : [])
            return .columns(
                trend.points.enumerated().map { index, point in
                    PDFChart.Column(
                        label: index % every == 0
                            ? String("\(point.days.first)".dropFirst(trend.step == .month ? 0 : 5).prefix(7)) : nil,
                        value: Double(point.count), expected: point.expected)
                }, legend: legend)
        case .ranking(let rows): return .intervals(rows, legend: [words("report.ranking.legend")])
        }
    }
}
