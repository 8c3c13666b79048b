import Domain

/// Which cases are asked for, as the address says.
struct CaseQuery: Sendable {
    let filter: CaseFilter
    let order: CaseOrder
    /// The last case of the page before.
    let after: CaseID?
    let pairs: [(name: String, value: String?)]

    var isFiltered: Bool { filter != CaseFilter() }

    init(_ query: FormFields, zone: TerritoryZone) throws(WebError) {
        var filter = CaseFilter()
        if let text = query.text("stage") {
            guard let stage = CaseFilter.Stage(rawValue: text) else { throw .badRequest("choice") }
            filter.stage = stage
        }
        if let text = query.text("grade") {
            guard let grade = Int(text).flatMap(Grade.init(rawValue:)) else { throw .badRequest("choice") }
            filter.grade = grade
        }
        if let text = query.text("item") {
            guard let item = CaptureItem(rawValue: text) else { throw .badRequest("choice") }
            filter.matter = .item(item)
        }
        filter.school = try Self.identifier("school", query)
        filter.township = try Self.identifier("township", query)
        filter.text = query.text("q")
        filter.span = try query.daySpan(zone: zone)
        self.filter = filter
        after = try Self.identifier("after", query)
        if let text = query.text("sort") {
            guard let order = CaseOrder(rawValue: text) else { throw .badRequest("sort") }
            self.order = order
        } else {
            order = filter.stage == .running || filter.stage == .overdue ? .due : .changed
        }
        pairs = ["stage", "grade", "item", "school", "township", "q", "from", "to", "sort"].map { ($0, query.text($0)) }
    }

    /// The address with another value.
    func with(_ name: String, _ value: String?) -> [(name: String, value: String?)] {
        pairs.map { $0.name == name ? (name, value) : $0 }
    }

    private static func identifier<Subject>(
        _ name: String, _ query: FormFields
    ) throws(WebError) -> Identifier<Subject>? {
        guard let text = query.text(name) else { return nil }
        guard let id = Identifier<Subject>(text) else { throw .notFound }
        return id
    }
}
