import Domain
import Supervision
import TestSupport
import Testing

@testable import Mingchu

struct ReportDispatchTests {
    @Test func `a report is made and sent when its time has come, once, also by a program that was started anew`()
        async throws
    {
        let (folder, time, sleep) = (try TemporaryDirectory(), FakeTime(), FakeSleep())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        let reports = county.supervision.reports
        try await reports.schedule(
            ReportScheduleDraft(kind: .week, territory: .county, receiver: .body(.marketRegulation)), by: .console)
        let drawn = Counter()
        func service() -> ReportDispatch {
            ReportDispatch(
                reports: reports, time: time.source,
                document: { due in
                    _ = drawn.next()
                    return Array("%PDF \(due.name)".utf8)
                }, sleep: sleep.sleep, log: LogBook().logger)
        }
        func finished() async throws -> Int {
            try await county.supervision.ledger.page(LedgerFilter(act: .reportIssued), for: .console).count
        }
        for round in 1...2 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                let service = service()
                group.addTask { try await service.run() }
                try await eventually("it waits") { sleep.sleepers == 1 }
                #expect(try await finished() == round - 1)
                time.advance(by: .seconds(7 * 86_400))
                sleep.wake()
                try await eventually("it is sent") { try await finished() == round }
                try await eventually("it waits again") { sleep.sleepers == 1 }
                sleep.wake()
                try await eventually("it waits again") { sleep.sleepers == 1 }
                #expect(try await finished() == round && drawn.value == round)
                group.cancelAll()
                try? await group.waitForAll()
            }
        }
    }

    @Test func `one that can't be drawn is logged and doesn't hold up the others`() async throws {
        let (folder, time, book) = (try TemporaryDirectory(), FakeTime(), LogBook())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        let reports = county.supervision.reports
        for kind in [ReportKind.week, .month] {
            try await reports.schedule(
                ReportScheduleDraft(kind: kind, territory: .county, receiver: .body(.marketRegulation)), by: .console)
        }
        time.advance(by: .seconds(9 * 86_400))
        let service = ReportDispatch(
            reports: reports, time: time.source,
            document: { due in
                guard due.span.kind == .month else { throw Broken() }
                return [1]
            }, log: book.logger)
        try await service.send()
        #expect(try await reports.due().map(\.span.kind) == [.week])
        #expect(book.entries.contains { $0.contains("can't make a report") })
    }

    private struct Broken: Error {}
}
