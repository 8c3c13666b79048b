import Domain
import Testing

@testable import Cameras

@Suite struct SceneParametersTests {
    private func parameters(_ text: String) throws -> SceneParameters {
        try SceneParameters(try SourceAddress.parse(text).address)
    }

    @Test func `an address names scene and parameters`() throws {
        let given = try parameters(
            "sim://cooking?people=4&seed=18446744073709551615&width=640&height=360&fps=25&bitrate=800000&bareheads=0.5"
                + "&maskless=1&phones=60&rats=12.5&flies=3&closeflies=2")
        var expected = SceneParameters(scene: .cooking)
        expected.people = 4
        expected.seed = .max
        (expected.width, expected.height, expected.framesPerSecond) = (640, 360, 25)
        expected.bitRate = 800_000
        (expected.bareheads, expected.maskless, expected.phones, expected.rats) = (0.5, 1, 60, 12.5)
        (expected.flies, expected.closeFlies) = (3, 2)
        #expect(given == expected)
    }

    @Test(arguments: SceneParameters.Scene.allCases)
    func `a bare scene has the defaults`(scene: SceneParameters.Scene) throws {
        #expect(try parameters("sim://\(scene.rawValue)") == SceneParameters(scene: scene))
    }

    @Test func `by night there are rats and no people unless asked for`() throws {
        let night = try parameters("sim://washing?light=night")
        #expect(night.people == 0 && night.rats == 6)
        #expect(try parameters("sim://washing?light=night&people=1&rats=0").people == 1)
    }

    @Test(arguments: [
        ("sim://garden", "garden"), ("sim://cooking?people=9", "people"), ("sim://cooking?people=-1", "people"),
        ("sim://cooking?people=two", "people"), ("sim://cooking?width=321", "width"),
        ("sim://cooking?width=100", "width"),
        ("sim://cooking?height=2000", "height"), ("sim://cooking?fps=0", "fps"), ("sim://cooking?bitrate=1", "bitrate"),
        ("sim://cooking?maskless=nan", "maskless"), ("sim://cooking?light=dusk", "light"),
        ("sim://cooking?seed=-1", "seed"), ("sim://cooking?seed=1&seed=2", "seed"), ("sim://cooking?cats=1", "cats"),
        ("sim://cooking?people", "people"), ("sim://cooking?closeflies=6", "closeflies"),
    ])
    func `what is wrong is named`(text: String, name: String) {
        let failure = #expect(throws: SourceFailure.self) { try parameters(text) }
        #expect(failure?.detail.contains(name) == true)
    }
}
