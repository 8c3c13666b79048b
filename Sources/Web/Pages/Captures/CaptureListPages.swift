import Domain
import Hummingbird
import NIOCore
import Supervision

/// 抓拍: what the program has captured, newest first, as a page and as a file.
struct CaptureListPages: Sendable {
    private static let pageSize = 48

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.captures.route, use: list)
        routes.get(SiteURL.capturesFile.route, use: file)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let query = try CaptureQuery(request.query, zone: site.settings.zone)
        let captures = site.supervision.captures
        let trees = try await site.supervision.places.tree(for: principal)
        // Before the list: what comes in between is told again rather than never.
        let newest = try await captures.list(limit: 1, for: principal).first?.capture.id
        // One more than is shown tells whether there is a next page.
        let records = try await captures.list(
            query.filter, after: query.after, limit: Self.pageSize + 1, for: principal)
        let shown = records.prefix(Self.pageSize)
        let count = try await captures.count(query.filter, for: principal)
        let page = CaptureListPage(
            cards: shown.map { CaptureCard($0, wording: wording) },
            count: "\(count)", countText: words("captures.count", ["count": wording.count(count)]),
            schools: trees.map {
                Choice(
                    value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == query.filter.school)
            }, cameras: cameras(trees, query.filter, wording),
            items: CaptureItem.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == query.filter.item)
            },
            states: ["1", "0"].map {
                Choice(
                    value: $0, label: words("captures.ongoing.\($0)"),
                    isSelected: query.filter.isOngoing == ($0 == "1"))
            },
            verdicts: CaptureFilter.Judged.allCases.map {
                Choice(value: $0.rawValue, label: words("judged.\($0.rawValue)"), isSelected: $0 == query.filter.judged)
            }, waiting: try await waiting(principal, wording), from: query.from ?? "", to: query.to ?? "",
            isFiltered: query.isFiltered,
            showsNew: query.after == nil, newest: newest.map { "\($0)" },
            figures: try await figures(query, principal, wording),
            emptyText: words(query.isFiltered ? "list.nothingFound" : "captures.none"),
            trouble: site.desk.trouble,
            olderAddress: records.count > Self.pageSize
                ? SiteURL.captures.with(query.pairs + [("after", shown.last.map { "\($0.capture.id)" })]) : nil,
            newestAddress: query.after == nil ? nil : SiteURL.captures.with(query.pairs),
            fileAddress: SiteURL.capturesFile.with(query.pairs))
        return site.page(page, title: words("captures.title"), section: .captures, request: request, context: context)
    }

    /// How many wait for somebody like the reader; nil when none does or the reader judges none.
    private func waiting(_ principal: Principal, _ wording: Wording) async throws -> String? {
        guard principal.role?.may(.judgeCaptures) == true else { return nil }
        let count = try await site.supervision.captures.count(CaptureFilter(judged: .waiting), for: principal)
        return count > 0 ? wording.words("triage.begin", ["count": wording.count(count)]) : nil
    }

    /// The cameras of the chosen school, or of all.
    private func cameras(_ trees: [SchoolTree], _ filter: CaptureFilter, _ wording: Wording) -> [Choice] {
        trees.filter { filter.school == nil || $0.school.id == filter.school }.flatMap { tree in
            tree.areas.flatMap { area in
                area.cameras.map { camera in
                    let place = "\(wording.area(area.area)) · \(camera.name)"
                    return Choice(
                        value: "\(camera.id)", label: filter.school == nil ? "\(tree.school.name) · \(place)" : place,
                        isSelected: camera.id == filter.camera)
                }
            }
        }
    }

    /// Of the chosen days, or of today.
    private func figures(
        _ query: CaptureQuery, _ principal: Principal, _ wording: Wording
    ) async throws -> CaptureListPage.Figures {
        let span = query.filter.span ?? site.settings.zone.day(of: wording.now)
        let figures = try await site.supervision.captures.figures(span, school: query.filter.school, for: principal)
        return CaptureListPage.Figures(
            span: wording.words(query.filter.span == nil ? "figures.today" : "figures.span"),
            records: wording.count(figures.records), frames: wording.count(figures.frames),
            captures: wording.count(figures.captureCount), schools: wording.count(figures.schools),
            cameras: wording.count(figures.cameras))
    }

    /// The whole selection, streamed.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let query = try CaptureQuery(request.query, zone: site.settings.zone)
        let header = CSV(
            header: [
                "captures.id", "captures.item", "captures.grade", "fact.school", "fact.area", "fact.camera",
                "captures.start", "captures.met", "captures.end", "captures.score", "captures.models",
                "captures.pictureHash", "captures.clipHash",
                "verdict.title",
            ].map { words($0) })
        let captures = site.supervision.captures
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: header.text))
            var after = query.after
            while true {
                let records = try await captures.list(query.filter, after: after, limit: 1000, for: principal)
                guard let last = records.last else { break }
                after = last.capture.id
                var table = CSV.continued
                for record in records { table.add(Self.row(record, wording)) }
                try await writer.write(ByteBuffer(string: table.text))
            }
            try await writer.finish(nil)
        }
        let name = "\(words("captures.title"))-\(site.settings.zone.civil(wording.now).date).csv"
        return Response(
            status: .ok,
            headers: [
                .contentType: CSV.contentType, .contentDisposition: Response.contentDisposition(name),
                .cacheControl: "no-store",
            ], body: body)
    }

    private static func row(_ record: CaptureRecord, _ wording: Wording) -> [String] {
        let capture = record.capture
        return [
            "\(capture.id)", wording.words(capture.item), capture.grade.numeral, record.school.name,
            wording.area(record.area), record.cameraName, wording.exact(capture.start), wording.exact(capture.metAt),
            capture.end.map(wording.exact) ?? "", wording.score(capture.score), capture.models,
            record[.picture]?.sha256.hexadecimal ?? "", record[.clip]?.sha256.hexadecimal ?? "",
            record.judgement.map { wording.words($0.verdict) } ?? wording.words("judged.waiting"),
        ]
    }
}

struct CaptureListPage: Page {
    struct Figures: Sendable {
        let span: String
        let records: String
        let frames: String
        let captures: String
        let schools: String
        let cameras: String
    }

    static let template = "captures"
    let cards: [CaptureCard]
    let count: String
    let countText: String
    let schools: [Choice]
    let cameras: [Choice]
    let items: [Choice]
    let states: [Choice]
    let verdicts: [Choice]
    /// On the button that begins to judge.
    let waiting: String?
    let from: String
    let to: String
    let isFiltered: Bool
    /// New captures come onto the first page only.
    let showsNew: Bool
    /// Of all that the reader may see, as this page was made.
    let newest: String?
    let figures: Figures
    let emptyText: String
    let trouble: String?
    let olderAddress: String?
    let newestAddress: String?
    let fileAddress: String
}
