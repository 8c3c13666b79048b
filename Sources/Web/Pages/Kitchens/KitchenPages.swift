import Cameras
import Domain
import Hummingbird
import Supervision

/// 看厨房: all kitchens on a wall, one camera large, and the wall alone for big screens.
struct KitchenPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.kitchens.route, use: all)
        routes.get(SiteURL.kitchen(.key).route, use: one)
        routes.get(SiteURL.wall.route, use: wall)
    }

    @Sendable private func all(request: Request, context: WebContext) async throws -> Response {
        let words = site.words(context)
        let (trees, school) = try await trees(request, context)
        let tree = CameraTree(
            trees, school: school, statuses: site.fleet.statuses(),
            ongoing: try await site.supervision.captures.ongoing(for: try context.principal()),
            wording: site.wording(context))
        let page = KitchensPage(
            tree: tree, school: trees.first { $0.school.id == school }?.school.name,
            switcher: SchoolSwitch(trees, current: school, page: .kitchens, words: words),
            wallAddress: SiteURL.wall.with([("school", school.map { "\($0)" })]),
            hasCameras: tree.cameraCount > 0, mayAdd: try context.principal().may(.configureCameras),
            wall: WallView(tree, mostColumns: 2, fills: false))
        return site.page(
            page, title: words("kitchens.title"), section: .kitchens, request: request, context: context)
    }

    @Sendable private func wall(request: Request, context: WebContext) async throws -> Response {
        let (trees, school) = try await trees(request, context)
        let tree = CameraTree(
            trees, school: school, statuses: site.fleet.statuses(),
            ongoing: try await site.supervision.captures.ongoing(for: try context.principal()),
            wording: site.wording(context))
        let page = WallPage(
            hasCameras: tree.cameraCount > 0, back: SiteURL.kitchens.with([("school", school.map { "\($0)" })]),
            wall: WallView(tree, mostColumns: 3, fills: true))
        return site.page(page, title: site.words(context)("wall.title"), request: request, context: context)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CameraID = try context.parameter("camera")
        let camera = try await site.supervision.cameras.camera(id, for: principal)
        try await site.supervision.footage.require(.watchLive, of: id, for: principal)
        let wording = site.wording(context)
        let area = try await site.supervision.places.area(camera.area, for: principal)
        let school = try await site.supervision.places.school(area.school, for: principal)
        let status = site.fleet.status(of: id)
        let isAdministrator = principal.may(.configureCameras)
        let mayReplay = principal.maySomewhere(.replay)
        let hasReason = mayReplay ? try await site.givenReason(of: id, context) != nil : false
        let page = KitchenPage(
            id: "\(id)", name: camera.name, school: school.name, area: wording.area(area),
            schoolAddress: SiteURL.kitchens.with([("school", "\(school.id)")]),
            isSimulated: camera.isSimulated, hasSub: camera.sub != nil,
            status: wording.status(status, showsDetail: isAdministrator),
            snapshot: status?.state == .live
                ? SiteURL.api(.snapshot(.value(id))).with([("width", "1280")]) : nil,
            facts: facts(of: status?.picture, wording: wording),
            pictures: hasReason ? try await pictures(of: id, principal: principal, wording: wording) : [],
            reasonAddress: hasReason || !mayReplay
                ? nil : SiteURL.viewingReason.with([("cameras", "\(id)"), ("next", request.pathAndQuery)]),
            caseAddress: principal.maySomewhere(.openCase) ? SiteURL.patrolCase(.value(id)).path : nil,
            replayAddress: mayReplay ? SiteURL.replay.with([("cameras", "\(id)")]) : nil,
            capturesAddress: SiteURL.captures.with([("camera", "\(id)")]),
            captures: try await site.supervision.captures.list(
                CaptureFilter(camera: id), limit: 6, for: principal
            ).map { CaptureCard($0, wording: wording) },
            rulesAddress: SiteURL.cameraAnalysis(.value(id)).path,
            settingsAddress: isAdministrator ? SiteURL.camera(.value(id)).path : nil)
        return site.page(page, title: camera.name, section: .kitchens, request: request, context: context)
    }

    private func trees(
        _ request: Request, _ context: WebContext
    ) async throws -> (trees: [SchoolTree], school: SchoolID?) {
        let trees = try await site.supervision.places.tree(for: try context.principal())
        guard let text = request.query.text("school") else { return (trees, nil) }
        guard let school = SchoolID(text), trees.contains(where: { $0.school.id == school }) else {
            throw WebError.notFound
        }
        return (trees, school)
    }

    private func facts(of picture: CameraStatus.Picture?, wording: Wording) -> [Fact] {
        guard let picture else { return [] }
        let words = wording.words
        var facts = [
            Fact(name: words("fact.codec"), value: wording.codec(picture.codec)),
            Fact(name: words("fact.size"), value: wording.size(picture.width, picture.height)),
            Fact(name: words("fact.frameRate"), value: wording.frameRate(picture.framesPerSecond)),
            Fact(name: words("fact.bitRate"), value: wording.bitRate(picture.bitsPerSecond)),
        ]
        if let interval = picture.keyframeInterval {
            facts.append(
                Fact(
                    name: words("fact.keyframeInterval"),
                    value: words("fact.seconds", ["count": wording.tenths(interval.inSeconds)])))
        }
        return facts
    }

    /// Up to six pictures of the last hour, where there is footage.
    private func pictures(
        of camera: CameraID, principal: Principal, wording: Wording
    ) async throws -> [KitchenPage.Picture] {
        guard principal.maySomewhere(.replay) else { return [] }
        let hour = TimeSpan(start: wording.now - .seconds(3600), end: wording.now)
        let recorded = try await site.supervision.footage.timeline(of: camera, in: hour, for: principal).recorded
        return [2, 5, 10, 20, 30, 50].compactMap { minutes in
            let time = wording.now - .seconds(minutes * 60)
            guard recorded.contains(where: { $0.contains(time) }) else { return nil }
            let at = "\(time.milliseconds)"
            return KitchenPage.Picture(
                source: SiteURL.api(.snapshot(.value(camera))).with([("at", at), ("width", "320")]),
                replayAddress: SiteURL.replay.with([("cameras", "\(camera)"), ("at", at)]),
                moment: wording.moment(time))
        }
    }
}

