import Domain
import Supervision

/// The places that people go to; each stands in one item of the rail, and has a tab where the item has several.
enum Section: String, CaseIterable, Sendable {
    case today
    case captures
    case cases
    case concerns
    case kitchens
    case replay
    case patrol
    case insight
    case analysis
    case cameras
    case schools
    case calendar
    case roster
    case publication
    case registers
    case people
    case channels
    case rules
    case viewings
    case ledger

    var url: SiteURL {
        switch self {
        case .today: .today
        case .captures: .captures
        case .cases: .cases
        case .concerns: .concern(.list)
        case .kitchens: .kitchens
        case .replay: .replay
        case .patrol: .patrol
        case .insight: .insight(.overview)
        case .analysis: .analysis
        case .cameras: .cameras
        case .schools: .schools
        case .people: .people
        case .channels: .channels
        case .calendar: .calendar
        case .roster: .roster
        case .publication: .publications
        case .registers: .register(.list(.sites))
        case .rules: .rules
        case .viewings: .viewings
        case .ledger: .ledger
        }
    }

    func isOpen(to principal: Principal) -> Bool {
        switch self {
        case .today, .captures, .kitchens, .analysis, .cameras: true
        case .cases: principal.maySomewhere(.lookAtCases)
        case .concerns: principal.maySomewhere(.lookAtConcerns)
        case .replay: principal.maySomewhere(.replay)
        case .patrol: principal.maySomewhere(.patrol)
        case .insight: principal.maySomewhere(.readFigures)
        case .schools: principal.may(.manageGrid)
        case .people, .channels: principal.may(.managePeople)
        case .calendar, .roster: principal.may(.manageCalendar)
        case .publication: principal.maySomewhere(.cutPublic)
        case .registers: principal.maySomewhere(.lookAtRegisters)
        case .rules: principal.may(.managePolicy)
        case .viewings: principal.may(.readViewings)
        case .ledger: principal.may(.readLedger)
        }
    }
}
