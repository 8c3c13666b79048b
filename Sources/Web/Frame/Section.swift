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
    case hall
    case patrol
    case inspections
    case draws
    case duties
    case papers
    case menus
    case activities
    case warnings
    case insight
    case reports
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
        case .hall: .hall(.scenes)
        case .patrol: .patrol
        case .inspections: .inspection(.list)
        case .draws: .inspection(.draws)
        case .duties: .duty(.day)
        case .papers: .duty(.papers)
        case .menus: .duty(.menus)
        case .activities: .activity(.list)
        case .warnings: .warnings(.list)
        case .insight: .insight(.overview)
        case .reports: .report(.list)
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
        case .hall: principal.maySomewhere(.watchHall)
        case .patrol: principal.maySomewhere(.patrol)
        case .insight, .reports: principal.maySomewhere(.readFigures)
        case .inspections: principal.maySomewhere(.lookAtInspections)
        case .draws: principal.maySomewhere(.foreseeInspections)
        case .duties, .papers: principal.maySomewhere(.readDuties)
        case .menus: principal.maySomewhere(.enterDuties)
        case .activities: principal.maySomewhere(.lookAtActivities)
        case .warnings: principal.maySomewhere(.lookAtWarnings)
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
