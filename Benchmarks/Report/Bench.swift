import Foundation

/// A run of benchmarks: collects their figures, tells what goes on, writes `.build/bench.json`.
final class Bench {
    /// Short windows and few repetitions: shows that everything works, not how fast it is.
    let isQuick: Bool
    let programPath: String
    /// Where measures keep what they write; emptied by each.
    let scratch: String
    private var sections: [Section] = []

    private struct Section: Codable {
        var benchmark: String
        var date: String
        var isQuick: Bool
        var machine: Machine
        var commands: [String] = []
        var figures: [Figure] = []
        var failure: String?
    }

    private static let resultFile = ".build/bench.json"

    init(isQuick: Bool) {
        self.isQuick = isQuick
        let here = FileManager.default.currentDirectoryPath
        programPath = ProcessInfo.processInfo.environment["MINGCHU_BINARY"] ?? here + "/.build/release/mingchu"
        scratch = here + "/.build/bench"
    }

    func begin(_ measure: some Measure) {
        print("\n\(measure.name)")
        fflush(nil)
        sections.append(
            Section(
                benchmark: measure.name, date: Date().formatted(.iso8601), isQuick: isQuick, machine: Machine.this))
    }

    func say(_ text: String) {
        print("  \(text)")
        fflush(nil)
    }

    func add(_ figure: Figure) {
        sections[sections.count - 1].figures.append(figure)
        say(Table.line(figure))
    }

    /// What was run, for whoever wants to run it again; without passwords.
    func note(command: String) { sections[sections.count - 1].commands.append(command) }

    func fail(_ error: any Error) {
        sections[sections.count - 1].failure = "\(error)"
        say("could not be measured: \(error)")
    }

    /// An empty folder of that name below the scratch folder.
    func folder(_ name: String) throws -> String {
        let path = scratch + "/" + name
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    var table: String { Table.text(sections.flatMap { section in section.figures.map { (section.benchmark, $0) } }) }

    /// Keeps what the file says of benchmarks that did not run this time.
    func save() throws {
        let file = URL(fileURLWithPath: Self.resultFile)
        let measured = Set(sections.map(\.benchmark))
        let earlier = (try? JSONDecoder().decode([Section].self, from: Data(contentsOf: file))) ?? []
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let all = earlier.filter { !measured.contains($0.benchmark) } + sections
        try encoder.encode(all).write(to: file, options: .atomic)
    }
}

/// The machine that the figures are true for.
struct Machine: Codable {
    var processor: String
    var cores: Int
    var memoryMiB: Int
    var system: String
    /// Of the last minute before the benchmark: other work on the machine.
    var loadAverage: String

    static var this: Machine {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }
        let release = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        return Machine(
            processor: model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown",
            cores: ProcessInfo.processInfo.activeProcessorCount,
            memoryMiB: Int(ProcessInfo.processInfo.physicalMemory >> 20),
            system: "Linux " + release.trimmingCharacters(in: .whitespacesAndNewlines),
            loadAverage: String(load.prefix { $0 != " " }))
    }
}
