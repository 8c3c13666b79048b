import Foundation
import Synchronization

/// A program that is killed and started again while many connections ask it.
final class KilledProgram: Sendable {
    private struct State {
        var process: ChildProcess?
        /// nil = nobody may ask now.
        var port: Int?
    }

    private let plan: KillPlan
    private let state = Mutex(State())

    init(_ plan: KillPlan) { self.plan = plan }

    /// Starts it; nobody else asks it before ``open(_:)``.
    /// - Returns: Its port.
    func start() async throws -> Int {
        let process = try ChildProcess.start(plan.command, environment: plan.environment)
        state.withLock { $0.process = process }
        let line = try await process.line(containing: "serves http://", within: .seconds(120))
        guard let port = line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap({ Int($0.1) }) else {
            throw KillPlan.Unexpected(line)
        }
        return port
    }

    func open(_ port: Int) { state.withLock { $0.port = port } }

    /// Where it is asked; waits while it is down.
    var port: Int {
        get async throws {
            try await eventually("the program serves", within: .seconds(180), every: .milliseconds(5)) {
                state.withLock(\.port)
            }
        }
    }

    /// `kill -9`.
    func kill() async throws {
        let process = state.withLock { state in
            state.port = nil
            return state.process
        }
        process?.signal(SIGKILL)
        guard try await process?.ending() == .killed(SIGKILL) else {
            throw KillPlan.Unexpected("it ended before it was killed: \(process?.errors.suffix(2000) ?? "")")
        }
    }

    /// As an administrator would end it.
    func stop() async throws {
        let process = state.withLock { state in
            state.port = nil
            return state.process
        }
        process?.signal(SIGTERM)
        guard try await process?.ending(within: .seconds(60)).isSuccess == true else {
            throw KillPlan.Unexpected("it did not end in order: \(process?.errors.suffix(2000) ?? "")")
        }
    }
}
