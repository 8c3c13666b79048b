import Domain
import Supervision

/// Spans of which there is a report.
struct ReportListPage: Page {
    struct Group: Sendable {
        let title: String
        let rows: [Row]
        let hasRows: Bool
        let none: String
    }

    struct Row: Sendable {
        let name: String
        let days: String
        let address: String
        let pdf: String
        let xlsx: String
        /// It goes on, or how many were finished of it.
        let state: String
        let isFinished: Bool
    }

    static let template = "reports"
    let title: String
    let places: [Choice]
    let hasPlaces: Bool
    let groups: [Group]
    let schedulesAddress: String?

    init(_ list: ReportList, names: ReportNames, maySchedule: Bool, wording: Wording) {
        let words = wording.words
        title = names.place(list.territory, words)
        places = names.choices.map {
            Choice(value: "\($0.territory)", label: $0.name, isSelected: $0.territory == list.territory)
        }
        hasPlaces = places.count > 1
        schedulesAddress = maySchedule ? SiteURL.report(.schedules).path : nil
        let pairs: [(name: String, value: String?)] = [("place", "\(list.territory)")]
        let finished = Dictionary(grouping: list.issues, by: \.name).mapValues(\.count)
        groups = ReportKind.allCases.map { kind in
            let rows = (list.spans[kind] ?? []).map { span in
                let count = finished[span.name] ?? 0
                return Row(
                    name: words.span(kind, span.days), days: "\(span.days.first) – \(span.days.last)",
                    address: SiteURL.report(.page(.value(span.name))).with(pairs),
                    pdf: SiteURL.report(.file(.value(span.name), .pdf)).with(pairs),
                    xlsx: SiteURL.report(.file(.value(span.name), .xlsx)).with(pairs),
                    state: span.days.last >= list.today
                        ? words("report.running")
                        : count > 0 ? words("report.finishedTimes", ["count": "\(count)"]) : "",
                    isFinished: count > 0)
            }
            return Group(
                title: words("report.kind.\(kind.rawValue)"), rows: rows, hasRows: !rows.isEmpty,
                none: words("report.noTerms"))
        }
    }
}
