import Domain
import Testing

@testable import Supervision

struct CaseListingTests {
    @Test(arguments: Engine.all)
    func `a page has the same cases and counts as asking for each, whoever asks and for what`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            // The first is closed months before the others.
            _ = try await county.closed()
            office.clock.advance(by: .seconds(90 * 86_400))
            for number in 0..<6 {
                let id = try await county.opened()
                if number < 2 { try await county.cases.dispatch(id, seen: 1, by: county.supervisor) }
                try await county.cases.act(
                    .comment(number < 4 ? "案板混放" : "垃圾桶"), on: id, seen: number < 2 ? 2 : 1, by: county.supervisor)
            }
            let filters: [CaseFilter] =
                [
                    CaseFilter(), CaseFilter(grade: .two), CaseFilter(text: "案板"), CaseFilter(text: "没有"),
                    CaseFilter(text: "#3"),
                ]
                + CaseFilter.Stage.allCases.map { CaseFilter(stage: $0) }
            for principal in [county.supervisor, county.township, county.head, county.otherTownship] {
                let all = try await county.cases.list(for: principal)
                for filter in filters {
                    for order in CaseOrder.allCases {
                        let whole = try await county.cases.list(filter, order, for: principal).map(\.id)
                        let count = try await county.cases.count(filter, for: principal)
                        #expect(count == whole.count)
                        var paged: [CaseID] = []
                        var hasMore = true
                        while hasMore {
                            let page = try await county.cases.listing(
                                filter, order, after: paged.last, limit: 2, for: principal)
                            #expect(page.count == LimitedCount(found: count, limit: .max))
                            #expect(
                                page.states.filter { $0.value > 0 }
                                    == Dictionary(grouping: all, by: \.state).mapValues(\.count))
                            #expect(
                                try await page.overdue
                                    == county.cases.count(CaseFilter(stage: .overdue), for: principal))
                            paged += page.cases.map(\.id)
                            hasMore = page.hasMore && !page.cases.isEmpty
                        }
                        #expect(paged == whole, "\(filter) \(order)")
                    }
                }
            }
            // A search that finds more than it counts says so, and shows them all the same.
            let many = try await county.cases.listing(
                CaseFilter(text: "案板"), .changed, limit: 50, countingTo: 3, for: county.supervisor)
            #expect(many.cases.count == 4 && many.count.isMore && many.count.value == 3)
        }
    }
}
