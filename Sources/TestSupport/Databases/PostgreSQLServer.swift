import Foundation
import Synchronization

/// A PostgreSQL server for tests alone. It and its folder are gone when this value or the tests' process is, however they
/// end.
public final class PostgreSQLServer: Sendable {
    /// Holds the socket.
    public let folder: String
    /// Not the one in PATH: Debian puts a script before it, which takes ten times as long as what it is asked.
    private let shell: String
    private let process: ChildProcess
    private let places = Places(8)
    private let templates = Templates()
    private let counter = Atomic(0)

    private init(_ process: ChildProcess, folder: String, shell: String) {
        self.process = process
        self.folder = folder
        self.shell = shell
    }

    private static let started = OneServer()

    /// The one that all tests of a process share.
    public static var shared: PostgreSQLServer {
        get async throws { try await started.server }
    }

    /// - Parameter locale: Of the databases' own order of texts.
    public static func start(locale: String = "C.UTF-8") async throws -> PostgreSQLServer {
        let script = Bundle.module.url(forResource: "postgresql_server", withExtension: "sh", subdirectory: "Scripts")
        let process = try ChildProcess.start(["bash", script!.path, locale])
        let shell = try await process.line(containing: "asked by ").dropFirst("asked by ".count)
        let folder = try await process.line(containing: "serving in ").dropFirst("serving in ".count)
        return PostgreSQLServer(process, folder: String(folder), shell: String(shell))
    }

    /// The address of one of its databases. Everybody but `guarded` comes in without a password.
    public func address(_ database: String, user: String = "mingchu", password: String? = nil) -> String {
        "postgresql://\(user)\(password.map { ":\($0)" } ?? "")@/\(database)?host=\(folder)"
    }

    /// Runs statements as somebody at an SQL shell, and returns what it prints: a line for each row.
    @discardableResult
    public func run(_ sql: String, in database: String = "postgres") async throws -> String {
        let done = try await ChildProcess.run(
            [shell, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address(database)], input: sql)
        guard done.ending.isSuccess else { throw Refused(message: done.errors) }
        return String(decoding: done.output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// What `psql` said.
    public struct Refused: Error, CustomStringConvertible {
        public let message: String
        public var description: String { "psql: \(message)" }
    }

    /// Lends a new database, and drops it after that.
    /// - Parameter template: Its name, and what makes it of an empty one when it is asked for first; nil = empty.
    public func withDatabase<T>(
        of template: (name: String, make: @Sendable (_ address: String) async throws -> Void)? = nil,
        _ body: (_ name: String) async throws -> T
    ) async throws -> T {
        // Tests run side by side, and each may hold half a dozen connections.
        await places.take()
        do {
            let result = try await withOwnDatabase(of: template, body)
            await places.giveBack()
            return result
        } catch {
            await places.giveBack()
            throw error
        }
    }

    private func withOwnDatabase<T>(
        of template: (name: String, make: @Sendable (_ address: String) async throws -> Void)?,
        _ body: (_ name: String) async throws -> T
    ) async throws -> T {
        if let template {
            try await templates.make(template.name) { [self] in
                try await run("create database \(template.name) template template0")
                try await template.make(address(template.name))
            }
        }
        let name = "test_\(counter.add(1, ordering: .relaxed).newValue)"
        try await run("create database \(name) template \(template?.name ?? "template0")")
        do {
            let result = try await body(name)
            try await run("drop database \(name) with (force)")
            return result
        } catch {
            _ = try? await run("drop database \(name) with (force)")
            throw error
        }
    }

    /// At once and without goodbyes, as a power cut does.
    public func stop() async throws { try await command("stop", answer: "stopped") }
    public func resume() async throws { try await command("start", answer: "started") }

    private func command(_ command: String, answer: String) async throws {
        let before = count(of: answer)
        process.write(command + "\n")
        try await eventually("the server has \(answer)", within: .seconds(60)) { count(of: answer) > before }
    }

    private func count(of line: String) -> Int { process.output.split(separator: "\n").count { $0 == line } }
}

private actor OneServer {
    private var starting: Task<PostgreSQLServer, any Error>?

    var server: PostgreSQLServer {
        get async throws {
            if starting == nil { starting = Task { try await PostgreSQLServer.start() } }
            return try await starting!.value
        }
    }
}

/// Makes each template once, whoever asks for it first.
private actor Templates {
    private var making: [String: Task<Void, any Error>] = [:]

    func make(_ name: String, _ body: @escaping @Sendable () async throws -> Void) async throws {
        if making[name] == nil { making[name] = Task { try await body() } }
        try await making[name]!.value
    }
}

/// Lets only a few in at a time, in the order in which they came.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
