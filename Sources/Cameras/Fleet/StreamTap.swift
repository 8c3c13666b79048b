public import Bitstream
public import Domain

/// Somebody who reads the cameras' access units along, as they come: the analysis.
public protocol StreamTap: Sendable {
    /// Called by the source's thread or event loop, one call at a time for each stream; must not block.
    ///
    /// - Parameter wall: when the picture was taken.
    func receive(_ unit: AccessUnit, of camera: CameraID, _ stream: StreamKind, wall: UTCTime)
    /// The connection was lost, or the stream's time line was cut: what comes next begins anew.
    func interrupt(_ camera: CameraID, _ stream: StreamKind)
}

/// Several that read along, each on its own.
public struct StreamTaps: StreamTap {
    private let all: [any StreamTap]

    public init(_ all: [any StreamTap]) { self.all = all }

    public func receive(_ unit: AccessUnit, of camera: CameraID, _ stream: StreamKind, wall: UTCTime) {
        for tap in all { tap.receive(unit, of: camera, stream, wall: wall) }
    }

    public func interrupt(_ camera: CameraID, _ stream: StreamKind) {
        for tap in all { tap.interrupt(camera, stream) }
    }
}
