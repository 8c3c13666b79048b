import Cameras
import Domain
import Supervision

/// Schools, areas and cameras as the tree beside the wall shows them.
struct CameraTree: Sendable {
    struct SchoolBranch: Sendable {
        let id: String
        let name: String
        /// The school's own page of kitchens.
        let address: String
        let isCurrent: Bool
        let count: Int
        let liveCount: Int
        let areas: [AreaBranch]
    }

    struct AreaBranch: Sendable {
        let id: String
        let kind: String
        let name: String
        let cameras: [Leaf]
    }

    struct Leaf: Sendable {
        let id: String
        let name: String
        let place: String
        let address: String
        /// nil while there is no live picture.
        let snapshot: String?
        let isSimulated: Bool
        /// Leads to the captures that go on; nil when there are none.
        let ongoingAddress: String?
        let status: StatusView
    }

    let schools: [SchoolBranch]
    let cameraCount: Int
    let liveCount: Int

    /// - Parameters:
    ///   - school: Only this one's cameras count and are shown, the other schools stay as names.
    ///   - ongoing: Cameras with a capture that goes on.
    init(
        _ trees: [SchoolTree], school: SchoolID? = nil, statuses: [CameraID: CameraStatus],
        ongoing: [CameraID: Int] = [:], wording: Wording
    ) {
        var branches: [SchoolBranch] = []
        for tree in trees where school == nil || tree.school.id == school {
            let areas = tree.areas.map { area in
                AreaBranch(
                    id: "\(area.area.id)", kind: area.area.kind.rawValue, name: wording.area(area),
                    cameras: area.cameras.map { camera in
                        let status = wording.status(statuses[camera.id])
                        return Leaf(
                            id: "\(camera.id)", name: camera.name,
                            place: "\(tree.school.name) · \(wording.area(area))",
                            address: SiteURL.kitchen(.value(camera.id)).path,
                            snapshot: status.isLive
                                ? SiteURL.api(.snapshot(.value(camera.id))).with([("width", "480")]) : nil,
                            isSimulated: camera.isSimulated,
                            ongoingAddress: ongoing[camera.id] == nil
                                ? nil : SiteURL.captures.with([("camera", "\(camera.id)"), ("ongoing", "1")]),
                            status: status)
                    })
            }
            let leaves = areas.flatMap(\.cameras)
            branches.append(
                SchoolBranch(
                    id: "\(tree.school.id)", name: tree.school.name,
                    address: SiteURL.kitchens.with([("school", "\(tree.school.id)")]),
                    isCurrent: tree.school.id == school, count: leaves.count,
                    liveCount: leaves.count { $0.status.isLive }, areas: areas))
        }
        schools = branches
        cameraCount = branches.reduce(0) { $0 + $1.count }
        liveCount = branches.reduce(0) { $0 + $1.liveCount }
    }

    var leaves: [Leaf] { schools.flatMap { $0.areas.flatMap(\.cameras) } }
}

/// The menu of the top bar that narrows a page to one school; nil when there is nothing to choose.
struct SchoolSwitch: Sendable {
    struct Item: Sendable {
        let name: String
        let address: String
        let isCurrent: Bool
    }

    let current: String
    let items: [Item]

    init?(_ trees: [SchoolTree], current: SchoolID?, page: SiteURL, words: Words) {
        guard trees.count > 1 else { return nil }
        self.current = trees.first { $0.school.id == current }?.school.name ?? words("switch.allSchools")
        items =
            [Item(name: words("switch.allSchools"), address: page.path, isCurrent: current == nil)]
            + trees.map {
                Item(
                    name: $0.school.name, address: page.with([("school", "\($0.school.id)")]),
                    isCurrent: $0.school.id == current)
            }
    }
}
