import Documents
import Domain

/// A report in words: what its page, its documents and the API show alike.
struct ReportText: Sendable {
    struct Part: Sendable {
        let section: ReportSection
        /// The question: `变化`.
        let title: String
        /// The answer in one sentence.
        let finding: String
        var chart: ReportChart?
        var tables: [InsightTable]
    }

    /// A number of the first screen, with what it was before.
    struct Headline: Sendable {
        let label: String
        let value: String
        let before: String
    }

    let title: String
    let place: String
    let span: String
    /// `2026-11-01 – 2026-11-30`
    let days: String
    let isOver: Bool
    let headlines: [Headline]
    let parts: [Part]
    /// What the numbers mean, word by word.
    let definitions: InsightTable
}

enum ReportChart: Sendable {
    case trend(Trend)
    /// Schools with their rates.
    case ranking([PDFChart.Interval])
}
