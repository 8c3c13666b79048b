import Domain
import Supervision

struct SchoolsPage: Page {
    /// A township with its schools; the last group holds those of none.
    struct Group: Sendable {
        let isTownship: Bool
        let name: String
        let address: String
        let removeAddress: String
        let coverage: String
        let isEmpty: Bool
        let schools: [SchoolView]
    }

    struct SchoolView: Sendable {
        let name: String
        let kind: String?
        let address: String
        let removeAddress: String
        let addAreaAddress: String
        let addCanteenAddress: String
        let kitchensAddress: String
        let calendarAddress: String
        let cameraText: String
        let isEmpty: Bool
        let townships: [Choice]
        let schoolKinds: [Choice]
        let canteens: [CanteenView]
        let canteenChoices: [Choice]
        let hasCanteens: Bool
        let areas: [AreaView]

        init(_ tree: SchoolTree, townships: [Township], wording: Wording) {
            let (id, words) = (Slot.value(tree.school.id), wording.words)
            name = tree.school.name
            kind = tree.school.kind.map { words("schoolKind.\($0.rawValue)") }
            address = SiteURL.school(id).path
            removeAddress = SiteURL.removeSchool(id).path
            addAreaAddress = SiteURL.areas(id).path
            addCanteenAddress = SiteURL.canteens(id).path
            calendarAddress = SiteURL.schoolCalendar(id).path
            kitchensAddress = SiteURL.kitchens.with([("school", "\(tree.school.id)")])
            let count = tree.areas.reduce(0) { $0 + $1.cameras.count }
            cameraText = words("cameras.count", ["count": "\(count)"])
            isEmpty = tree.areas.isEmpty && tree.canteens.isEmpty
            self.townships = SchoolsPage.choices(townships, selected: tree.school.township)
            schoolKinds = SchoolsPage.schoolKinds(selected: tree.school.kind, words: words)
            canteens = tree.canteens.map { canteen in
                CanteenView(
                    name: canteen.name, address: SiteURL.canteen(.value(canteen.id)).path,
                    removeAddress: SiteURL.removeCanteen(.value(canteen.id)).path,
                    isEmpty: !tree.areas.contains { $0.area.canteen == canteen.id })
            }
            canteenChoices = SchoolsPage.choices(tree.canteens, selected: nil)
            hasCanteens = !canteens.isEmpty
            areas = tree.areas.map { AreaView($0, canteens: tree.canteens, wording: wording) }
        }
    }

    struct CanteenView: Sendable {
        let name: String
        let address: String
        let removeAddress: String
        let isEmpty: Bool
    }

    struct AreaView: Sendable {
        let label: String
        let kind: String
        let name: String
        let kinds: [Choice]
        let canteens: [Choice]
        let hasCanteens: Bool
        let address: String
        let removeAddress: String
        let newCameraAddress: String
        let cameraText: String
        let isEmpty: Bool

        init(_ tree: AreaTree, canteens: [Canteen], wording: Wording) {
            let id = Slot.value(tree.area.id)
            label = wording.area(tree)
            kind = tree.area.kind.rawValue
            name = tree.area.name
            kinds = SchoolsPage.kinds(selected: tree.area.kind, words: wording.words)
            self.canteens = SchoolsPage.choices(canteens, selected: tree.area.canteen)
            hasCanteens = !canteens.isEmpty
            address = SiteURL.area(id).path
            removeAddress = SiteURL.removeArea(id).path
            newCameraAddress = SiteURL.newCamera.with([("area", "\(tree.area.id)")])
            cameraText = wording.words("cameras.count", ["count": "\(tree.cameras.count)"])
            isEmpty = tree.cameras.isEmpty
        }
    }

    struct BareArea: Sendable {
        let name: String
        let address: String
    }

    static let template = "schools"
    let groups: [Group]
    let hasTownships: Bool
    let hasSchools: Bool
    let countText: String
    let coverage: String
    let bareAreas: [BareArea]
    let hasBareAreas: Bool
    let townships: [Choice]
    let kinds: [Choice]
    let schoolKinds: [Choice]
    let fault: String?
    let typed: String?
    let isSaved: Bool

    init(
        _ trees: [SchoolTree], townships: [Township], isOnline: (CameraID) -> Bool, fault: String?, typed: String?,
        isSaved: Bool, wording: Wording
    ) {
        let words = wording.words
        let (schools, areas) = (trees.map(\.school), trees.flatMap(\.areas))
        func coverage(_ territory: Territory, _ schools: [School]) -> Coverage {
            Coverage(
                of: territory, schools: schools, areas: areas.map(\.area), cameras: areas.flatMap(\.cameras),
                isOnline: isOnline)
        }
        func group(_ township: Township?) -> Group {
            let inside = trees.filter { $0.school.township == township?.id }
            return Group(
                isTownship: township != nil, name: township?.name ?? words("schools.noTownship"),
                address: township.map { SiteURL.township(.value($0.id)).path } ?? "",
                removeAddress: township.map { SiteURL.removeTownship(.value($0.id)).path } ?? "",
                coverage: wording.coverage(
                    coverage(township.map { .township($0.id) } ?? .county, inside.map(\.school))),
                isEmpty: inside.isEmpty,
                schools: inside.map { SchoolView($0, townships: townships, wording: wording) })
        }
        let withoutTownship = group(nil)
        groups = townships.map { group($0) } + (withoutTownship.isEmpty ? [] : [withoutTownship])
        hasTownships = !townships.isEmpty
        hasSchools = !trees.isEmpty
        countText = words("schools.count", ["count": "\(trees.count)"])
        let whole = coverage(.county, schools)
        self.coverage = wording.coverage(whole)
        let bare = Set(whole.areasWithoutCamera)
        bareAreas = trees.flatMap { tree in
            tree.areas.filter { bare.contains($0.area.id) }.map { area in
                BareArea(
                    name: "\(tree.school.name) · \(wording.area(area))",
                    address: SiteURL.newCamera.with([("area", "\(area.area.id)")]))
            }
        }
        hasBareAreas = !bareAreas.isEmpty
        self.townships = Self.choices(townships, selected: nil)
        kinds = Self.kinds(selected: .preparation, words: words)
        schoolKinds = Self.schoolKinds(selected: nil, words: words)
        self.fault = fault
        self.typed = typed
        self.isSaved = isSaved
    }

    private static func kinds(selected: Area.Kind, words: Words) -> [Choice] {
        Area.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words("area.\($0.rawValue)"), isSelected: $0 == selected)
        }
    }

    private static func schoolKinds(selected: School.Kind?, words: Words) -> [Choice] {
        School.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words("schoolKind.\($0.rawValue)"), isSelected: $0 == selected)
        }
    }

    private static func choices(_ townships: [Township], selected: TownshipID?) -> [Choice] {
        townships.map { Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == selected) }
    }

    private static func choices(_ canteens: [Canteen], selected: CanteenID?) -> [Choice] {
        canteens.map { Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == selected) }
    }
}

extension Wording {
    /// The area's name, behind its canteen's in a school with several.
    func area(_ tree: AreaTree) -> String {
        tree.canteen.map { "\($0.name) · \(area(tree.area))" } ?? area(tree.area)
    }

    func coverage(_ coverage: Coverage) -> String {
        words(
            "schools.coverage",
            [
                "connected": count(coverage.connectedSchools), "schools": count(coverage.schools),
                "online": count(coverage.onlineCameras), "cameras": count(coverage.cameras),
                "bare": count(coverage.areasWithoutCamera.count),
            ])
    }
}
