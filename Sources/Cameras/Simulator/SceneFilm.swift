public import Bitstream
public import Domain
import FFmpeg

/// A simulated kitchen as a coded stream with the truth of each picture, as fast as it can be drawn: for tests and
/// measurements, which can't wait for the clock as ``SimulatorSource`` does.
public struct SceneFilm: Sendable {
    public let parameters: SceneParameters

    /// - Throws: See ``SceneParameters/init(_:)``.
    public init(_ address: SourceAddress) throws(SourceFailure) { parameters = try SceneParameters(address) }

    /// - Parameters:
    ///   - start: seconds of the scene's own time; the stream's time begins at zero.
    ///   - body: gets each access unit with what its picture shows.
    public func run(
        from start: Double = 0, seconds: Double, _ body: (AccessUnit, SceneTruth) throws -> Void
    ) throws {
        let scene = KitchenScene(parameters)
        let rate = parameters.framesPerSecond
        var encoder = try parameters.openEncoder()
        let first = Int(start * Double(rate))
        for index in 0..<Int(seconds * Double(rate)) {
            let frame = try scene.frame(at: first + index)
            let isKey = index.isMultiple(of: parameters.keyframeInterval)
            let time = parameters.mediaTime(of: index)
            for unit in try encoder.encode(frame.picture, at: time, isKey: isKey) { try body(unit, frame.truth) }
        }
    }
}
