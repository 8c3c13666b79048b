import Foundation
import TestSupport

/// `mingchu serve` as a user runs it, with somebody signed in.
final class Program {
    let data: String
    let process: ChildProcess
    let port: Int
    let cookie: String
    /// From the start of the process until it said that it serves.
    let startUp: Duration
    private let bench: Bench
    private static let password = "bench-correct-horse-7"

    private init(data: String, process: ChildProcess, port: Int, cookie: String, startUp: Duration, bench: Bench) {
        self.data = data
        self.process = process
        self.port = port
        self.cookie = cookie
        self.startUp = startUp
        self.bench = bench
    }

    /// Starts it and waits until it serves.
    ///
    /// - Parameters:
    ///   - cookie: Of an earlier run on the same data folder; nil = the first run: signs in.
    ///   - account: Somebody who is there already, with a password that somebody else chose; nil = the first administrator.
    ///   - port: 0 = any that is free.
    ///   - analyses: Whether pictures are analysed; what is measured besides is measured without.
    static func start(
        _ bench: Bench, data: String, cookie: String? = nil, account: (name: String, initial: String)? = nil,
        port: Int = 0, analyses: Bool = false
    ) async throws -> Program {
        let command = [bench.programPath, "serve", "--data", data, "--listen", "127.0.0.1:\(port)"]
        bench.note(command: command.joined(separator: " "))
        // Nothing is to be deleted behind a measurement's back.
        let environment = [
            "MINGCHU_RECORDING_RETENTION_DAYS": "3650", "MINGCHU_RECORDING_RESERVE_GB": "0",
            "MINGCHU_LOG_LEVEL": "warning", "MINGCHU_ANALYSIS_ENABLED": "\(analyses)",
            // Rules for working hours hold whenever the benchmark runs.
            "MINGCHU_ANALYSIS_WORKING_HOURS": "00:00-24:00",
        ]
        let starting = ContinuousClock.now
        let process = try ChildProcess.start(command, environment: environment)
        let line = try await process.line(containing: "http://127.0.0.1:")
        let startUp = starting.duration(to: .now)
        guard let port = line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap({ Int($0.1) }) else {
            throw HTTPConnection.Unexpected(description: line)
        }
        let signedIn: String
        if let cookie {
            signedIn = cookie
        } else if let account {
            signedIn = try signIn(port: port, account: account.name, password: account.initial)
        } else {
            guard let initial = process.output.firstMatch(of: /password[^:\n]*: (\S+)/).map({ String($0.1) }) else {
                throw HTTPConnection.Unexpected(description: "no first password in what the program printed")
            }
            signedIn = try signIn(port: port, account: "admin", password: initial)
        }
        return Program(data: data, process: process, port: port, cookie: signedIn, startUp: startUp, bench: bench)
    }

    func connect() throws -> HTTPConnection { try HTTPConnection(port: port) }

    /// Adds a camera by the command line; returns its id.
    func addCamera(_ name: String, _ address: String, sub: String? = nil) async throws -> String {
        let done = try await command(
            ["camera", "add", "--school", "Bench", "--kind", "cooking", "--name", name]
                + (sub.map { ["--sub", $0] } ?? []) + [address])
        return String(decoding: done, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs another `mingchu` on the same data; its output.
    @discardableResult
    func command(_ words: [String]) async throws -> [UInt8] {
        let done = try await ChildProcess.run([bench.programPath] + words + ["--data", data])
        guard done.ending.isSuccess else {
            throw HTTPConnection.Unexpected(
                description:
                    "mingchu \(words[0]): \(done.ending) \(String(decoding: done.output, as: UTF8.self))\(done.errors)")
        }
        return done.output
    }

    struct CameraState: Decodable {
        struct Status: Decodable {
            var state: String
            var recording: String
            var reason: String?
        }

        var id: String
        var name: String
        var status: Status
    }

    func cameras() throws -> [CameraState] {
        struct Answer: Decodable { var cameras: [CameraState] }
        let answer = try connect().get("/api/v1/cameras", cookie: cookie)
        guard answer.status == 200 else { throw HTTPConnection.Unexpected(description: "cameras: \(answer.status)") }
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body)).cameras
    }

    /// Waits until so many cameras are live and recorded.
    func waitUntilRecording(_ count: Int, within limit: Duration = .seconds(90)) async throws {
        try await eventually("\(count) cameras are recorded", within: limit, every: .milliseconds(100)) {
            try cameras().count { $0.status.state == "live" && $0.status.recording == "running" } == count
        }
    }

    /// As an administrator would: SIGTERM, then waits for the end.
    func stop() async throws {
        process.signal(SIGTERM)
        _ = try await process.ending(within: .seconds(30))
    }

    /// Says why the recordings of a camera's school are opened, as nobody may without; holds for the session.
    func giveReason(for camera: String) throws {
        let connection = try connect()
        let page = try connection.get("/replay/reason?cameras=\(camera)", cookie: cookie).text
        let answer = try connection.post(
            "/replay/reason",
            form: [("cameras", camera), ("why", "inspection"), ("form_token", Self.formToken(in: page))], cookie: cookie
        )
        guard (200..<400).contains(answer.status) else {
            throw HTTPConnection.Unexpected(description: "giving a reason: \(answer.status)")
        }
    }

    static func formToken(in page: String) -> String {
        page.firstMatch(of: /name="form_token"[^>]*value="([^"]+)"/).map { String($0.1) }
            ?? page.firstMatch(of: /value="([^"]+)"[^>]*name="form_token"/).map { String($0.1) } ?? ""
    }

    /// Signs somebody in whose password was just given anew; the session's cookie.
    static func signIn(port: Int, account: String, password: String) throws -> String {
        let connection = try HTTPConnection(port: port)
        let answer = try connection.post("/sign-in", form: [("account", account), ("password", password)])
        guard let cookie = answer.headers["set-cookie"]?.split(separator: ";").first.map(String.init) else {
            throw HTTPConnection.Unexpected(description: "signing in: \(answer.status)")
        }
        // The first password must be changed before anything else is shown.
        let page = try connection.get("/account/password", cookie: cookie).text
        let token = formToken(in: page)
        let changed = try connection.post(
            "/account/password",
            form: [("old", password), ("new", Self.password), ("again", Self.password), ("form_token", token)],
            cookie: cookie)
        guard (200..<400).contains(changed.status) else {
            throw HTTPConnection.Unexpected(description: "changing the password: \(changed.status)")
        }
        // A new password may mean a new session.
        return changed.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? cookie
    }
}
