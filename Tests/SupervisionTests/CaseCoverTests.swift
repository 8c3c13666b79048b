import Domain
import Store
import Testing

@testable import Supervision

struct CaseCoverTests {
    @Test(arguments: Engine.all) func `lists show the first capture of a case that has a picture`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let away = try await county.captured(.offline)
            let id = try await county.cases.open(
                CaseDraft(.captures([away.id])), by: county.supervisor
            ).id
            #expect(try await county.cases.summary(id, for: county.head).cover == nil)
            county.clock.advance(by: .seconds(60))
            let seen = office.capture(item: .offline)
            try await office.supervision.captures.open(
                seen,
                first: EvidenceFile(kind: .first, path: "a/b.jpg", sizeBytes: 3, sha256: Array(repeating: 7, count: 32))
            )
            try await county.cases.add([seen.id], to: id, seen: 1, by: county.supervisor)
            let summary = try await county.cases.summary(id, for: county.head)
            #expect(summary.captureCount == 2 && summary.cover == seen.id)
        }
    }
}
