import Domain
import Supervision

/// The form of one camera, new or existing.
struct CameraFormPage: Page {
    struct SchoolChoice: Sendable {
        let name: String
        let areas: [Choice]
    }

    struct Example: Sendable {
        let label: String
        let address: String
    }

    static let template = "camera-form"
    let heading: String
    let action: String
    let isNew: Bool
    let id: String?
    let form: CameraForm
    /// By field, to show beside it.
    let faults: [String: String]
    let faultText: String?
    let stamp: String?
    let hasPassword: Bool
    let schools: [SchoolChoice]
    let makesArea: Bool
    let schoolChoices: [Choice]
    let kinds: [Choice]
    let transports: [Choice]
    let clients: [Choice]
    let defaultRetention: String
    let examples: [Example]
    let isSaved: Bool
    let isSimulated: Bool
    let status: StatusView?
    let viewAddress: String?
    let removeAddress: String?

    init(
        _ form: CameraForm, camera: Camera?, trees: [SchoolTree], faults: FormFaults = FormFaults(),
        isSaved: Bool = false, status: StatusView? = nil, settings: SiteSettings, wording: Wording
    ) {
        let words = wording.words
        isNew = camera == nil
        id = camera.map { "\($0.id)" }
        heading = camera?.name ?? words("camera.new")
        action = camera.map { SiteURL.camera(.value($0.id)).path } ?? SiteURL.newCamera.path
        self.form = form
        self.faults = faults.byField
        faultText = faults.byField.isEmpty ? nil : faults.byField.values.sorted().joined(separator: " ")
        stamp = camera.map(CameraForm.stamp(of:))
        hasPassword = camera?.credentials != nil
        schools = trees.filter { !$0.areas.isEmpty }.map { tree in
            SchoolChoice(
                name: tree.school.name,
                areas: tree.areas.map {
                    Choice(
                        value: "\($0.area.id)", label: "\(tree.school.name) · \(wording.area($0.area))",
                        isSelected: "\($0.area.id)" == form.area)
                })
        }
        makesArea = form.area == CameraForm.newArea || schools.isEmpty
        schoolChoices = trees.map {
            Choice(value: "\($0.school.id)", label: $0.school.name, isSelected: "\($0.school.id)" == form.school)
        }
        kinds = Area.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words("area.\($0.rawValue)"), isSelected: $0.rawValue == form.areaKind)
        }
        transports = Camera.Transport.allCases.map {
            Choice(
                value: $0.rawValue, label: words("transport.\($0.rawValue)"), isSelected: $0.rawValue == form.transport)
        }
        clients = Camera.Client.allCases.map {
            Choice(value: $0.rawValue, label: words("client.\($0.rawValue)"), isSelected: $0.rawValue == form.client)
        }
        defaultRetention = words("camera.retentionDefault", ["days": "\(settings.retentionDays)"])
        examples = ExampleSource.allCases.map {
            Example(
                label: words("area.\($0.rawValue)"),
                address: SiteURL.newCamera.with([("example", $0.rawValue)]))
        }
        self.isSaved = isSaved
        isSimulated = camera?.isSimulated ?? false
        self.status = status
        viewAddress = camera.map { SiteURL.kitchen(.value($0.id)).path }
        removeAddress = camera.map { SiteURL.removeCamera(.value($0.id)).path }
    }
}

/// Simulated kitchens to try the product with.
enum ExampleSource: String, CaseIterable {
    case preparation
    case washing
    case cooking

    var address: SourceAddress { SourceAddress(scheme: .sim, host: rawValue, query: "people=2") }
}

/// Two people changed the same camera: both versions side by side.
struct CameraConflictPage: Page {
    struct Difference: Sendable {
        let name: String
        let theirs: String
        let yours: String
    }

    static let template = "camera-conflict"
    let name: String
    let action: String
    let form: CameraForm
    /// Of the camera as it is now: sent along, the second attempt wins.
    let stamp: String
    let differences: [Difference]
    let losesPassword: Bool
    let back: String
}

struct CameraRemovalPage: Page {
    static let template = "camera-removal"
    let name: String
    let place: String
    let action: String
    let back: String
    let retention: String
    let lastFootage: Moment?
}
