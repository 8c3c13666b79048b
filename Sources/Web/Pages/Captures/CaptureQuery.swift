import Domain

/// Which captures are asked for, as the address says.
struct CaptureQuery: Sendable {
    let filter: CaptureFilter
    /// The last capture of the page before.
    let after: CaptureID?
    let from: String?
    let to: String?
    let pairs: [(name: String, value: String?)]

    var isFiltered: Bool { filter != CaptureFilter() }

    init(_ query: FormFields, zone: TerritoryZone) throws(WebError) {
        var filter = CaptureFilter()
        filter.school = try Self.identifier("school", query)
        filter.camera = try Self.identifier("camera", query)
        after = try Self.identifier("after", query)
        if let text = query.text("item") {
            guard let item = CaptureItem(rawValue: text) else { throw .badRequest("choice") }
            filter.item = item
        }
        if let text = query.text("ongoing") {
            guard text == "1" || text == "0" else { throw .badRequest("choice") }
            filter.isOngoing = text == "1"
        }
        if let text = query.text("judged") {
            guard let judged = CaptureFilter.Judged(rawValue: text) else { throw .badRequest("choice") }
            filter.judged = judged
        }
        from = query.text("from")
        to = query.text("to")
        filter.span = try query.daySpan(zone: zone)
        self.filter = filter
        pairs = ["school", "camera", "item", "from", "to", "ongoing", "judged"].map { ($0, query.text($0)) }
    }

    private static func identifier<Subject>(
        _ name: String, _ query: FormFields
    ) throws(WebError) -> Identifier<Subject>? {
        guard let text = query.text(name) else { return nil }
        guard let id = Identifier<Subject>(text) else { throw .notFound }
        return id
    }
}
