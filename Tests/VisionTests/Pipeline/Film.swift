import Bitstream
import Cameras
import Domain
import FFmpeg

@testable import Vision

/// A coded stream of a simulated kitchen with the truth of each of its pictures.
struct Film {
    struct Shot {
        var unit: AccessUnit
        var truth: SceneTruth
    }

    var shots: [Shot] = []

    /// - Parameter address: `sim://…`
    init(_ address: String, seconds: Double, from start: Double = 0) throws {
        try SceneFilm(SourceAddress.parse(address).address).run(from: start, seconds: seconds) { unit, truth in
            shots.append(Shot(unit: unit, truth: truth))
        }
    }

    /// Everything that the analysis tells of it.
    func analyse(
        with recognition: (any Recognition)?, settings: AnalysisSettings = .standard,
        looking: PictureReader.Looking = .gated, start: Moment = .at(0),
        sample: DailyFrameSample? = nil
    ) throws -> (events: [AnalysisEvent], decoded: Int) {
        var analysis = StreamAnalysis(
            camera: CameraID(at: start.wall), settings: settings, hours: .standard, zone: .shanghai, models: "",
            looking: looking, sample: sample)
        var events: [AnalysisEvent] = []
        for shot in shots {
            try analysis.take(shot.unit, wall: start.wall + shot.unit.presentationTime.duration, with: recognition) {
                events.append($0)
            }
        }
        analysis.interrupt { events.append($0) }
        return (events, analysis.decoded)
    }
}

/// Recognises by colours and sizes that a test has put into the picture, or nothing at all.
final class ScriptedRecognition: Recognition {
    let models = "scripted 1"
    let pestBar = (rodent: 0.6, insect: 0.6)
    /// What is found in the picture of each look, in turn; the last one stays.
    var script: (_ look: Int) -> [Recognized]
    var head = HeadState(hat: .unknown, mask: .unknown)
    var pest = PestScores(rodent: 0, insect: 0)
    private(set) var looks = 0

    init(_ script: @escaping (_ look: Int) -> [Recognized] = { _ in [] }) { self.script = script }

    func detect(_ picture: borrowing Picture) throws -> [Recognized] {
        defer { looks += 1 }
        return script(looks)
    }

    func heads(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [HeadState] { boxes.map { _ in head } }
    func pests(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [PestScores] { boxes.map { _ in pest } }
    func phones(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [Double] { boxes.map { _ in 1 } }
}
