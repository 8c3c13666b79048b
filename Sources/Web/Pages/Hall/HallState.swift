import Cameras
import Domain
import Supervision

/// Everything that a screen shows at one moment, for its first paint and for its scripts.
struct HallState: Sendable {
    struct Kitchen: Sendable {
        let id: String
        let name: String
        let place: String
        let hasSub: Bool
        let isSimulated: Bool
    }

    struct PublicView: Sendable {
        let key: String
        let name: String
        let source: String
    }

    struct MapSchool: Sendable {
        let id: String
        let name: String
        let point: GeoPoint
        let style: String
        let word: String
        let detail: String
    }

    let showing: HallShowing
    /// By the panel's place in the scene; nil where there is nothing to swap.
    private(set) var bodies: [HallBody?] = []
    private(set) var kitchens: [Int: [Kitchen]] = [:]
    private(set) var views: [Int: [PublicView]] = [:]
    private(set) var schools: [MapSchool] = []
    var scene: HallScene { showing.scene }

    init(_ showing: HallShowing, _ board: HallBoard, statuses: [CameraID: CameraStatus], _ wording: Wording) {
        self.showing = showing
        let making = HallBodies(wording: wording, statuses: statuses)
        bodies = showing.scene.panels.map { making.body(of: $0, board) }
        for (index, panel) in showing.scene.panels.enumerated() {
            guard case .cameras(let cameras) = panel.content else { continue }
            let all = board.kitchens(cameras)
            let live = all.filter { making.isLive($0.camera.id) }
            // A picture that isn't there is told among the warnings; a grid without any says why, tile by tile.
            kitchens[index] = (live.isEmpty ? all : live).map { kitchen in
                Kitchen(
                    id: "\(kitchen.camera.id)", name: kitchen.camera.name,
                    place: "\(kitchen.school.name) · \(wording.area(kitchen.area))",
                    hasSub: kitchen.camera.sub != nil, isSimulated: kitchen.camera.isSimulated)
            }
        }
        schools = board.trees.compactMap { tree in
            board.positions[tree.school.id].map { point in
                let cameras = tree.areas.flatMap(\.cameras)
                let live = cameras.count { making.isLive($0.id) }
                let burden = board.burdens[tree.school.id] ?? HallBoard.Burden()
                let standing = SchoolStanding(
                    hasGrave: burden.grave > 0, hasOverdue: burden.overdue > 0, camerasLive: live,
                    cameras: cameras.count)
                return MapSchool(
                    id: "\(tree.school.id)", name: tree.school.name, point: point, style: standing.rawValue,
                    word: wording.words("hall.standing.\(standing.rawValue)"),
                    detail: wording.words(
                        "hall.map.detail",
                        [
                            "live": wording.count(live), "cameras": wording.count(cameras.count),
                            "cases": wording.count(burden.open),
                        ]))
            }
        }
    }

    /// - Parameter canShow: Whether this node makes public pictures at all.
    init(_ showing: HallShowing, _ board: VisitorBoard, canShow: Bool, _ wording: Wording) {
        self.showing = showing
        let making = HallBodies(wording: wording, statuses: [:])
        bodies = showing.scene.panels.map { making.body(of: $0, board) }
        for (index, panel) in showing.scene.panels.enumerated() {
            guard case .cameras(let cameras) = panel.content else { continue }
            views[index] =
                canShow
                ? board.views(cameras).map { view in
                    let area = wording.area(view.area) + (view.number.map { " \($0)" } ?? "")
                    return PublicView(
                        key: "\(view.camera)", name: "\(view.school.name) · \(area)",
                        source: SiteURL.publicFile(.value(view.code), .value(view.camera), .value("index.m3u8")).path)
                } : []
        }
        schools = board.schools.compactMap { open in
            open.point.map { point in
                MapSchool(
                    id: "\(open.school.id)", name: open.school.name, point: point,
                    style: open.opening.isOpen ? "fine" : "notConnected",
                    word: wording.words(open.opening.isOpen ? "hall.public.open" : "hall.public.shut"), detail: "")
            }
        }
    }
}

extension HallState {
    /// - Parameter html: What a panel's body looks like.
    func json(version: String, html: (HallBody) -> String) -> JSON {
        let panels = scene.panels.indices.compactMap { index -> JSON? in
            var members: [(key: String, value: JSON)] = [
                ("index", .integer(Int64(index))), ("kind", .string(scene.panels[index].kind.rawValue)),
            ]
            if let body = bodies[index] {
                members.append(("html", .string(html(body))))
            } else if let kitchens = kitchens[index] {
                members.append(("cameras", .array(kitchens.map(\.json))))
            } else if let views = views[index] {
                members.append(("views", .array(views.map(\.json))))
            } else if scene.panels[index].kind == .map {
                members.append(("schools", .array(schools.map(\.json))))
            } else {
                return nil
            }
            return .members(members)
        }
        return .object([
            "version": .string(version), "scene": .string("\(scene.id)"),
            "revision": .string("\(showing.revision.number)"), "audience": .string(scene.audience.rawValue),
            "panels": .array(panels),
        ])
    }
}

extension HallState.Kitchen {
    fileprivate var json: JSON {
        .object([
            "id": .string(id), "name": .string(name), "place": .string(place), "hasSub": .bool(hasSub),
            "simulated": .bool(isSimulated),
        ])
    }
}

extension HallState.PublicView {
    fileprivate var json: JSON { .object(["id": .string(key), "name": .string(name), "source": .string(source)]) }
}

extension HallState.MapSchool {
    fileprivate var json: JSON {
        .object([
            "id": .string(id), "name": .string(name), "latitude": .number(point.latitude),
            "longitude": .number(point.longitude), "style": .string(style), "word": .string(word),
            "detail": .string(detail),
        ])
    }
}
