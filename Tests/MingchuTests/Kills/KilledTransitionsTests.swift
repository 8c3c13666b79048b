import Domain
import Foundation
import Store
import Supervision
import TestSupport
import Testing

@testable import Mingchu

/// `mingchu serve` is killed (`kill -9`) at random moments while cases are handled through its API and notices leave it.
/// `make bench ONLY=kill` does the same 10,000 times.
@Suite(.timeLimit(.minutes(5)))
struct KilledTransitionsTests {
    @Test func `nothing is lost or doubled, with records in a file`() async throws {
        let folder = try TemporaryDirectory()
        try await run(
            in: folder, records: .file(folder.file("mingchu.sqlite")),
            shell: KillPlan.sqlite(folder.file("mingchu.sqlite")))
    }

    @Test func `nothing is lost or doubled, with records on a server`() async throws {
        let folder = try TemporaryDirectory()
        let server = try await PostgreSQLServer.shared
        try await server.withDatabase { name in
            try await run(in: folder, records: .server(Secret(server.address(name)))) {
                try await server.run($0, in: name)
            }
        }
    }

    private func run(
        in folder: TemporaryDirectory, records: RecordsAddress,
        shell: @escaping @Sendable (_ sql: String) async throws -> String
    ) async throws {
        let mail = try await MailServer.start()
        let hook = try await WebReceiver.start(.answer(200, ""))
        let robot = try await WebReceiver.start(.answer(200, #"{"errcode":0,"errmsg":"ok"}"#))
        let county = try await NoticeCounty(in: folder.path, records: records, time: .system)
        try await county.channel(.mail, "bureau@county.example")
        try await county.channel(.webhook, hook.address)
        try await county.channel(.wecom, robot.address + "/send?key=k")
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("mingchu").path
        let address =
            switch records {
            case .file(let path): path
            case .server(let address): address.reveal()
            }
        let data = ["--data", folder.path, "--records", address]
        let plan = KillPlan(
            cases: 30, kills: 4, connections: 8, seed: 20_261_124,
            command: [program, "serve", "--listen", "127.0.0.1:0"] + data,
            environment: [
                "MINGCHU_ANALYSIS_ENABLED": "false", "MINGCHU_MAIL_SERVER": "127.0.0.1",
                "MINGCHU_MAIL_PORT": "\(mail.port)", "MINGCHU_MAIL_ENCRYPTION": "none",
                "MINGCHU_MAIL_FROM": "mingchu@county.example", "MINGCHU_RECORDING_RESERVE_GB": "0",
            ], check: [program, "check"] + data, camera: "\(county.camera.id)",
            supervisor: try await county.token(account: "inspector", .supervisor),
            head: try await county.token(account: "head", .school, school: county.school.id),
            shell: shell)
        // From here on the records are the program's alone.
        try await county.close()
        let result = try await KillRun(plan, mail: mail, hook: hook, robot: robot).run()
        print(result)
        #expect(result.faults == [])
        #expect(result.transitions == 300 && result.kills == 4)
        #expect(result.repeated > 0)
        #expect(result.notices == 180 && result.noticesLost == 0 && result.noticesTwice == 0)
        #expect(result.isCheckClean, "\(result.checkOutput)")
        try await mail.stop()
        try await hook.stop()
        try await robot.stop()
    }
}
