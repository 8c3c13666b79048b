import Domain
import Logging
import Supervision
import TestSupport
import Testing

@testable import Mingchu

struct EscalationScheduleTests {
    @Test func `a ladder is climbed when its time has come, once`() async throws {
        let (folder, time, sleep) = (try TemporaryDirectory(), FakeTime(), FakeSleep())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        _ = try await county.opened(1)
        try await run(county, time, sleep) {
            try await eventually("it waits") { sleep.sleepers == 1 }
            // Whatever it waits for, it looks at least each minute.
            #expect(sleep.asked.allSatisfy { $0 <= .seconds(60) })
            #expect(try await escalated(county).isEmpty)
            time.advance(by: .seconds(4 * 86_400))
            sleep.wake()
            try await eventually("it climbs") { try await !escalated(county).isEmpty }
            try await eventually("it waits again") { sleep.sleepers == 1 }
            let first = try await escalated(county)
            sleep.wake()
            try await eventually("it waits again") { sleep.sleepers == 1 && sleep.asked.count >= 3 }
            #expect(try await escalated(county) == first)
        }
    }

    @Test func `it looks at once when a case changes`() async throws {
        let (folder, time, sleep) = (try TemporaryDirectory(), FakeTime(), FakeSleep())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        let id = try await county.opened(1)
        try await run(county, time, sleep) {
            try await eventually("it waits") { sleep.sleepers == 1 }
            time.advance(by: .seconds(4 * 86_400))
            try await county.supervision.cases.act(.comment("看一看"), on: id, seen: 1, by: county.supervisor)
            // Nobody woke it.
            try await eventually("it climbs") { try await !escalated(county).isEmpty }
        }
    }

    @Test func `what came while it was off is entered when it starts`() async throws {
        let (folder, time, sleep) = (try TemporaryDirectory(), FakeTime(), FakeSleep())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        _ = try await county.opened(1)
        time.advance(by: .seconds(4 * 86_400))
        try await run(county, time, sleep) {
            try await eventually("it climbs") { try await !escalated(county).isEmpty }
        }
    }

    @Test func `a case that can't be read is named in the log, and does not hold up the others`() async throws {
        let (folder, time, sleep, book) = (try TemporaryDirectory(), FakeTime(), FakeSleep(), LogBook())
        let county = try await NoticeCounty(in: folder.path, time: time.source)
        let damaged = try await county.opened(1)
        _ = try await county.opened(2)
        let changed = try await ChildProcess.run(
            ["sqlite3", folder.file("mingchu.sqlite")],
            input: """
                drop trigger ledger_never_changed; pragma ignore_check_constraints = 1;
                update ledger set payload = '[' || substr(payload, 2) where subject = 'case/\(damaged)';
                """)
        #expect(changed.ending.isSuccess, "\(changed.errors)")
        time.advance(by: .seconds(4 * 86_400))
        try await run(county, time, sleep, book) {
            try await eventually("it climbs") { try await !escalated(county).isEmpty }
            try await eventually("it waits") { sleep.sleepers == 1 }
        }
        #expect(book.entries.count == 1)
        #expect(book.entries.first?.contains("can't read a case") == true)
        #expect(book.entries.first?.contains("\(damaged)") == true)
    }

    @Test func `a fault is logged once and tried again with growing waits`() async throws {
        let (sleep, book, bell) = (FakeSleep(), LogBook(), Bell())
        let count = Counter()
        let rhythm = Rhythm(
            bell: bell, atMost: .seconds(60), sleep: sleep.sleep, complaint: "can't", log: book.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await rhythm.run {
                    guard count.next() > 4 else { throw Broken() }
                    return nil
                }
            }
            for round in 1...4 {
                try await eventually("it waits") { sleep.asked.count == round && sleep.sleepers == 1 }
                // A bell does not hurry what is broken.
                bell.ring()
                sleep.wake()
            }
            try await eventually("it works") { count.value >= 5 }
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(sleep.asked.prefix(4) == [.seconds(2), .seconds(4), .seconds(8), .seconds(16)])
        #expect(book.entries.count == 1 && book.entries[0].hasPrefix("can't"))
    }

    private struct Broken: Error {}

    private func escalated(_ county: NoticeCounty) async throws -> [Int64] {
        try await county.supervision.ledger.page(LedgerFilter(act: .caseEscalated), for: .console).map(\.sequence)
    }

    private func run(
        _ county: NoticeCounty, _ time: FakeTime, _ sleep: FakeSleep, _ book: LogBook = LogBook(),
        _ body: () async throws -> Void
    ) async throws {
        let schedule = EscalationSchedule(
            cases: county.supervision.cases, time: time.source, sleep: sleep.sleep, log: book.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await schedule.run() }
            try await body()
            group.cancelAll()
            try? await group.waitForAll()
        }
    }
}
