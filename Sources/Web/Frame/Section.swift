import Domain
import Supervision

/// The items of the rail at the left; the raw value is the icon's name.
enum Section: String, CaseIterable, Sendable {
    case kitchens
    case replay
    case cameras
    case schools
    case people
    case ledger

    var url: SiteURL {
        switch self {
        case .kitchens: .kitchens
        case .replay: .replay
        case .cameras: .cameras
        case .schools: .schools
        case .people: .people
        case .ledger: .ledger
        }
    }

    func isOpen(to principal: Principal) -> Bool {
        switch self {
        case .kitchens, .replay, .cameras: true
        case .schools: principal.may(.configureCameras)
        case .people: principal.may(.managePeople)
        case .ledger: principal.may(.readLedger)
        }
    }

    /// A school's own people have one kitchen: theirs.
    func labelKey(for role: Role?) -> String {
        self == .kitchens && role == .school ? "nav.kitchens.school" : "nav.\(rawValue)"
    }
}
