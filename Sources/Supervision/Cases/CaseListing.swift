public import Domain
import Store

/// A page of a list of cases with what stands around it, from one look at the records.
public struct CaseListing: Sendable {
    public var cases: [CaseSummary]
    /// There is a page after it.
    public var hasMore: Bool
    /// Of all pages. Searches for words stop counting at ``LimitedCount/ofSearches``.
    public var count: LimitedCount
    /// Of all that the asker may look at.
    public var states: [CaseState: Int]
    public var overdue: Int
}

extension Cases {
    /// - Parameters:
    ///   - last: The last case of the page before; nil = from the first.
    ///   - limit: 1…1000; taken as the nearest of these.
    ///   - most: Where a search stops counting.
    public func listing(
        _ filter: CaseFilter, _ order: CaseOrder, after last: CaseID? = nil, limit: Int,
        countingTo most: Int = LimitedCount.ofSearches, for principal: Principal
    ) async throws -> CaseListing {
        let now = time.now()
        let limit = min(max(limit, 1), 1000)
        return try await store.read { records in
            let (cases, territory) = (records.cases, principal.territory(for: .lookAtCases))
            let states = try cases.countByState(in: territory)
            let overdue = try cases.count(CaseFilter(stage: .overdue), in: territory, at: now)
            // A few are found by reading every case's words, many along the order: these come soon.
            let few =
                filter.text == nil
                ? nil : try cases.few(filter, in: territory, at: now, atMost: most)
            // One more than is shown tells whether there is a next page.
            let found =
                if let few {
                    try cases.list(few, order, after: last, limit: limit + 1)
                } else {
                    try cases.list(filter, order, in: territory, at: now, after: last, limit: limit + 1)
                }
            let count: LimitedCount =
                if let few {
                    LimitedCount(found: few.count, limit: .max)
                } else if filter.text != nil {
                    LimitedCount(found: most + 1, limit: most)
                } else if last == nil, found.count <= limit {
                    LimitedCount(found: found.count, limit: .max)
                } else if filter == CaseFilter(stage: .overdue) {
                    LimitedCount(found: overdue, limit: .max)
                } else if filter == CaseFilter(stage: filter.stage) {
                    LimitedCount(
                        found: states.filter { filter.stage?.states.contains($0.key) ?? true }.values.reduce(0, +),
                        limit: .max)
                } else {
                    LimitedCount(found: try cases.count(filter, in: territory, at: now), limit: .max)
                }
            return CaseListing(
                cases: Array(found.prefix(limit)), hasMore: found.count > limit, count: count, states: states,
                overdue: overdue)
        }
    }
}
