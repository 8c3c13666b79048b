import Domain
import Supervision

/// The items of the rail at the left, each a kind of work; the raw value is the icon's name.
enum RailItem: String, CaseIterable, Sendable {
    case today
    case captures
    case cases
    case kitchens
    case inspection
    case duties
    case activities
    case insight
    case management

    /// What it leads to, the first first; a tab each on the pages themselves.
    var sections: [Section] {
        switch self {
        case .today: [.today]
        case .captures: [.captures]
        case .cases: [.cases, .concerns]
        case .kitchens: [.kitchens, .replay, .hall]
        case .inspection: [.patrol, .inspections, .draws]
        case .duties: [.duties, .papers, .menus]
        case .activities: [.activities]
        case .insight: [.insight, .reports, .warnings]
        case .management:
            [
                .schools, .cameras, .analysis, .calendar, .roster, .rules, .publication, .registers, .people, .channels,
                .viewings,
                .ledger,
            ]
        }
    }

    func open(to principal: Principal) -> [Section] { sections.filter { $0.isOpen(to: principal) } }

    /// A school's own people have one kitchen, theirs, and what they have to do rather than a day's work.
    func labelKey(for role: Role?) -> String {
        role == .school && (self == .kitchens || self == .today) ? "rail.\(rawValue).school" : "rail.\(rawValue)"
    }
}
