import Documents
import Domain
import Hummingbird
import Supervision

/// 抓拍: what the program has captured, newest first, as a page and as a file.
struct CaptureListPages: Sendable {
    private static let pageSize = 36

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.captures.route, use: list)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.capturesFile(format).route) { request, context in
                try file(format, request, context)
            }
        }
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
        // A first page that is not full holds them all.
        let count =
            query.after == nil && records.count <= Self.pageSize
            ? LimitedCount(found: records.count, limit: .max)
            : try await captures.count(query.filter, for: principal)
        let cameras = cameras(trees, query.filter, wording)
        let page = CaptureListPage(
            cards: shown.map { CaptureCard($0, wording: wording) },
            count: count.isMore ? "" : "\(count.value)",
            countText: words("captures.count", ["count": wording.count(count)]),
            schools: trees.map {
                Choice(
                    value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == query.filter.school)
            }, cameras: cameras, hasCameras: !cameras.isEmpty,
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
            }, waiting: try await waiting(principal, wording),
            mayReview: principal.maySomewhere(.judgeCaptures), from: query.from ?? "", to: query.to ?? "",
            isFiltered: query.isFiltered,
            showsNew: query.after == nil, newest: newest.map { "\($0)" },
            figures: try await figures(query, principal, wording),
            clue: try await clue(query.filter.school, principal, wording),
            emptyText: words(query.isFiltered ? "list.nothingFound" : "captures.none"),
            trouble: site.desk.trouble,
            olderAddress: records.count > Self.pageSize
                ? SiteURL.captures.with(query.pairs + [("after", shown.last.map { "\($0.capture.id)" })]) : nil,
            newestAddress: query.after == nil ? nil : SiteURL.captures.with(query.pairs),
            saved: try await site.savedFilters(
                of: .captures, at: .captures, pairs: query.pairs, isFiltered: query.isFiltered, query: request.query,
                for: principal, words),
            fileAddress: SiteURL.capturesFile(.csv).with(query.pairs),
            sheetAddress: SiteURL.capturesFile(.xlsx).with(query.pairs))
        return site.page(page, title: words("captures.title"), section: .captures, request: request, context: context)
    }

    /// Concerns that wait for an answer stand beside the captures of their school; nil = there are none.
    private func clue(
        _ school: SchoolID?, _ principal: Principal, _ wording: Wording
    ) async throws -> CaptureListPage.Clue? {
        let open = try await site.supervision.concerns.open(for: principal)
        let count = school.map { open[$0] ?? 0 } ?? open.values.reduce(0, +)
        guard count > 0 else { return nil }
        return CaptureListPage.Clue(
            text: wording.words("concern.clue", ["count": wording.count(count)]),
            address: SiteURL.concern(.list).with([("stage", "open"), ("school", school.map { "\($0)" })]))
    }

    /// How many wait for somebody like the reader; nil when none does or the reader judges none.
    private func waiting(_ principal: Principal, _ wording: Wording) async throws -> String? {
        guard principal.role?.may(.judgeCaptures) == true else { return nil }
        let count = try await site.supervision.captures.count(CaptureFilter(judged: .waiting), for: principal)
        return count.value > 0 ? wording.words("triage.begin", ["count": wording.count(count)]) : nil
    }

    /// Those of the chosen school, of the chosen camera's, or of the only one: a county has too many to choose from.
    private func cameras(_ trees: [SchoolTree], _ filter: CaptureFilter, _ wording: Wording) -> [Choice] {
        let chosen = trees.first { tree in
            if let school = filter.school { return tree.school.id == school }
            return trees.count == 1 || tree.areas.contains { $0.cameras.contains { $0.id == filter.camera } }
        }
        guard let chosen else { return [] }
        return chosen.areas.flatMap { area in
            area.cameras.map { camera in
                let place = "\(wording.area(area.area)) · \(camera.name)"
                return Choice(
                    value: "\(camera.id)",
                    label: filter.school == nil && trees.count > 1 ? "\(chosen.school.name) · \(place)" : place,
                    isSelected: camera.id == filter.camera)
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

    /// The whole selection.
    func file(_ format: TableExport.Format, _ request: Request, _ context: WebContext) throws -> Response {
        let wording = site.wording(context)
        let query = try CaptureQuery(request.query, zone: site.settings.zone)
        return TableExport(
            title: wording.words("captures.title"), columns: CaptureTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            CaptureTable(
                captures: site.supervision.captures, filter: query.filter, principal: try context.principal(),
                wording: wording, last: query.after))
    }
}

/// Captures as rows of a file.
private struct CaptureTable: TablePages {
    let captures: Captures
    let filter: CaptureFilter
    let principal: Principal
    let wording: Wording
    var last: CaptureID?

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        let time = TableColumn.Kind.dateTime(wording.zone)
        return [
            TableColumn(words("captures.id"), width: 38), TableColumn(words("captures.item")),
            TableColumn(words("captures.grade")), TableColumn(words("fact.school"), width: 28),
            TableColumn(words("fact.area")), TableColumn(words("fact.camera")),
            TableColumn(words("captures.start"), time),
            TableColumn(words("captures.met"), time), TableColumn(words("captures.end"), time),
            TableColumn(words("captures.score"), .number(decimals: 2)),
            TableColumn(words("captures.models"), width: 28),
            TableColumn(words("captures.pictureHash"), width: 20), TableColumn(words("captures.clipHash"), width: 20),
            TableColumn(words("verdict.title")),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        let records = try await captures.list(filter, after: last, limit: 1000, for: principal)
        guard let end = records.last else { return nil }
        last = end.capture.id
        let words = wording.words
        return records.map { record in
            let capture = record.capture
            return [
                .text("\(capture.id)"), .text(words(capture.item)), .text(capture.grade.numeral),
                .text(record.school.name), .text(wording.area(record.area)), .text(record.cameraName),
                .time(capture.start), .time(capture.metAt), capture.end.map { .time($0) } ?? .empty,
                .number(capture.score), .text(capture.models), .text(record[.picture]?.sha256.hexadecimal ?? ""),
                .text(record[.clip]?.sha256.hexadecimal ?? ""),
                .text(record.judgement.map { words($0.verdict) } ?? words("judged.waiting")),
            ]
        }
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

    struct Clue: Sendable {
        let text: String
        let address: String
    }

    static let template = "captures"
    let cards: [CaptureCard]
    let count: String
    let countText: String
    let schools: [Choice]
    /// Of one school; empty until one is chosen.
    let cameras: [Choice]
    let hasCameras: Bool
    let items: [Choice]
    let states: [Choice]
    let verdicts: [Choice]
    /// On the button that begins to judge.
    let waiting: String?
    /// The blind sample can be looked at.
    let mayReview: Bool
    let from: String
    let to: String
    let isFiltered: Bool
    /// New captures come onto the first page only.
    let showsNew: Bool
    /// Of all that the reader may see, as this page was made.
    let newest: String?
    let figures: Figures
    let clue: Clue?
    let emptyText: String
    let trouble: String?
    let olderAddress: String?
    let newestAddress: String?
    let saved: SavedFilterBar
    let fileAddress: String
    let sheetAddress: String
}
