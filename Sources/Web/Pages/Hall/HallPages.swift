import Cameras
import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// 智慧监管大厅: the screens that nobody sits at.
struct HallPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.hall(.screen).route) { request, context in try await show(nil, request, context) }
        routes.get(SiteURL.hall(.state).route) { request, context in try await state(nil, request, context) }
        routes.get(SiteURL.hall(.scene(.key)).route) { request, context in
            try await show(try context.parameter("scene"), request, context)
        }
        routes.get(SiteURL.hall(.sceneState(.key)).route) { request, context in
            try await state(try context.parameter("scene"), request, context)
        }
        routes.get(SiteURL.hall(.library(.key)).route) { _, context in
            try await library("", try context.parameter("file"))
        }
        routes.get(SiteURL.hall(.libraryImage(.key)).route) { _, context in
            try await library("images/", try context.parameter("file"))
        }
    }

    private func show(_ id: HallSceneID?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let state = try await load(id, for: principal, wording)
        let scene = state.scene
        let hasMap = scene.panels.contains { $0.kind == .map }
        let hasLibrary = hasMap ? try await hasLibrary() : false
        let hasOutline = hasMap ? try await site.supervision.halls.map(for: principal).outline != nil : false
        let page = HallPage(
            title: wording.words("hall.screen", ["scene": wording.name(of: scene)]), scene: "\(scene.id)",
            revision: "\(state.showing.revision.number)", audience: scene.audience.rawValue,
            isStaff: scene.audience == .staff, version: site.assets.version,
            state: (id.map { SiteURL.hall(.sceneState(.value($0))) } ?? .hall(.state)).path,
            panels: scene.panels.enumerated().map { index, panel in
                self.panel(
                    panel, index, state, hasLibrary: hasLibrary, hasOutline: hasOutline || !state.schools.isEmpty,
                    wording)
            }, back: SiteURL.hall(.scenes).path,
            library: hasLibrary ? SiteURL.hall(.library(.value(""))).path : nil)
        var response = site.page(page, title: page.title, section: .hall, request: request, context: context)
        if hasMap, let policy = site.settings.hall.policy { response.headers[.contentSecurityPolicy] = policy }
        return response
    }

    private func panel(
        _ panel: HallPanel, _ index: Int, _ state: HallState, hasLibrary: Bool, hasOutline: Bool, _ wording: Wording
    ) -> HallPage.Panel {
        let words = wording.words
        let frame = panel.frame
        var cameras: HallPage.Cameras?
        if case .cameras(let grid) = panel.content {
            cameras = .init(rows: "\(grid.rows)", columns: "\(grid.columns)", seconds: "\(grid.seconds)")
        }
        let audience = state.scene.audience
        return HallPage.Panel(
            index: "\(index)", kind: panel.kind.rawValue,
            place: "x\(frame.x) y\(frame.y) w\(frame.width) h\(frame.height)",
            heading: panel.kind.hasHeading
                ? words("hall.heading.\(panel.kind.rawValue)\(audience == .visitors ? ".visitors" : "")") : nil,
            cameras: cameras,
            clock: panel.kind == .clock
                ? .init(
                    title: words("hall.title", ["territory": site.settings.territory]),
                    isVisiting: state.showing.visitingSince != nil) : nil,
            map: panel.kind == .map
                ? .init(
                    legend: HallMarks.legend(audience, words),
                    missing: !hasLibrary
                        ? words("hall.map.noLibrary", ["folder": site.settings.hall.libraryFolder])
                        : hasOutline ? nil : words("hall.map.empty"),
                    outline: SiteURL.hall(.outlineFile).path, tiles: site.settings.hall.tiles) : nil,
            body: state.bodies[index])
    }

    private func state(_ id: HallSceneID?, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try await load(id, for: try context.principal(), site.wording(context))
        return .conditional(
            state.json(version: site.assets.version) { body in
                site.renderer.text(body, template: HallBody.template, context: context)
            }, to: request)
    }

    private func load(_ id: HallSceneID?, for principal: Principal, _ wording: Wording) async throws -> HallState {
        let halls = site.supervision.halls
        let showing = try await halls.showing(id, for: principal)
        switch showing.scene.audience {
        case .staff:
            return HallState(
                showing, try await halls.board(of: showing.scene, for: principal), statuses: site.fleet.statuses(),
                wording)
        case .visitors:
            return HallState(
                showing, try await halls.visitorBoard(for: principal), canShow: site.screens != nil, wording)
        }
    }

    private func library(_ folder: String, _ file: String) async throws -> Response {
        let name = folder + file
        let library = HallLibrary(folder: site.settings.hall.libraryFolder)
        guard let bytes = try await NIOThreadPool.singleton.runIfActive({ library.bytes(of: name) }) else {
            throw WebError.notFound
        }
        let type =
            name.hasSuffix(".js")
            ? "text/javascript; charset=utf-8" : name.hasSuffix(".css") ? "text/css; charset=utf-8" : "image/png"
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "private, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func hasLibrary() async throws -> Bool {
        let library = HallLibrary(folder: site.settings.hall.libraryFolder)
        return try await NIOThreadPool.singleton.runIfActive { library.isThere }
    }
}

extension HallPanel.Kind {
    /// Kitchens, clock and words speak for themselves.
    var hasHeading: Bool { self != .clock && self != .cameras && self != .notice }
}

extension HallSettings {
    /// Lets the map's tiles in where there are any; nil = nothing more than everywhere.
    var policy: String? {
        guard let tiles, let scheme = tiles.firstRange(of: "://") else { return nil }
        let host = tiles[scheme.upperBound...].prefix { $0 != "/" }
        let origin = tiles[..<scheme.upperBound] + host
        return SecurityHeaders.policy.replacing(
            "img-src 'self'", with: "img-src 'self' \(origin.replacing("{s}", with: "*"))")
    }
}

extension Wording {
    /// The county's own name for a scene, or the product's.
    func name(of scene: HallScene) -> String {
        guard scene.name.isEmpty else { return scene.name }
        let key =
            switch scene.id {
            case HallScene.kitchens.id: "hall.scene.kitchens"
            case HallScene.visitors.id: "hall.scene.visitors"
            default: "hall.scene.overview"
            }
        return words(key)
    }
}
