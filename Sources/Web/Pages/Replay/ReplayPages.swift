import Cameras
import Domain
import Hummingbird
import Supervision

/// 回看: up to four cameras side by side over a day's timeline.
struct ReplayPages: Sendable {
    /// Side by side; more would be too small to see anything.
    static let mostCameras = 4

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.replay.route, use: show)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.replay) else { throw WebError.notPermitted }
        let words = site.words(context)
        let wording = site.wording(context)
        let query = request.query
        let trees = try await site.supervision.places.tree(for: principal)
        let tree = CameraTree(trees, statuses: site.fleet.statuses(), wording: wording)
        var cameras: [CameraID] = []
        // A form with check boxes sends the name once for each camera, links send one list.
        for text in query.pairs.filter({ $0.name == "cameras" }).flatMap({ $0.value.split(separator: ",") }) {
            guard let id = CameraID(String(text)) else { throw WebError.notFound }
            if !cameras.contains(id) { cameras.append(id) }
        }
        guard cameras.count <= Self.mostCameras else { throw WebError.badRequest("tooManyCameras") }
        for camera in cameras { try await site.supervision.footage.require(.replay, of: camera, for: principal) }
        let reasons = try await site.viewingReasons(of: cameras, context)
        let at = try query.time("at", zone: site.settings.zone)
        let day = site.settings.zone.day(of: at ?? site.time.now())
        var views: [ReplayPage.CameraView] = []
        for camera in cameras {
            views.append(
                try await view(
                    of: camera, leaf: tree.leaves.first { $0.id == "\(camera)" }, day: day, principal, wording))
        }
        let page = ReplayPage(
            cameras: cameras.map { "\($0)" }.joined(separator: ","),
            reason: reasons.isEmpty ? nil : reasons.map { words($0) }.joined(separator: words("list.comma")),
            reasonAddress: SiteURL.viewingReason.with([
                ("cameras", cameras.map { "\($0)" }.joined(separator: ",")), ("case", query.text("case")),
                ("next", request.pathAndQuery),
            ]), at: at.map { "\($0.milliseconds)" },
            views: views, schools: tree.schools, hasCameras: tree.cameraCount > 0,
            mayExport: principal.maySomewhere(.export),
            date: site.settings.zone.civil(day.start).date,
            dayBefore: address(cameras, at: day.start - .seconds(86_400)),
            dayAfter: day.end > site.time.now() ? nil : address(cameras, at: day.end))
        return site.page(page, title: words("replay.title"), section: .replay, request: request, context: context)
    }

    private func address(_ cameras: [CameraID], at time: UTCTime) -> String {
        SiteURL.replay.with([
            ("cameras", cameras.map { "\($0)" }.joined(separator: ",")), ("at", "\(time.milliseconds)"),
        ])
    }

    private func view(
        of camera: CameraID, leaf: CameraTree.Leaf?, day: TimeSpan, _ principal: Principal, _ wording: Wording
    ) async throws -> ReplayPage.CameraView {
        let timeline = try await site.supervision.footage.timeline(of: camera, in: day, for: principal)
        let stretches = timeline.recorded.map { stretch in
            ReplayPage.Stretch(
                from: wording.exact(stretch.start), to: wording.exact(stretch.end),
                length: wording.words(stretch.duration),
                file: SiteURL.api(.export(.value(camera))).with([
                    ("from", "\(stretch.start.milliseconds)"), ("to", "\(stretch.end.milliseconds)"),
                ]))
        }
        return ReplayPage.CameraView(
            id: "\(camera)", name: leaf?.name ?? wording.words("replay.removedCamera"), place: leaf?.place,
            isSimulated: leaf?.isSimulated ?? false, stretches: stretches)
    }
}

struct ReplayPage: Page {
    struct CameraView: Sendable {
        let id: String
        let name: String
        let place: String?
        let isSimulated: Bool
        /// What was recorded on that day, for browsers without scripts.
        let stretches: [Stretch]
    }

    struct Stretch: Sendable {
        let from: String
        let to: String
        let length: String
        let file: String
    }

    static let template = "replay"
    let cameras: String
    /// Why they are looked at, and where another reason can be given.
    let reason: String?
    let reasonAddress: String
    let at: String?
    let views: [CameraView]
    /// All cameras, to choose from.
    let schools: [CameraTree.SchoolBranch]
    let hasCameras: Bool
    let mayExport: Bool
    let date: String
    let dayBefore: String
    let dayAfter: String?
}
