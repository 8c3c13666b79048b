import Bitstream
import Cameras
import Domain
import FFmpeg
import Testing

@testable import Vision

/// The weights in `Models/` on simulated kitchens whose truth is known: what is wrong is captured once and where it is,
/// and where nothing is wrong nothing is captured.
@Suite struct ShippedModelsTests {
    private static let models = Result { try RecognitionModels.load() }
    private static let noon = Moment.at(2 * 3600)
    private static let night = Moment.at(12 * 3600)

    private func captures(_ film: Film, at start: Moment) throws -> [(capture: Capture, truth: SceneTruth)] {
        let (events, _) = try film.analyse(with: NeuralRecognition(Self.models.get()), start: start)
        return try events.compactMap { event in
            guard case .opened(let capture, _) = event else { return nil }
            let met = (capture.metAt - start.wall).inSeconds
            let shot = film.shots.min {
                abs($0.unit.presentationTime.seconds - met) < abs($1.unit.presentationTime.seconds - met)
            }
            return (capture, try #require(shot).truth)
        }
    }

    @Test func `a bare head without a mask is captured once for each, on the head`() throws {
        let address = "sim://washing?people=1&bareheads=1&maskless=1&phones=0&seed=46"
        let captured = try captures(Film(address, seconds: 30), at: Self.noon)
        #expect(Set(captured.map(\.capture.item)) == [.noHat, .noMask] && captured.count == 2)
        for (capture, truth) in captured {
            let head = try #require(truth.people.first?.head?.box.shares(width: 960, height: 540))
            #expect(try #require(capture.box).overlap(head) > 0.5, "\(capture.item)")
        }
    }

    @Test func `people in hat and mask are not captured`() throws {
        let address = "sim://washing?people=2&bareheads=0&maskless=0&phones=0&seed=36"
        #expect(try captures(Film(address, seconds: 60), at: Self.noon).isEmpty)
    }

    @Test(arguments: ["sim://preparation?seed=38", "sim://washing?seed=40"])
    func `a rat that runs at night is captured once, where it is`(scene: String) throws {
        let film = try Film(scene + "&light=night&rats=120&width=640&height=360", seconds: 25)
        let captured = try captures(film, at: Self.night)
        #expect(captured.map(\.capture.item) == [.rodent])
        let (capture, truth) = try #require(captured.first)
        let rat = try #require(truth.rodents.first?.box.shares(width: 640, height: 360))
        let (seen, there) = (try #require(capture.box).centre, rat.centre)
        #expect(abs(seen.x - there.x) < 0.03 && abs(seen.y - there.y) < 0.05)
    }

    @Test(arguments: ["washing?seed=62", "preparation?seed=61", "washing?light=night&rats=0&seed=62"])
    func `a fly close to the camera is an insect, not a rat`(scene: String) throws {
        let film = try Film("sim://\(scene)&people=0&closeflies=1&width=640&height=360", seconds: 40)
        let start = scene.contains("night") ? Self.night : Self.noon
        #expect(try captures(film, at: start).map(\.capture.item) == [.insect])
    }

    @Test(arguments: ["cooking?people=0&seed=70", "preparation?people=0&seed=71", "washing?light=night&rats=0&seed=72"])
    func `in an empty kitchen nothing is captured`(scene: String) throws {
        let film = try Film("sim://\(scene)&width=640&height=360", seconds: 40)
        #expect(try captures(film, at: scene.contains("night") ? Self.night : Self.noon).isEmpty)
    }
}

extension SceneTruth.Box {
    fileprivate func shares(width: Double, height: Double) -> PictureBox {
        PictureBox(
            x: Double(x) / width, y: Double(y) / height, width: Double(self.width) / width,
            height: Double(self.height) / height)
    }
}
