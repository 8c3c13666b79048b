import Foundation
import Synchronization

/// Another program, started for a test or a benchmark. It is killed when this value goes away, and when this process
/// dies in any manner (`PR_SET_PDEATHSIG`).
public final class ChildProcess: Sendable {
    /// How a process ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(Int32)

        public var isSuccess: Bool { self == .exited(0) }
    }

    public let pid: Int32
    /// For messages: the program's name without its arguments, which may hold a password.
    public let name: String
    private let record: ProcessRecord

    private init(pid: Int32, name: String, record: ProcessRecord) {
        self.pid = pid
        self.name = name
        self.record = record
    }

    deinit { record.signal(SIGKILL) }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: the program first; looked up in PATH unless it holds a slash.
    ///   - environment: set on top of this process's own.
    ///   - directory: where it runs; this process's own when nil.
    ///   - keepsOutput: false throws its output away, for programs that talk much.
    public static func start(
        _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil,
        keepsOutput: Bool = true
    ) throws -> ChildProcess {
        let record = ProcessRecord()
        let launch = Launch(
            arguments: arguments, environment: environment, directory: directory, keepsOutput: keepsOutput)
        let started = try Spawner.shared.spawn(launch)
        record.watch(started)
        let name = (arguments[0] as NSString).lastPathComponent
        return ChildProcess(pid: started.pid, name: name, record: record)
    }

    /// Runs a program to its end.
    public static func run(
        _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil, input: String? = nil,
        within limit: Duration = .seconds(300)
    ) async throws -> (ending: Ending, output: [UInt8], errors: String) {
        let child = try start(arguments, environment: environment, in: directory)
        if let input { child.write(input) }
        child.closeInput()
        let ending = try await child.ending(within: limit)
        return (ending, child.outputBytes, child.errors)
    }

    /// Everything it has printed so far.
    public var outputBytes: [UInt8] { record.output }
    public var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// Everything it has printed to standard error so far.
    public var errors: String { String(decoding: record.errors, as: UTF8.self) }

    /// How it ended; nil while it runs. Its output is complete by then.
    public var ending: Ending? { record.ending }

    public func ending(within limit: Duration = .seconds(60)) async throws -> Ending {
        try await eventually("\(name) ends", within: limit) { record.ending }
    }

    /// Waits for a whole line of its output (standard error too) that holds a text, and returns the line.
    public func line(containing text: String, within limit: Duration = .seconds(60)) async throws -> String {
        try await eventually("\(name) prints \"\(text)\"", within: limit) {
            for bytes in [record.output, record.errors] {
                let lines = String(decoding: bytes, as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false)
                // What follows the last line break is not a whole line yet.
                if let line = lines.dropLast().first(where: { $0.contains(text) }) { return String(line) }
            }
            if let ending = record.ending {
                throw ProgramEnded(name: name, ending: ending, lastWords: String((output + errors).suffix(2000)))
            }
            return nil
        }
    }

    public func write(_ text: String) { record.write(Array(text.utf8)) }
    public func closeInput() { record.closeInput() }

    /// Sends a signal; does nothing once the process has ended.
    public func signal(_ number: Int32) { record.signal(number) }

    /// CPU time and memory; nil once it has ended.
    public var usage: ProcessUsage? { record.ending == nil ? ProcessUsage(pid: pid) : nil }
}

/// A program ended before it said what was waited for.
public struct ProgramEnded: Error, CustomStringConvertible {
    public let name: String
    public let ending: ChildProcess.Ending
    public let lastWords: String

    public var description: String { "\(name) \(ending): \(lastWords)" }
}
