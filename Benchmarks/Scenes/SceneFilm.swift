import Bitstream
import Cameras
import Domain
import FFmpeg

/// A coded stream of a simulated kitchen, picture by picture, with the truth of each: as fast as it can be drawn.
struct SceneFilm {
    let parameters: SceneParameters

    /// - Parameter address: `sim://…`
    init(_ address: String) throws {
        parameters = try SceneParameters(SourceAddress.parse(address).address)
    }

    /// - Parameters:
    ///   - start, seconds: of the scene's own time.
    func run(from start: Double = 0, seconds: Double, _ body: (AccessUnit, SceneTruth) throws -> Void) throws {
        let scene = KitchenScene(parameters)
        let rate = parameters.framesPerSecond
        var encoder = try Encoder.open(
            .init(
                width: parameters.width, height: parameters.height, framesPerSecond: Double(rate),
                keyframeInterval: rate * 2, rate: parameters.bitRate.map { .bitRate($0) } ?? .quality(26),
                preset: .superfast))
        let first = Int(start * Double(rate))
        for index in 0..<Int(seconds * Double(rate)) {
            let frame = try scene.frame(at: first + index)
            let time = Time90k(ticks: Int64(index) * 90_000 / Int64(rate))
            for unit in try encoder.encode(frame.picture, at: time, isKey: index.isMultiple(of: rate * 2)) {
                try body(unit, frame.truth)
            }
        }
    }
}
