import Foundation

/// CPU time and memory of a process with all its threads, as the kernel counts them (proc(5)).
public struct ProcessUsage: Hashable, Sendable {
    /// User and system time since it started; the kernel counts in 10 ms.
    public var cpuSeconds: Double
    /// VmRSS: pages in memory, shared ones included.
    public var residentBytes: Int
    /// Proportional set size: shared pages divided among their users. 0 when the kernel doesn't tell.
    public var proportionalBytes: Int
    public var threads: Int

    /// nil when there is no such process.
    public init?(pid: Int32) {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            // The name, in brackets, may itself hold blanks and brackets.
            let bracket = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: bracket)...].split(separator: " ")
        // Fields 14 and 15 of the line, the third being the first after the name.
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentBytes = Self.kibibytes(of: "VmRSS:", in: status) * 1024
        threads = Self.kibibytes(of: "Threads:", in: status)
        let rollup = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
        proportionalBytes = Self.kibibytes(of: "Pss:", in: rollup) * 1024
    }

    private static func kibibytes(of name: String, in text: String) -> Int {
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            return Int(line.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first ?? "") ?? 0
        }
        return 0
    }
}
