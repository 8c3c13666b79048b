import Documents
import Domain
import Hummingbird
import Supervision

/// Reports, for programs.
struct ReportAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.reports).route, use: list)
        routes.get(SiteURL.api(.report(.key)).route, use: report)
        for format in ReportFormat.allCases {
            routes.get(SiteURL.api(.reportFile(.key, format)).route) { request, context in
                let wording = site.wording(context)
                let (report, text) = try await site.report(
                    try context.parameter("report"), in: try ReportPages.territory(request.query), wording,
                    for: try context.principal())
                return try await ReportFiles(site: site).response(report, text, format, wording)
            }
        }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let list = try await site.supervision.reports.list(
            in: try ReportPages.territory(request.query), for: try context.principal())
        let finished = Dictionary(grouping: list.issues, by: \.name)
        return Response(
            .object([
                "place": .string("\(list.territory)"),
                "reports": .array(
                    ReportKind.allCases.flatMap { list.spans[$0] ?? [] }.map { span in
                        .object([
                            "name": .string("\(span.name)"), "kind": .string(span.kind.rawValue),
                            "title": .string(wording.words.span(span.kind, span.days)),
                            "from": .string("\(span.days.first)"), "to": .string("\(span.days.last)"),
                            "over": .bool(span.days.last < list.today),
                            "issues": .array(
                                (finished[span.name] ?? []).map { issue in
                                    .object([
                                        "id": .string("\(issue.id)"), "time": .integer(issue.madeAt.milliseconds),
                                        "sha256": .string(issue.sha256.hexadecimal),
                                        "bytes": .integer(Int64(issue.sizeBytes)),
                                    ])
                                }),
                        ])
                    }),
            ]))
    }

    @Sendable private func report(request: Request, context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let (report, text) = try await site.report(
            try context.parameter("report"), in: try ReportPages.territory(request.query), wording,
            for: try context.principal())
        return Response(
            .object([
                "name": .string("\(report.span.name)"), "kind": .string(report.span.kind.rawValue),
                "place": .string("\(report.territory)"), "title": .string("\(text.title) \(text.span)"),
                "from": .string("\(report.span.days.first)"), "to": .string("\(report.span.days.last)"),
                "over": .bool(report.isOver), "time": .integer(report.madeAt.milliseconds),
                "sections": .array(
                    text.parts.map { part in
                        .object([
                            "section": .string(part.section.rawValue), "title": .string(part.title),
                            "finding": .string(part.finding), "tables": .array(part.tables.map(\.json)),
                        ])
                    }),
            ]))
    }
}

extension InsightTable {
    /// Columns by their titles, rows as spreadsheets hold them.
    fileprivate var json: JSON {
        .object([
            "title": .string(title), "means": .string(means),
            "columns": .array(columns.map { .string($0.title) }),
            "rows": .array(rows.map { .array($0.map(\.json)) }),
        ])
    }
}

extension InsightTable.Cell {
    fileprivate var json: JSON {
        switch value {
        case .empty: .null
        case .text(let text): .string(text)
        case .number(let number): .number(number)
        case .integer(let count): .integer(Int64(count))
        case .time(let time): .integer(time.milliseconds)
        case .link(_, let text): .string(text)
        }
    }
}
