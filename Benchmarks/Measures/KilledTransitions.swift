import Domain
import Foundation
import Store
import Supervision
import TestSupport

/// `kill -9` at random moments while cases are handled through the API and notices leave by mail, webhook and robot:
/// what is lost, what is there or sent twice.
struct KilledTransitions: Measure {
    let name = "kill"

    func run(_ bench: Bench) async throws {
        let (cases, kills) = bench.isQuick ? (40, 4) : (1000, 24)
        let data = try bench.folder("killed-transitions")
        let mail = try await MailServer.start()
        let hook = try await WebReceiver.start(.answer(200, ""))
        let robot = try await WebReceiver.start(.answer(200, #"{"errcode":0,"errmsg":"ok"}"#))
        let plan = try await plan(
            bench, data: data, cases: cases, kills: kills,
            channels: [
                (.mail, "bureau@county.example"), (.webhook, hook.address), (.wecom, robot.address + "/send?key=k"),
            ], mailPort: mail.port)
        let result = try await KillRun(plan, mail: mail, hook: hook, robot: robot).run()
        try await mail.stop()
        try await hook.stop()
        try await robot.stop()
        for fault in result.faults.prefix(20) { bench.say(fault) }
        if !result.isCheckClean { bench.say(result.checkOutput) }
        let transitions = "\(result.transitions) transitions"
        bench.add(Figure("kills during \(transitions)", Double(result.kills), "", raw: [result.seconds]))
        bench.add(Figure("lost or doubled of \(transitions)", Double(result.faults.count), "", bar: .atMost(0)))
        bench.add(Figure("requests repeated after a kill", Double(result.repeated), ""))
        bench.add(Figure("of them, done before: answered from memory", Double(result.replayed), ""))
        bench.add(Figure("notices for three receivers", Double(result.notices), ""))
        bench.add(Figure("notices lost", Double(result.noticesLost), "", bar: .atMost(0)))
        bench.add(Figure("notices twice at one receiver", Double(result.noticesTwice), "", bar: .atMost(0)))
        bench.add(Figure("sent again under the same identifier", Double(result.sentAgain), ""))
        bench.add(Figure("of the robot, said to be uncertain", Double(result.uncertain), ""))
        bench.add(Figure("`check` not clean at the end", result.isCheckClean ? 0 : 1, "of 1", bar: .atMost(0)))
        bench.add(Figure("all of it", result.seconds, "s"))
    }

    private func plan(
        _ bench: Bench, data: String, cases: Int, kills: Int, channels: [(NoticeChannel.Kind, String)], mailPort: Int
    ) async throws -> KillPlan {
        let county = try await BenchCounty.make(data: data, schools: 1)
        let supervision = county.supervision
        for (kind, address) in channels {
            _ = try await supervision.channels.add(
                ChannelDraft(
                    owner: .body(.educationBureau), kind: kind, name: "\(kind)", address: Secret(address),
                    key: kind == .webhook ? Secret("bench-key") : nil), by: .console)
        }
        /// Of somebody who is past the change of the initial password.
        func token(_ account: String, _ role: Role, _ school: SchoolID? = nil) async throws -> String {
            let (person, initial) = try await supervision.people.add(
                account: account, name: account, role: role, school: school, by: .console)
            let session = try await supervision.signIn.signIn(account: account, password: initial, from: "127.0.0.1")
            try await supervision.signIn.changeOwnPassword(
                of: person, old: initial, new: Secret("bench-correct-horse-7"), keeping: session.token)
            return try await supervision.tokens.add(
                name: "bench", scopes: [.readCases, .writeCases], lifetime: .seconds(86_400), by: .person(person)
            ).text.reveal()
        }
        let command = [bench.programPath, "serve", "--data", data, "--listen", "127.0.0.1:0"]
        bench.note(command: command.joined(separator: " "))
        let plan = KillPlan(
            cases: cases, kills: kills, connections: 32, seed: 20_261_124, command: command,
            environment: [
                "MINGCHU_ANALYSIS_ENABLED": "false", "MINGCHU_LOG_LEVEL": "warning",
                "MINGCHU_MAIL_SERVER": "127.0.0.1", "MINGCHU_MAIL_PORT": "\(mailPort)",
                "MINGCHU_MAIL_ENCRYPTION": "none", "MINGCHU_MAIL_FROM": "mingchu@county.example",
                "MINGCHU_RECORDING_RESERVE_GB": "0",
            ], check: [bench.programPath, "check", "--data", data], camera: "\(county.cameras[0])",
            supervisor: try await token("bench-inspector", .supervisor),
            head: try await token("bench-head", .school, county.schools[0]),
            shell: KillPlan.sqlite(data + "/mingchu.sqlite"))
        try await county.store.close()
        return plan
    }
}
