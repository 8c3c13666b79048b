import Cameras
import Domain
import Hummingbird
import Supervision

/// 摄像机: all cameras with their state and figures, as a page and as a file.
struct CameraListPages: Sendable {
    private static let pageSize = 100

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.cameras.route, use: list)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.camerasFile(format).route) { request, context in
                try await file(format, request, context)
            }
        }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let query = request.query
        let filter = try CameraFilter(query)
        let (key, isDescending) = try sorting(query)
        let trees = try await site.supervision.places.tree(for: principal)
        let rows = try await rows(trees, filter: filter, key: key, isDescending: isDescending, principal, wording)
        let pageCount = max(1, (rows.count + Self.pageSize - 1) / Self.pageSize)
        let number = min(pageCount, max(1, Int(query.text("page") ?? "1") ?? 1))
        let shown = try await withDays(
            Array(rows.dropFirst((number - 1) * Self.pageSize).prefix(Self.pageSize)), principal, wording)
        func address(page: Int) -> String {
            SiteURL.cameras.with(pairs(filter) + sortPairs(key, isDescending) + [("page", "\(page)")])
        }
        let page = CameraListPage(
            rows: shown.map {
                CameraListPage.Row($0, wording: wording, mayConfigure: principal.may(.configureCameras))
            },
            columns: columns(filter, key, isDescending, words), count: rows.count,
            countText: words("cameras.count", ["count": "\(rows.count)"]),
            search: filter.text ?? "",
            schools: trees.map {
                Choice(value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == filter.school)
            },
            states: CameraFilter.states.map {
                Choice(value: $0, label: words("status.\($0)"), isSelected: $0 == filter.state)
            },
            isFiltered: filter.text != nil || filter.school != nil || filter.state != nil,
            hasCameras: trees.contains { $0.areas.contains { !$0.cameras.isEmpty } },
            fileAddress: SiteURL.camerasFile(.csv).with(pairs(filter) + sortPairs(key, isDescending)),
            sheetAddress: SiteURL.camerasFile(.xlsx).with(pairs(filter) + sortPairs(key, isDescending)),
            previousAddress: number > 1 ? address(page: number - 1) : nil,
            nextAddress: number < pageCount ? address(page: number + 1) : nil,
            pageText: pageCount > 1 ? words("list.page", ["page": "\(number)", "pages": "\(pageCount)"]) : nil,
            mayAdd: principal.may(.configureCameras), isRemoved: query.flag("removed"))
        return site.page(page, title: words("cameras.title"), section: .cameras, request: request, context: context)
    }

    /// The whole selection.
    private func file(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let filter = try CameraFilter(request.query)
        let (key, isDescending) = try sorting(request.query)
        let trees = try await site.supervision.places.tree(for: principal)
        let rows = try await withDays(
            rows(trees, filter: filter, key: key, isDescending: isDescending, principal, wording), principal, wording)
        return TableExport(
            title: wording.words("cameras.title"), columns: CameraTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(CameraTable(rows: rows, wording: wording))
    }

    private func rows(
        _ trees: [SchoolTree], filter: CameraFilter, key: CameraRow.Key, isDescending: Bool, _ principal: Principal,
        _ wording: Wording
    ) async throws -> [CameraRow] {
        let statuses = site.fleet.statuses()
        var rows = trees.flatMap { tree in
            tree.areas.flatMap { area in
                area.cameras.map {
                    CameraRow(camera: $0, school: tree.school, area: area.area, status: statuses[$0.id])
                }
            }
        }.filter { filter.accepts($0, wording: wording) }
        if key.needsDay { rows = try await withDays(rows, principal, wording) }
        rows.sort { isDescending ? $1.isBefore($0, by: key) : $0.isBefore($1, by: key) }
        return rows
    }

    /// Looks up the last 24 hours of each row, a few at a time.
    private func withDays(
        _ rows: [CameraRow], _ principal: Principal, _ wording: Wording
    ) async throws -> [CameraRow] {
        // Recordings are not for those who only watch live.
        guard principal.maySomewhere(.replay) else { return rows }
        var rows = rows
        for start in stride(from: 0, to: rows.count, by: 8) {
            try await withThrowingTaskGroup(of: (Int, CameraRow.Day).self) { group in
                for index in start..<min(start + 8, rows.count)
                where rows[index].day == nil && rows[index].camera.isRecorded {
                    let id = rows[index].camera.id
                    // A camera that was added this morning is measured from then on.
                    let added = UTCTime(milliseconds: Int64(id.uuid.high >> 16))
                    let start = max(wording.now - .seconds(86_400), min(added, wording.now - .seconds(1)))
                    let day = TimeSpan(start: start, end: wording.now)
                    group.addTask {
                        let timeline = try await site.supervision.footage.timeline(of: id, in: day, for: principal)
                        let recorded = timeline.recorded.reduce(Duration.zero) { $0 + $1.duration }
                        return (
                            index,
                            CameraRow.Day(
                                recordedShare: min(1, recorded / day.duration),
                                gapCount: timeline.gaps.count)
                        )
                    }
                }
                for try await (index, day) in group { rows[index].day = day }
            }
        }
        return rows
    }

    private func sorting(_ query: FormFields) throws(WebError) -> (CameraRow.Key, isDescending: Bool) {
        guard let key = CameraRow.Key(rawValue: query.text("sort") ?? CameraRow.Key.place.rawValue) else {
            throw .badRequest("sort")
        }
        return (key, query["order"] == "desc")
    }

    private func pairs(_ filter: CameraFilter) -> [(name: String, value: String?)] {
        [("q", filter.text), ("school", filter.school.map { "\($0)" }), ("state", filter.state)]
    }

    private func sortPairs(_ key: CameraRow.Key, _ isDescending: Bool) -> [(name: String, value: String?)] {
        [("sort", key == .place ? nil : key.rawValue), ("order", isDescending ? "desc" : nil)]
    }

    private func columns(
        _ filter: CameraFilter, _ key: CameraRow.Key, _ isDescending: Bool, _ words: Words
    ) -> [CameraListPage.Column] {
        CameraRow.Key.allCases.map { column in
            let isCurrent = column == key
            return CameraListPage.Column(
                label: words("column.\(column.rawValue)"),
                address: SiteURL.cameras.with(
                    pairs(filter) + sortPairs(column, isCurrent && !isDescending)),
                order: isCurrent ? (isDescending ? "descending" : "ascending") : "none", isCurrent: isCurrent,
                isDescending: isCurrent && isDescending, isNumber: column.isNumber)
        }
    }
}

