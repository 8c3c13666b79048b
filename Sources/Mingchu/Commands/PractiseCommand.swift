import ArgumentParser
import Domain
import Foundation
import Supervision

struct PractiseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "practise", abstract: "File captures of a simulated camera, to practise judging on. (练习)",
        discussion: """
            They are captures as the analysis files them, right and wrong ones, with pictures that carry the simulator's
            mark, as though they had happened in the last hour; figures count them. Prints their names, the newest last.
            Cameras that are not simulated are refused: nothing is ever made up of a real kitchen.
            """)
    @OptionGroup var common: SettingsOptions
    @Option(help: "How many, 1…500.") var count = 20
    @Option(help: "Which camera; without it, the first simulated one.") var camera: String?

    func validate() throws {
        guard (1...500).contains(count) else { throw ValidationError("--count must be 1…500") }
    }

    func run() async throws {
        let settings = try common.load()
        let supervision = try await common.openSupervision()
        let trees = try await supervision.places.tree(for: .console)
        let all = trees.flatMap(\.areas).flatMap { area in area.cameras.map { (camera: $0, kind: area.area.kind) } }
        guard
            let (found, kind) = all.first(where: { one in
                camera.map { "\(one.camera.id)" == $0 } ?? one.camera.isSimulated
            })
        else { throw ValidationError(camera == nil ? "there is no simulated camera" : "there is no such camera") }
        guard found.isSimulated else { throw ValidationError("\(found.name) is a real camera") }
        let practice = Practice(
            captures: supervision.captures, folder: EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone),
            camera: found, kind: CountyPictures.kinds.contains(kind) ? kind : .cooking)
        for id in try await practice.file(count, until: TimeSource.system.now()) { print(id) }
    }
}

/// Captures of a simulated camera for people to practise on.
struct Practice {
    let captures: Captures
    let folder: EvidenceFolder
    let camera: Camera
    let kind: Area.Kind

    private static let items: [CaptureItem] = [.noHat, .noMask, .phone]

    /// - Returns: Their names, the oldest first.
    func file(_ count: Int, until end: UTCTime) async throws -> [CaptureID] {
        var dice = DemoDice(seed: UInt64(count), "practice \(camera.name)")
        let pictures = try await CountyPictures.draw(
            seed: 1, variants: 3, kinds: [kind], subjects: [.noHat, .noMask, .phone, .inOrder])
        let between = Duration.milliseconds(3_600_000 / Int64(count + 1))
        var filed: [CaptureID] = []
        for number in 0..<count {
            let item = dice.pick(Self.items)
            guard let subject = ShotSubject(item, isTrue: dice.chance(0.7)),
                let pair = pictures.pair(kind, subject, &dice)
            else { continue }
            let met = end - between * (count - number)
            let capture = Capture(
                id: CaptureID(at: met), camera: camera.id, item: item, grade: item.grade(inWorkingHours: true),
                start: met - .seconds(3), metAt: met, end: met + .seconds(2), bestAt: met + .milliseconds(400),
                score: (dice.between(0.6, 0.95) * 100).rounded() / 100, box: pair.best.box, sights: pair.best.sights,
                rule: .standard(item), models: "practice")
            try await captures.open(capture, first: try folder.write(.first, of: capture, pair.first.jpeg))
            // Nothing of it was recorded.
            try await captures.keep(
                capture, evidence: [try folder.write(.picture, of: capture, pair.best.jpeg)], isFinal: true)
            filed.append(capture.id)
        }
        return filed
    }
}
