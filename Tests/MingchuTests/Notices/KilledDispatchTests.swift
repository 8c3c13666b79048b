import Domain
import Foundation
import Supervision
import TestSupport
import Testing

@testable import Mingchu

/// The program is killed (`kill -9`) at random moments while it sends.
@Suite(.timeLimit(.minutes(5)))
struct KilledDispatchTests {
    private static let cases = 40

    @Test func `nothing is lost, and nothing is shown twice to the same receiver`() async throws {
        let folder = try TemporaryDirectory()
        var options = MailServer.Options()
        options.delay = .milliseconds(40)
        let mail = try await MailServer.start(options)
        let hook = try await WebReceiver.start(.answer(200, ""), delay: .milliseconds(40))
        let robot = try await WebReceiver.start(.answer(200, #"{"errcode":0,"errmsg":"ok"}"#), delay: .milliseconds(40))
        let county = try await NoticeCounty(in: folder.path, time: .system)
        try await county.channel(.mail, "bureau@county.example")
        try await county.channel(.webhook, hook.address)
        try await county.channel(.wecom, robot.address + "/send?key=k")
        var random = SeededGenerator(seed: 20_261_123)
        var dispatched = 0
        var kills = 0
        while dispatched < Self.cases || kills < 10 {
            let program = try await start(folder, mail: mail)
            for number in dispatched..<min(dispatched + 5, Self.cases) {
                try await dispatch(number, county)
                dispatched += 1
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...700, using: &random)))
            program.signal(SIGKILL)
            #expect(try await program.ending() == .killed(SIGKILL))
            kills += 1
            try await letTimePass(folder, "state in ('waiting', 'sending')")
        }
        let program = try await start(folder, mail: mail)
        let deliveries = county.supervision.deliveries
        try await eventually("everything is settled", within: .seconds(120), every: .milliseconds(300)) {
            try await letTimePass(folder, "state = 'waiting'")
            let all = try await deliveries.list(limit: 1000, for: .console)
            return all.count == Self.cases * 3 && all.allSatisfy { $0.delivery.nextTry == nil }
        }
        program.signal(SIGTERM)
        #expect(try await program.ending().isSuccess)

        let all = try await deliveries.list(limit: 1000, for: .console)
        func entries(_ kind: NoticeChannel.Kind) -> [DeliveryEntry] { all.filter { $0.channel.kind == kind } }
        // Mail and webhook: all there; what came twice came with the same identifier.
        #expect(entries(.mail).allSatisfy { $0.delivery.state == .sent })
        #expect(
            Set(mail.letters.map { $0.header("Message-ID") ?? "" })
                == Set(entries(.mail).map { "<\($0.delivery.id)@county.example>" }))
        #expect(entries(.webhook).allSatisfy { $0.delivery.state == .sent })
        #expect(
            Set(hook.posts.map { $0.headers["idempotency-key"] ?? "" })
                == Set(entries(.webhook).map { "\($0.delivery.id)" }))
        // A robot shows each at most once; what may be missing is called uncertain.
        let shown = robot.posts.map(\.text)
        #expect(Set(shown).count == shown.count)
        #expect(entries(.wecom).allSatisfy { [.sent, .uncertain].contains($0.delivery.state) })
        for entry in entries(.wecom) where entry.delivery.state == .sent {
            guard case .news(_, .ofCase(let summary)?) = entry.content else {
                Issue.record("no case: \(entry)")
                continue
            }
            let number = summary.number
            #expect(shown.filter { $0.contains("案件编号：\(number)\\n") || $0.contains("案件编号：\(number)\"") }.count == 1)
        }
        let uncertain = entries(.wecom).count { $0.delivery.state == .uncertain }
        print(
            "kills \(kills), letters \(mail.letters.count), posts \(hook.posts.count), robot \(shown.count),",
            "uncertain \(uncertain)")
        #expect(try await county.supervision.ledger.verify(for: .console).fault == nil)
        try await mail.stop()
        try await hook.stop()
        try await robot.stop()
    }

    private func dispatch(_ number: Int, _ county: NoticeCounty) async throws {
        let id = try await county.opened(number)
        try await county.supervision.cases.dispatch(id, seen: 1, by: county.supervisor)
    }

    private func start(_ folder: TemporaryDirectory, mail: MailServer) async throws -> ChildProcess {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("mingchu").path
        let child = try ChildProcess.start(
            [program, "serve", "--data", folder.path, "--listen", "127.0.0.1:0"],
            environment: [
                "MINGCHU_ANALYSIS_ENABLED": "false", "MINGCHU_MAIL_SERVER": "127.0.0.1",
                "MINGCHU_MAIL_PORT": "\(mail.port)", "MINGCHU_MAIL_ENCRYPTION": "none",
                "MINGCHU_MAIL_FROM": "mingchu@county.example", "MINGCHU_RECORDING_RESERVE_GB": "0",
            ], in: folder.path)
        _ = try await child.line(containing: "serves http://")
        return child
    }

    /// Leases and waits, which are minutes and hours, are over; no channel has been used in this minute.
    private func letTimePass(_ folder: TemporaryDirectory, _ condition: String) async throws {
        let statements = """
            pragma busy_timeout = 10000;
            update delivery set next_ms = 0 where \(condition);
            update channel set minute = 0, day = 0;
            """
        let result = try await ChildProcess.run(["sqlite3", folder.file("mingchu.sqlite"), statements])
        #expect(result.ending.isSuccess, "\(result.errors)")
    }
}
