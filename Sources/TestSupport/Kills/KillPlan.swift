import Foundation

/// What is asked of a program that is killed at random moments meanwhile, and how it is reached.
public struct KillPlan: Sendable {
    /// Each takes ``KilledCase/steps`` transitions.
    public var cases: Int
    /// Spread over the transitions at random; the last comes before the last transition.
    public var kills: Int
    /// At once, each busy with a case of its own.
    public var connections: Int
    public var seed: UInt64
    /// What starts it, with the data folder and an address with port 0.
    public var command: [String]
    public var environment: [String: String]
    /// `mingchu check` on the same data.
    public var check: [String]
    /// By tokens of somebody of the county, and of the school that the camera hangs in.
    public var camera: String
    public var supervisor: String
    public var head: String
    /// Runs SQL on the records as somebody at a shell, and returns what it prints: a line for each row, columns
    /// separated by `|`.
    public var shell: @Sendable (_ sql: String) async throws -> String

    public init(
        cases: Int, kills: Int, connections: Int, seed: UInt64, command: [String], environment: [String: String],
        check: [String], camera: String, supervisor: String, head: String,
        shell: @escaping @Sendable (_ sql: String) async throws -> String
    ) {
        self.cases = cases
        self.kills = kills
        self.connections = connections
        self.seed = seed
        self.command = command
        self.environment = environment
        self.check = check
        self.camera = camera
        self.supervisor = supervisor
        self.head = head
        self.shell = shell
    }

    public var transitions: Int { cases * KilledCase.steps }

    /// For records in a file: `sqlite3`, which waits for its turn.
    public static func sqlite(_ path: String) -> @Sendable (_ sql: String) async throws -> String {
        { sql in
            let done = try await ChildProcess.run(["sqlite3", "-cmd", ".timeout 20000", path], input: sql)
            guard done.ending.isSuccess else { throw Unexpected("sqlite3: \(done.errors)") }
            return String(decoding: done.output, as: UTF8.self)
        }
    }

    /// How many transitions are done when each kill is due, rising.
    func moments(using random: inout SeededGenerator) -> [Int] {
        let share = Double(transitions) / Double(kills + 1)
        return (1...kills).map { kill in
            Int(share * (Double(kill) + Double.random(in: -0.45...0.45, using: &random)))
        }
    }

    public struct Unexpected: Error, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }
}
