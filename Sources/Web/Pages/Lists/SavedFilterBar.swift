import Domain
import Supervision

/// The filters of a list that the reader has kept or is given by colleagues, and a form to keep the one in force.
struct SavedFilterBar: Sendable {
    struct Item: Sendable {
        let name: String
        let address: String
        let isCurrent: Bool
        /// A colleague's.
        let isShared: Bool
        /// nil for whoever can't remove it.
        let removal: String?
    }

    let items: [Item]
    let hasItems: Bool
    let list: String
    /// What is in force.
    let inForce: String
    /// The same, to be kept; nil = nothing is filtered, or it has a name already.
    let query: String?
    let mayShare: Bool
    let fault: String?

    /// - Parameter pairs: parameters of the list in force, checked.
    init(
        _ filters: [SavedFilter], of list: SavedFilter.List, at url: SiteURL, pairs: [(name: String, value: String?)],
        isFiltered: Bool, fault: String?, for principal: Principal
    ) {
        let current = SavedFilter.terms(pairs)
        var person: Person?
        if case .person(let found) = principal { person = found }
        items = filters.map { filter in
            let isOwn = filter.owner == person?.id
            return Item(
                name: filter.name, address: url.with(filter.terms.map { ($0.name, $0.value) }),
                isCurrent: filter.terms == current, isShared: !isOwn,
                removal: isOwn ? SiteURL.savedFilterRemoved(.value(filter.id)).path : nil)
        }
        hasItems = !items.isEmpty
        self.list = list.rawValue
        let isNamed = items.contains(where: \.isCurrent)
        inForce = current.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        query = isFiltered && !isNamed ? inForce : nil
        mayShare = person?.body != nil
        self.fault = fault
    }
}

extension SavedFilter {
    static func terms(_ pairs: [(name: String, value: String?)]) -> [Term] {
        pairs.compactMap { pair in pair.value.map { Term(pair.name, $0) } }
    }
}

extension Site {
    func savedFilters(
        of list: SavedFilter.List, at url: SiteURL, pairs: [(name: String, value: String?)], isFiltered: Bool,
        query: FormFields, for principal: Principal, _ words: Words
    ) async throws -> SavedFilterBar {
        let fault: String? =
            switch query.text("unsaved") {
            case "name": words("savedFilter.nameWrong")
            case "taken": words(SupervisionError.Conflict.nameTaken)
            case "many": words(SupervisionError.Conflict.tooManyFilters)
            default: nil
            }
        return SavedFilterBar(
            try await supervision.savedFilters.list(list, for: principal), of: list, at: url, pairs: pairs,
            isFiltered: isFiltered, fault: fault, for: principal)
    }
}
