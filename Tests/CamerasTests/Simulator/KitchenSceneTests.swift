import FFmpeg
import Testing

@testable import Cameras

@Suite(.serialized) struct KitchenSceneTests {
    static func small(
        _ scene: SceneParameters.Scene, seed: UInt64 = 7, people: Int = 2, light: SceneParameters.Light = .day
    ) -> SceneParameters {
        var parameters = SceneParameters(scene: scene)
        parameters.seed = seed
        parameters.people = people
        parameters.light = light
        (parameters.width, parameters.height) = (320, 180)
        return parameters
    }

    @Test(arguments: SceneParameters.Scene.allCases)
    func `a frame is the same whatever was drawn before it`(scene: SceneParameters.Scene) throws {
        let parameters = Self.small(scene, people: 3)
        let one = KitchenScene(parameters)
        let other = KitchenScene(parameters)
        for index in [0, 5_000, 77, 31_000_000] {
            let a = try one.frame(at: index, label: "2026-11-23 08:15:03")
            _ = try other.frame(at: index + 991)
            let b = try other.frame(at: index, label: "2026-11-23 08:15:03")
            #expect(a.picture.packed() == b.picture.packed())
            #expect(a.truth == b.truth)
        }
    }

    @Test func `drawing without truth draws the same`() throws {
        let scene = KitchenScene(Self.small(.cooking))
        let frame = try scene.frame(at: 400, label: "1")
        var picture = try Picture.blank(width: 320, height: 180)
        scene.draw(frame: 400, label: "1", into: &picture)
        #expect(picture.packed() == frame.picture.packed())
    }

    @Test func `another seed is another day`() throws {
        let a = try KitchenScene(Self.small(.cooking, seed: 1)).frame(at: 300)
        let b = try KitchenScene(Self.small(.cooking, seed: 2)).frame(at: 300)
        #expect(a.picture.packed() != b.picture.packed())
        #expect(a.truth != b.truth)
    }

    @Test func `the picture moves, and its label with the clock`() throws {
        let scene = KitchenScene(Self.small(.washing))
        let first = try scene.frame(at: 100, label: "08:15:03")
        let later = try scene.frame(at: 112, label: "08:15:03")
        let relabelled = try scene.frame(at: 100, label: "08:15:04")
        #expect(first.picture.packed() != later.picture.packed())
        let differing = zip(first.picture.packed(), relabelled.picture.packed()).enumerated()
            .filter { $0.element.0 != $0.element.1 }.map(\.offset)
        #expect(!differing.isEmpty)
        // Only in the label's corner of the luma plane, 320 × 180.
        #expect(differing.allSatisfy { (320 * 140..<320 * 180).contains($0) && $0 % 320 < 300 })
    }

    @Test func `brightness is that of a lit room by day and of infrared by night`() throws {
        for scene in SceneParameters.Scene.allCases {
            let day = try KitchenScene(Self.small(scene)).frame(at: 50)
            let night = try KitchenScene(Self.small(scene, people: 0, light: .night)).frame(at: 50)
            #expect((100...190).contains(day.picture.meanLuma))
            #expect((30...120).contains(night.picture.meanLuma))
            #expect(night.picture.packed().dropFirst(320 * 180).allSatisfy { $0 == 128 })
            #expect(day.picture.packed().dropFirst(320 * 180).contains { abs(Int($0) - 128) > 20 })
        }
    }
}

extension Picture {
    /// The three planes without padding.
    func packed() -> [UInt8] {
        withPlanes { y, u, v in
            var bytes: [UInt8] = []
            for row in 0..<height { for column in 0..<width { bytes.append(y[row * lumaStride + column]) } }
            for row in 0..<chromaHeight {
                for column in 0..<chromaWidth { bytes.append(u[row * chromaStride + column]) }
            }
            for row in 0..<chromaHeight {
                for column in 0..<chromaWidth { bytes.append(v[row * chromaStride + column]) }
            }
            return bytes
        }
    }

    var meanLuma: Int { packed().prefix(width * height).reduce(0) { $0 + Int($1) } / (width * height) }
}
