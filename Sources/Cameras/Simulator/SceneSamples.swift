public import Domain
import FFmpeg

/// Pictures of a simulated kitchen with their ground truth: what models are trained and tested on besides real ones.
public struct SceneSamples {
    public struct Sample: Sendable {
        public let jpeg: [UInt8]
        public let truth: SceneTruth
    }

    private let scene: KitchenScene

    /// - Throws: See ``SceneParameters/init(_:)``.
    public init(_ address: SourceAddress) throws(SourceFailure) {
        scene = KitchenScene(try SceneParameters(address))
    }

    public var width: Int { scene.parameters.width }
    public var height: Int { scene.parameters.height }

    /// What the camera sees `time` after the scene's beginning.
    ///
    /// - Parameter quality: Of the JPEG, 1…100.
    public func sample(at time: Duration, quality: Int = 85) throws(SourceFailure) -> Sample {
        do throws(FFmpegError) {
            let index = Int((time.inSeconds * Double(scene.parameters.framesPerSecond)).rounded())
            let frame = try scene.frame(at: index)
            var encoder = try JPEGEncoder.open(width: width, height: height, quality: quality)
            return Sample(jpeg: try encoder.encode(frame.picture), truth: frame.truth)
        } catch {
            throw SourceFailure(.internalError, detail: error.description)
        }
    }
}