struct Fact: Sendable {
    let name: String
    let value: String
}

/// What the wall shows, for the page's first paint and for its script.
struct WallView: Sendable {
    /// Tiles in a row at first.
    let columns: String
    /// Takes the whole window.
    let fills: Bool
    /// Identifiers with commas between them.
    let cameras: String
    /// The first ones, as pictures for browsers without scripts.
    let tiles: [CameraTree.Leaf]

    /// - Parameter mostColumns: so many at most, fewer where that shows all cameras: no wall begins half empty.
    init(_ tree: CameraTree, mostColumns: Int, fills: Bool) {
        let leaves = tree.leaves
        columns = String((1...mostColumns).first { $0 * $0 >= leaves.count } ?? mostColumns)
        self.fills = fills
        cameras = leaves.map(\.id).joined(separator: ",")
        tiles = Array(leaves.prefix(16))
    }
}

struct KitchensPage: Page {
    static let template = "kitchens"
    let tree: CameraTree
    let school: String?
    let switcher: SchoolSwitch?
    let wallAddress: String
    let hasCameras: Bool
    let mayAdd: Bool
    let wall: WallView
}

struct WallPage: Page {
    static let template = "wall"
    let hasCameras: Bool
    let back: String
    let wall: WallView
}

struct KitchenPage: Page {
    struct Picture: Sendable {
        let source: String
        let replayAddress: String
        let moment: Moment
    }

    static let template = "kitchen"
    let id: String
    let name: String
    let school: String
    let area: String
    let schoolAddress: String
    let isSimulated: Bool
    let hasSub: Bool
    let status: StatusView
    let snapshot: String?
    let facts: [Fact]
    let pictures: [Picture]
    /// Where the reason is given without which recordings are not shown; nil when one holds, or is not asked for.
    let reasonAddress: String?
    /// nil for those who only watch live.
    /// Where a case can be opened for what is seen.
    let caseAddress: String?
    let replayAddress: String?
    let capturesAddress: String
    let captures: [CaptureCard]
    let rulesAddress: String
    let settingsAddress: String?
}
