import Bitstream
public import Domain
import FFmpeg

/// A camera in a simulated kitchen: `sim://cooking?people=2&seed=7`.
public struct SimulatorSource: Source {
    private let parameters: SceneParameters
    private let time: TimeSource
    private let zone: TerritoryZone

    /// - Parameter zone: For the clock that is written into the picture.
    public init(_ parameters: SceneParameters, time: TimeSource, zone: TerritoryZone = .shanghai) {
        self.parameters = parameters
        self.time = time
        self.zone = zone
    }

    /// - Throws: See ``SceneParameters/init(_:)``.
    public init(
        _ address: SourceAddress, time: TimeSource, zone: TerritoryZone = .shanghai
    ) throws(SourceFailure) {
        self.init(try SceneParameters(address), time: time, zone: zone)
    }

    public func run(deliver: @escaping @Sendable (SourceEvent) -> Void) async throws(SourceFailure) {
        try await BlockingThread.run("simulator") { (interruption) throws(SourceFailure) in
            do throws(FFmpegError) {
                try film(interruption, deliver)
            } catch {
                throw SourceFailure(.internalError, detail: error.description)
            }
        }
    }

    /// Frames that come due while an earlier one is still being drawn are left out.
    private func film(_ interruption: Interruption, _ deliver: (SourceEvent) -> Void) throws(FFmpegError) {
        let scene = KitchenScene(parameters)
        let framesPerSecond = parameters.framesPerSecond
        var encoder = try parameters.openEncoder()
        var picture = try Picture.blank(width: parameters.width, height: parameters.height)
        let start = Interruption.now
        var index = 0
        var group = -1
        while interruption.sleep(until: start + .seconds(Double(index) / Double(framesPerSecond))) {
            let now = time.now()
            let civil = zone.civil(now)
            scene.draw(frame: index, label: "\(civil.date) \(civil.clock)", into: &picture)
            let isKey = index / parameters.keyframeInterval != group
            group = index / parameters.keyframeInterval
            for unit in try encoder.encode(picture, at: parameters.mediaTime(of: index), isKey: isKey) {
                deliver(.accessUnit(unit.taken(at: now)))
            }
            let due = Int(((Interruption.now - start) / .seconds(1)) * Double(framesPerSecond))
            index = max(index + 1, due)
        }
    }
}

extension AccessUnit {
    fileprivate func taken(at time: UTCTime) -> AccessUnit {
        AccessUnit(
            format: format, decodeTime: decodeTime, compositionOffset: compositionOffset, isKey: isKey, data: data,
            captureTime: time)
    }
}
