import Domain

extension RouteRule {
    static let reports: [String: RouteRule] = [
        "GET /reports": .list(.readFigures), "GET /reports/{report}": .list(.readFigures),
        "GET /reports/{report}/report.pdf": .list(.readFigures),
        "GET /reports/{report}/report.xlsx": .list(.readFigures),
        "POST /reports/{report}/finish": .list(.issueReport), "GET /report-issues/{issue}/report.pdf": .unknown,
        "GET /report-schedules": .county(.scheduleReports), "POST /report-schedules": .county(.scheduleReports),
        "POST /report-schedules/{schedule}/enabled": .county(.scheduleReports),
        "POST /report-schedules/{schedule}/remove": .county(.scheduleReports),
        "GET /api/v1/reports": .list(.readFigures), "GET /api/v1/reports/{report}": .list(.readFigures),
        "GET /api/v1/reports/{report}/report.pdf": .list(.readFigures),
        "GET /api/v1/reports/{report}/report.xlsx": .list(.readFigures),
    ]
}
