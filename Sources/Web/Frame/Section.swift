import Domain
import Supervision

/// The items of the rail at the left; the raw value is the icon's name.
enum Section: String, CaseIterable, Sendable {
    case captures
    case cases
    case kitchens
    case replay
    case analysis
    case cameras
    case schools
    case people
    case calendar
    case rules
    case viewings
    case ledger

    var url: SiteURL {
        switch self {
        case .captures: .captures
        case .cases: .cases
        case .kitchens: .kitchens
        case .replay: .replay
        case .analysis: .analysis
        case .cameras: .cameras
        case .schools: .schools
        case .people: .people
        case .calendar: .calendar
        case .rules: .rules
        case .viewings: .viewings
        case .ledger: .ledger
        }
    }

    func isOpen(to principal: Principal) -> Bool {
        switch self {
        case .captures, .kitchens, .analysis, .cameras: true
        case .cases: principal.maySomewhere(.lookAtCases)
        case .replay: principal.maySomewhere(.replay)
        case .schools: principal.may(.manageGrid)
        case .people: principal.may(.managePeople)
        case .calendar: principal.may(.manageCalendar)
        case .rules: principal.may(.managePolicy)
        case .viewings: principal.may(.readViewings)
        case .ledger: principal.may(.readLedger)
        }
    }

    /// A school's own people have one kitchen: theirs.
    func labelKey(for role: Role?) -> String {
        self == .kitchens && role == .school ? "nav.kitchens.school" : "nav.\(rawValue)"
    }
}
