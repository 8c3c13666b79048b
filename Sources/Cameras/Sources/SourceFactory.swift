public import Domain
public import Logging
public import NIOCore
import RTSP

/// Makes the source of a camera's stream, by the scheme of its address and the camera's settings.
public struct SourceFactory: Sendable {
    private let eventLoops: any EventLoopGroup
    private let time: TimeSource
    private let log: Logger

    public init(eventLoops: any EventLoopGroup, time: TimeSource, log: Logger) {
        self.eventLoops = eventLoops
        self.time = time
        self.log = log
    }

    /// - Throws: `SourceFailure` for an address that can't be used, as a simulator's with unknown parameters.
    func source(_ camera: Camera, _ kind: StreamKind) throws(SourceFailure) -> any Source {
        let address = kind == .sub ? camera.sub ?? camera.main : camera.main
        switch address.scheme {
        case .sim: return try SimulatorSource(address, time: time)
        case .file: return FileSource(path: address.path)
        case .rtsp, .rtsps:
            var log = log
            log[metadataKey: "camera"] = "\(camera.id)"
            switch camera.client {
            case .compatible:
                return CompatibleSource(
                    address: address, credentials: camera.credentials, transport: camera.transport,
                    verifiesCertificate: camera.verifiesCertificate)
            case .native:
                return RTSPCameraSource(
                    client: RTSPSource(
                        address: address, credentials: camera.credentials, transport: camera.transport,
                        verifiesCertificate: camera.verifiesCertificate, eventLoopGroup: eventLoops, time: time,
                        logger: log))
            }
        }
    }
}

/// Our own RTSP client as a source.
private struct RTSPCameraSource: Source {
    let client: RTSPSource

    func run(deliver: @escaping @Sendable (SourceEvent) -> Void) async throws(SourceFailure) {
        try await client.run { event in
            switch event {
            case .accessUnit(let unit): deliver(.accessUnit(unit))
            case .damaged(let count): deliver(.damaged(count))
            case .clockOffset(let offset): deliver(.clockOffset(offset))
            }
        }
    }
}
