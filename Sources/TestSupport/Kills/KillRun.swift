import Foundation
import Synchronization

/// Drives cases through the API of the real program, with notices on their way to three receivers, and kills it at random
/// moments. After each start everything that was answered must be there once; in the end nothing is lost or doubled.
public final class KillRun: Sendable {
    public struct Result: Sendable {
        public var transitions = 0
        public var kills = 0
        /// Requests that were sent again because their answer was lost.
        public var repeated = 0
        /// Of them, those that had been done: the answer was kept.
        public var replayed = 0
        /// What was wrong after a start or at the end; empty is what is demanded.
        public var faults: [String] = []
        /// News for the three channels, as many as there should be.
        public var notices = 0
        /// That never came to a receiver, and are not called uncertain.
        public var noticesLost = 0
        /// News that a receiver has twice although it knows a repeated message by its identifier; for a robot, that it
        /// showed twice.
        public var noticesTwice = 0
        /// Sent again under the same identifier after a kill, by which mail servers and webhooks tell.
        public var sentAgain = 0
        /// Of the robot: may have been shown or not, and said so.
        public var uncertain = 0
        public var isCheckClean = false
        public var checkOutput = ""
        public var seconds = 0.0
    }

    let plan: KillPlan
    let mail: MailServer
    let hook: WebReceiver
    let robot: WebReceiver
    private let program: KilledProgram
    private let progress = Mutex(Progress())

    private struct Progress {
        var done = 0
        var repeated = 0
        var replayed = 0
        /// By case; each belongs to one connection.
        var cases: [Int: KilledCase] = [:]
        /// Changed since the last start.
        var touched: Set<Int> = []
        var faults: [String] = []
    }

    /// - Parameters:
    ///   - mail: The education bureau's, as `hook` and `robot`: a channel of it leads to each.
    public init(_ plan: KillPlan, mail: MailServer, hook: WebReceiver, robot: WebReceiver) {
        self.plan = plan
        self.mail = mail
        self.hook = hook
        self.robot = robot
        program = KilledProgram(plan)
    }

