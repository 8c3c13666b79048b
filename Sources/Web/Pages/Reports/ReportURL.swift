import Domain

/// Addresses of reports.
enum ReportURL: Sendable {
    case list
    case page(Slot<ReportName>)
    case file(Slot<ReportName>, ReportFormat)
    /// Finishes it.
    case finish(Slot<ReportName>)
    /// The document of a finished one.
    case issue(Slot<ReportIssueID>)
    case schedules
    case scheduleEnabled(Slot<ReportScheduleID>)
    case scheduleRemoved(Slot<ReportScheduleID>)

    var path: String {
        switch self {
        case .list: "/reports"
        case .page(let name): "/reports/\(name.text("report"))"
        case .file(let name, let format): "/reports/\(name.text("report"))/report.\(format.rawValue)"
        case .finish(let name): "/reports/\(name.text("report"))/finish"
        case .issue(let id): "/report-issues/\(id.text("issue"))/report.pdf"
        case .schedules: "/report-schedules"
        case .scheduleEnabled(let id): "/report-schedules/\(id.text("schedule"))/enabled"
        case .scheduleRemoved(let id): "/report-schedules/\(id.text("schedule"))/remove"
        }
    }
}

enum ReportFormat: String, Sendable, CaseIterable {
    case pdf
    case xlsx
}
