public import Bitstream
public import Domain
import FFmpeg

/// A simulated kitchen as a coded stream with the truth of each picture, as fast as it can be drawn: for tests and
/// measurements, which can't wait for the clock as ``SimulatorSource`` does.
public struct SceneFilm: Sendable {
    private static let keyframeSeconds = 2
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
        var encoder = try Encoder.open(
            .init(
                width: parameters.width, height: parameters.height, framesPerSecond: Double(rate),
                keyframeInterval: rate * Self.keyframeSeconds,
                rate: parameters.bitRate.map { .bitRate($0) } ?? .quality(26), preset: .superfast))
        let first = Int(start * Double(rate))
        for index in 0..<Int(seconds * Double(rate)) {
            let frame = try scene.frame(at: first + index)
            let isKey = index.isMultiple(of: rate * Self.keyframeSeconds)
            let time = Time90k(ticks: Int64(index) * 90_000 / Int64(rate))
            for unit in try encoder.encode(frame.picture, at: time, isKey: isKey) { try body(unit, frame.truth) }
        }
    }
}