    public func run() async throws -> Result {
        let start = ContinuousClock.now
        var random = SeededGenerator(seed: plan.seed)
        program.open(try await program.start())
        let moments = plan.moments(using: &random)
        let waits = moments.map { _ in Int.random(in: 0...40, using: &random) }
        // Until this function ends.
        async let _ = hurryMinutes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for connection in 0..<plan.connections { group.addTask { [self] in try await drive(connection) } }
            group.addTask { [self] in
                for (moment, wait) in zip(moments, waits) {
                    try await eventually("\(moment) transitions", within: .seconds(900), every: .milliseconds(2)) {
                        progress.withLock { $0.done >= moment }
                    }
                    try await Task.sleep(for: .milliseconds(wait))
                    try await program.kill()
                    // Leases, which are minutes, are over.
                    try await letTimePass("state in ('waiting', 'sending')")
                    let port = try await program.start()
                    let found = try await check(progress.withLock { $0.touched }, port)
                    progress.withLock { progress in
                        progress.faults += found
                        progress.touched = []
                    }
                    program.open(port)
                }
            }
            // The first fault ends them all.
            for try await _ in group {}
        }
        return try await settle(since: start)
    }

    /// A channel takes 20 messages a minute: minutes pass quickly here.
    private func hurryMinutes() async {
        while !Task.isCancelled {
            try? await letTimePass("state = 'waiting'")
            try? await Task.sleep(for: .milliseconds(300))
        }
    }

    /// One connection: its cases one after the other, each request until it is answered.
    private func drive(_ connection: Int) async throws {
        var caller: HTTPCaller?
        for index in stride(from: connection, to: plan.cases, by: plan.connections) {
            var current = KilledCase(index)
            while !current.isDone {
                let call = current.call(plan)
                var attempts = 0
                while true {
                    do {
                        if caller == nil { caller = try await HTTPCaller.connect(port: try await program.port) }
                        attempts += 1
                        guard let reply = try await caller?.send(call) else { continue }
                        try current.take(reply)
                        let isReplayed = reply.headers["idempotency-replayed"] != nil
                        let kept = current
                        progress.withLock { progress in
                            progress.done += 1
                            progress.repeated += attempts > 1 ? 1 : 0
                            progress.replayed += isReplayed ? 1 : 0
                            progress.cases[index] = kept
                            progress.touched.insert(index)
                        }
                        break
                    } catch let error as KillPlan.Unexpected {
                        throw error
                    } catch {
                        // The program is gone, or going: the same request once more.
                        caller?.close()
                        caller = nil
                        try await Task.sleep(for: .milliseconds(5))
                    }
                }
            }
        }
        caller?.close()
    }

    /// Reads cases back and holds them against what was answered.
    private func check(_ indices: Set<Int>, _ port: Int) async throws -> [String] {
        let caller = try await HTTPCaller.connect(port: port)
        defer { caller.close() }
        var faults: [String] = []
        for current in progress.withLock({ progress in indices.sorted().compactMap { progress.cases[$0] } }) {
            guard let sheet = current.sheet else { continue }
            let reply = try await caller.send(
                HTTPCaller.Call(
                    "GET", "/api/v1/cases/\(sheet.id)", headers: [("Authorization", "Bearer \(plan.supervisor)")]))
            guard reply.status == 200 else {
                faults.append("case \(current.index): \(reply.status)")
                continue
            }
            faults += current.faults(in: try JSONDecoder().decode(KilledCase.Sheet.self, from: Data(reply.body)))
        }
        return faults
    }

    /// Leases and waits, which are minutes and hours, are over; no channel has been used in this minute or on this day.
    private func letTimePass(_ condition: String) async throws {
        _ = try await plan.shell(
            "update delivery set next_ms = 0 where next_ms > 0 and \(condition); "
                + "update channel set minute = 0, day = 0 where minute > 0 or day > 0;")
    }

    /// Waits until every notice has gone its way, ends the program in order, and counts.
    private func settle(since start: ContinuousClock.Instant) async throws -> Result {
        try await eventually("every notice is settled", within: .seconds(900), every: .milliseconds(300)) {
            try await letTimePass("state = 'waiting'")
            let open = try await plan.shell(
                """
                select (select count(*) from notification where routed_ms is null)
                  + (select count(*) from delivery where next_ms is not null);
                """)
            return open.trimmingCharacters(in: .whitespacesAndNewlines) == "0"
        }
        let all = progress.withLock { Set($0.cases.keys) }
        var result = Result()
        result.faults = progress.withLock(\.faults)
        result.faults += try await check(all, try await program.port)
        try await program.stop()
        let checked = try await ChildProcess.run(plan.check)
        result.isCheckClean = checked.ending.isSuccess
        result.checkOutput = String(decoding: checked.output, as: UTF8.self) + checked.errors
        result.kills = plan.kills
        progress.withLock { progress in
            (result.transitions, result.repeated, result.replayed) = (
                progress.done, progress.repeated, progress.replayed
            )
        }
        let cases = try await plan.shell("select count(*), coalesce(sum(version), 0) from case_file;")
        let versions = progress.withLock { $0.cases.values.reduce(0) { $0 + ($1.sheet?.version ?? 0) } }
        if cases.trimmingCharacters(in: .whitespacesAndNewlines) != "\(plan.cases)|\(versions)" {
            result.faults.append("cases and versions: \(cases), not \(plan.cases)|\(versions)")
        }
        try await countNotices(&result)
        result.seconds = start.duration(to: .now) / .seconds(1)
        return result
    }

    private func countNotices(_ result: inout Result) async throws {
        let rows = try await plan.shell(
            """
            select channel.kind, delivery.state, delivery.id, delivery.notification_id from delivery
            join channel on channel.id = delivery.channel_id order by delivery.id;
            """)
        let deliveries = rows.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
        func identifiers(_ kind: String, _ states: Set<String>) -> Set<String> {
            Set(deliveries.filter { $0.count == 4 && $0[0] == kind && states.contains($0[1]) }.map { $0[2] })
        }
        let expected = plan.cases * KilledCase.newsOfEach
        result.notices = 3 * expected
        for kind in ["mail", "webhook", "wecom"] {
            // One delivery of each piece of news, through each channel.
            let news = deliveries.filter { $0.count == 4 && $0[0] == kind }.map { $0[3] }
            result.noticesLost += max(0, expected - Set(news).count)
            result.noticesTwice += news.count - Set(news).count + max(0, Set(news).count - expected)
        }
        // What a receiver that knows repeated messages has, against what was to be sent.
        let letters = mail.letters.map { letter in
            String((letter.header("Message-ID") ?? "").dropFirst().prefix { $0 != "@" })
        }
        let posts = hook.posts.map { $0.headers["idempotency-key"] ?? "" }
        for (received, kind) in [(letters, "mail"), (posts, "webhook")] {
            let sent = identifiers(kind, ["sent"])
            result.noticesLost += sent.subtracting(received).count
            result.noticesLost += identifiers(kind, ["failed", "uncertain"]).count
            result.noticesTwice += Set(received).subtracting(sent).count
            result.sentAgain += received.count - Set(received).count
        }
        // A robot shows whatever it gets: number of the case and what happened make each text another one.
        let shown = robot.posts.map(\.text)
        let uncertain = identifiers("wecom", ["uncertain"]).count
        result.uncertain = uncertain
        result.noticesTwice += shown.count - Set(shown).count
        result.noticesLost += max(0, expected - uncertain - Set(shown).count)
        result.noticesLost += identifiers("wecom", ["failed"]).count
        result.noticesTwice += max(0, Set(shown).count - expected)
    }
}
