import Documents
import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

struct HallMapPage: Page {
    struct Place: Sendable {
        let id: String
        let name: String
        let latitude: String
        let longitude: String
        let isPlaced: Bool
        let action: String
    }

    static let template = "hall-map"
    let hasOutline: Bool
    let outlineState: String
    let schools: [Place]
    let hasSchools: Bool
    let placed: String
    let fault: String?
    let done: String?
    let outlineAction: String
    let positionsAction: String
    let outline: String
    /// Where the map's library is; nil = it isn't there.
    let library: String?
    let missing: String?
    let tiles: String?
    let back: String
}

/// 地图: the county's border and where its schools are.
struct HallMapPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.hall(.map).route) { request, context in
            try context.require(Permission(.manageHall, at: .county))
            return try await show(nil, request, context)
        }
        routes.get(SiteURL.hall(.outlineFile).route, use: outlineFile)
        routes.post(SiteURL.hall(.outline).route, use: outline)
        routes.post(SiteURL.hall(.positions).route, use: positions)
        routes.post(SiteURL.hall(.position(.key)).route, use: position)
    }

    private func show(_ fault: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let words = wording.words
        let map = try await site.supervision.halls.map(for: try context.principal())
        let folder = site.settings.hall.libraryFolder
        let hasLibrary = try await NIOThreadPool.singleton.runIfActive { HallLibrary(folder: folder).isThere }
        let placed = map.schools.count { $0.point != nil }
        let page = HallMapPage(
            hasOutline: map.outline != nil,
            outlineState: map.outline.map {
                words("hall.map.outlineThere", ["points": wording.count($0.pointCount)])
            } ?? words("hall.map.outlineNone"),
            schools: map.schools.map { place in
                HallMapPage.Place(
                    id: "\(place.school.id)", name: place.school.name,
                    latitude: place.point.map { Decimal.text($0.latitude, places: 6) } ?? "",
                    longitude: place.point.map { Decimal.text($0.longitude, places: 6) } ?? "",
                    isPlaced: place.point != nil, action: SiteURL.hall(.position(.value(place.school.id))).path)
            }, hasSchools: !map.schools.isEmpty,
            placed: words(
                "hall.map.placed", ["count": wording.count(placed), "all": wording.count(map.schools.count)]),
            fault: fault,
            done: fault == nil ? Self.done(request.query, wording) : nil,
            outlineAction: SiteURL.hall(.outline).path, positionsAction: SiteURL.hall(.positions).path,
            outline: SiteURL.hall(.outlineFile).path,
            library: hasLibrary ? SiteURL.hall(.library(.value(""))).path : nil,
            missing: hasLibrary ? nil : words("hall.map.noLibrary", ["folder": folder]),
            tiles: site.settings.hall.tiles, back: SiteURL.hall(.scenes).path)
        var response = site.page(
            page, title: words("hall.map.title"), section: .hall, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
        if let policy = site.settings.hall.policy { response.headers[.contentSecurityPolicy] = policy }
        return response
    }

    private static func done(_ query: FormFields, _ wording: Wording) -> String? {
        let words = wording.words
        if let text = query.text("changed"), let count = Int(text) {
            let changed = words("hall.map.changed", ["count": wording.count(count)])
            guard let names = query.text("unknown") else { return changed }
            return changed + words("hall.map.unknown", ["names": names])
        }
        return query.text("done") == "saved" ? words("hall.done.saved") : nil
    }

    /// For the map's own script; nothing of it is secret, yet it is for those who watch the hall.
    @Sendable private func outlineFile(request: Request, context: WebContext) async throws -> Response {
        let map = try await site.supervision.halls.map(for: try context.principal())
        let polygons: [JSON] = (map.outline?.polygons ?? []).map { polygon in
            .array(polygon.map { ring in Self.json(ring) })
        }
        return .conditional(
            .object(["type": .string("MultiPolygon"), "coordinates": .array(polygons)]), to: request)
    }

    private static func json(_ ring: [GeoPoint]) -> JSON {
        .array(ring.map { point in JSON.array([.number(point.longitude), .number(point.latitude)]) })
    }

    @Sendable private func outline(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let words = site.words(context)
        do {
            guard let upload = try await GridUpload.read(request, context) else {
                return try await show(words("import.noFile"), request, context)
            }
            let outline = try await NIOThreadPool.singleton.runIfActive {
                try GeoJSON(upload.bytes).outline().simplified()
            }
            try await site.supervision.halls.setOutline(outline, by: try context.principal())
        } catch let fault as GeoJSON.Fault {
            return try await show(words(fault), request, context)
        } catch let error as SheetError {
            return try await show(words(error), request, context)
        }
        return .redirect(to: SiteURL.hall(.map).with([("done", "saved")]))
    }

    @Sendable private func positions(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let words = site.words(context)
        do {
            guard let upload = try await GridUpload.read(request, context) else {
                return try await show(words("import.noFile"), request, context)
            }
            let list = try await NIOThreadPool.singleton.runIfActive { try Self.read(upload.bytes) }
            let done = try await site.supervision.halls.setPositions(list, by: try context.principal())
            return .redirect(
                to: SiteURL.hall(.map).with([
                    ("changed", "\(done.changed)"),
                    (
                        "unknown",
                        done.unknown.isEmpty ? nil : done.unknown.prefix(10).joined(separator: words("list.comma"))
                    ),
                ]))
        } catch let fault as GeoJSON.Fault {
            return try await show(words(fault), request, context)
        } catch let fault as PositionList.Fault {
            return try await show(words(fault), request, context)
        } catch let error as SheetError {
            return try await show(words(error), request, context)
        }
    }

    /// Named points of GeoJSON, else a spreadsheet: the bytes say which.
    private static func read(_ bytes: [UInt8]) throws -> [SchoolPosition] {
        let start = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        if start == UInt8(ascii: "{") { return try GeoJSON(bytes).positions() }
        var limits = SheetLimits()
        limits.fileBytes = GridUpload.mostBytes
        limits.unpackedBytes = 50_000_000
        limits.rows = PositionList.mostLines + 1
        limits.columns = 100
        let sheet = try SheetReader(limits: limits).read(bytes)
        return try PositionList(
            sheet.rows.map { row in
                (row.number, Dictionary(uniqueKeysWithValues: row.cells.map { ($0.address.column, $0.text) }))
            }
        ).positions
    }

    @Sendable private func position(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let id: SchoolID = try context.parameter("school")
        let fields = try await request.form(context)
        let words = site.words(context)
        var point: GeoPoint?
        if fields.text("latitude") != nil || fields.text("longitude") != nil {
            guard let latitude = fields.text("latitude").flatMap({ Double($0) }),
                let longitude = fields.text("longitude").flatMap({ Double($0) }),
                let found = GeoPoint(latitude: latitude, longitude: longitude)
            else { return try await show(words("hall.file.notDegrees"), request, context) }
            point = found
        }
        try await site.supervision.halls.setPosition(of: id, point, by: try context.principal())
        return .redirect(to: SiteURL.hall(.map).with([("done", "saved")]))
    }
}
