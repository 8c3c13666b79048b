import ArgumentParser
import Cameras
import Domain
import Foundation

/// Pictures with ground truth out of the kitchen simulator, laid out like the training data.
struct SceneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scene",
        abstract: "Write pictures of a simulated kitchen, with boxes of everything in them (YOLO and JSON).")

    @Option(help: "How many pictures.") var pictures = 100
    @Option(help: "Seconds from one picture to the next.") var every = 1.0
    @Option(help: "Seconds after the scene's beginning of the first picture.") var from = 0.0
    @Option(help: ArgumentHelp("Folder to write to.", valueName: "dir")) var out: String
    @Flag(help: "Leave out pictures in which nobody and nothing is to be seen.") var onlyWithContent = false
    @Argument(help: "sim://cooking?people=2&seed=7 …") var address: String

    static let classes = ["person", "head", "phone", "rodent", "insect"]

    func validate() throws {
        guard (1...1_000_000).contains(pictures) else { throw ValidationError("--pictures must be 1…1000000") }
        guard every > 0 else { throw ValidationError("--every must be more than 0") }
    }

    func run() async throws {
        let (address, _) = try readAddress(address)
        let samples: SceneSamples
        do throws(SourceFailure) {
            samples = try SceneSamples(address)
        } catch {
            throw ValidationError(error.words)
        }
        let root = URL(fileURLWithPath: out)
        for folder in ["images", "labels", "truth"] {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try Data((Self.classes.joined(separator: "\n") + "\n").utf8).write(
            to: root.appendingPathComponent("classes.txt"))
        for index in 0..<pictures {
            let time = Duration.milliseconds(Int64((from + Double(index) * every) * 1000))
            let sample = try samples.sample(at: time)
            if onlyWithContent && sample.truth.isEmpty { continue }
            let name = String(format: "%06d", index)
            let truth = TruthFile(sample.truth, width: samples.width, height: samples.height)
            try Data(sample.jpeg).write(to: root.appendingPathComponent("images/\(name).jpg"))
            try Data(truth.yolo.utf8).write(to: root.appendingPathComponent("labels/\(name).txt"))
            try JSONEncoder().encode(truth).write(to: root.appendingPathComponent("truth/\(name).json"))
        }
    }
}

/// Ground truth in the form that training reads: boxes are [x, y, width, height] in pixels.
private struct TruthFile: Encodable {
    struct Sight: Encodable {
        var box: [Int]
        var visibility: Double

        init(_ sight: SceneTruth.Sight) {
            box = [sight.box.x, sight.box.y, sight.box.width, sight.box.height]
            visibility = sight.visibility
        }
    }

    struct Person: Encodable {
        var id: Int
        var body: Sight
        var head: Sight?
        var wearsHat: Bool
        var wearsMask: Bool
        var facing: Double
        var usesPhone: Bool
        var phone: Sight?
    }

    var width: Int
    var height: Int
    var people: [Person]
    var rodents: [Sight]
    var insects: [Sight]

    init(_ truth: SceneTruth, width: Int, height: Int) {
        self.width = width
        self.height = height
        people = truth.people.map {
            Person(
                id: $0.id, body: Sight($0.body), head: $0.head.map(Sight.init), wearsHat: $0.wearsHat,
                wearsMask: $0.wearsMask, facing: $0.facing, usesPhone: $0.usesPhone, phone: $0.phone.map(Sight.init))
        }
        rodents = truth.rodents.map(Sight.init)
        insects = truth.insects.map(Sight.init)
    }

    /// A line for each thing of which at least a third can be seen.
    var yolo: String {
        var lines: [String] = []
        func add(_ label: Int, _ sight: Sight?) {
            guard let sight, sight.visibility >= 0.34 else { return }
            let (x, y, w, h) = (sight.box[0], sight.box[1], sight.box[2], sight.box[3])
            lines.append(
                String(
                    format: "%d %.6f %.6f %.6f %.6f", label, (Double(x) + Double(w) / 2) / Double(width),
                    (Double(y) + Double(h) / 2) / Double(height), Double(w) / Double(width),
                    Double(h) / Double(height)))
        }
        for person in people {
            add(0, person.body)
            add(1, person.head)
            add(2, person.phone)
        }
        for rodent in rodents { add(3, rodent) }
        for insect in insects { add(4, insect) }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }
}