struct CameraListPage: Page {
    struct Column: Sendable {
        let label: String
        let address: String
        /// For `aria-sort`.
        let order: String
        let isCurrent: Bool
        let isDescending: Bool
        let isNumber: Bool
    }

    struct Row: Sendable {
        let name: String
        let school: String
        let area: String
        let address: String
        let rulesAddress: String
        let settingsAddress: String?
        let isSimulated: Bool
        let status: StatusView
        let codec: String?
        let size: String?
        let frameRate: String?
        let bitRate: String?
        let available: String?
        /// Under 99 %: marked.
        let isPoor: Bool
        let gaps: String?

        init(_ row: CameraRow, wording: Wording, mayConfigure: Bool) {
            name = row.camera.name
            school = row.school.name
            area = wording.area(row.area)
            address = SiteURL.kitchen(.value(row.camera.id)).path
            rulesAddress = SiteURL.cameraAnalysis(.value(row.camera.id)).path
            settingsAddress = mayConfigure ? SiteURL.camera(.value(row.camera.id)).path : nil
            isSimulated = row.camera.isSimulated
            status = wording.status(row.status)
            let picture = row.status?.picture
            codec = picture.map { wording.codec($0.codec) }
            size = picture.map { wording.size($0.width, $0.height) }
            frameRate = picture.map { wording.frameRate($0.framesPerSecond) }
            bitRate = picture.map { wording.bitRate($0.bitsPerSecond) }
            available = row.day.map { wording.share($0.recordedShare) }
            isPoor = row.day.map { $0.recordedShare < 0.99 } ?? false
            gaps = row.day.flatMap {
                $0.gapCount > 0 ? wording.words("cameras.gaps", ["count": "\($0.gapCount)"]) : nil
            }
        }
    }

    static let template = "cameras"
    let rows: [Row]
    let columns: [Column]
    let count: Int
    let countText: String
    let search: String
    let schools: [Choice]
    let states: [Choice]
    let isFiltered: Bool
    let hasCameras: Bool
    let fileAddress: String
    let sheetAddress: String
    let previousAddress: String?
    let nextAddress: String?
    let pageText: String?
    let mayAdd: Bool
    let isRemoved: Bool
}
