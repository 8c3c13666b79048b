import Domain

/// Which warnings are asked for, as the address says. Without a state: those that are open.
struct WarningQuery: Sendable {
    let filter: WarningFilter
    let after: WarningID?
    let pairs: [(name: String, value: String?)]
    /// Something besides the state is asked for.
    let isFiltered: Bool

    init(_ query: FormFields, zone: TerritoryZone, standard: WarningFile.State? = .open) throws(WebError) {
        var filter = WarningFilter(state: standard)
        if let text = query.text("state") {
            if text == "all" {
                filter.state = nil
            } else {
                guard let state = WarningFile.State(rawValue: text) else { throw .badRequest("choice") }
                filter.state = state
            }
        }
        if let text = query.text("kind") {
            guard let kind = WarningRule.Kind(rawValue: text) else { throw .badRequest("choice") }
            filter.kind = kind
        }
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw .notFound }
            filter.school = id
        }
        if let text = query.text("township") {
            guard let id = TownshipID(text) else { throw .notFound }
            filter.township = id
        }
        filter.span = try query.daySpan(zone: zone)
        if let text = query.text("after") {
            guard let id = WarningID(text) else { throw .notFound }
            after = id
        } else {
            after = nil
        }
        self.filter = filter
        isFiltered = filter != WarningFilter(state: filter.state)
        pairs = ["state", "kind", "school", "township", "from", "to"].map { ($0, query.text($0)) }
    }

    /// The address with another value.
    func with(_ name: String, _ value: String?) -> [(name: String, value: String?)] {
        pairs.map { $0.name == name ? (name, value) : $0 }
    }
}
