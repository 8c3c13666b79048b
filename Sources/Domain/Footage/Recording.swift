/// A recorded file: a few minutes of one camera, one format, no gap inside. (录像文件)
public struct RecordedFile: Hashable, Sendable {
    public var camera: CameraID
    /// Below the recording root: `<camera>/<date>/<HH-MM-SS>.mp4`, in the territory's time. The file's name in the index.
    public var path: String
    public var start: UTCTime
    /// Of its pictures so far.
    public var duration: Duration
    /// What the index knows of; a file being written may hold more.
    public var sizeBytes: Int64
    /// `ftyp` + `moov` (and our own box): the file's first `initBytes` bytes.
    public var initBytes: Int
    /// RFC 6381, as in `avc1.64001F`, `hvc1.1.6.L93.B0`.
    public var codecs: String
    public var width: Int
    public var height: Int

    public init(
        camera: CameraID, path: String, start: UTCTime, duration: Duration, sizeBytes: Int64, initBytes: Int,
        codecs: String, width: Int, height: Int
    ) {
        self.camera = camera
        self.path = path
        self.start = start
        self.duration = duration
        self.sizeBytes = sizeBytes
        self.initBytes = initBytes
        self.codecs = codecs
        self.width = width
        self.height = height
    }

    public var span: TimeSpan { TimeSpan(start: start, duration: duration) }
}

/// A run of fragments that starts on a keyframe: the unit of the index, of playlists and of proof. (分段)
public struct RecordedSegment: Hashable, Sendable {
    public var camera: CameraID
    public var path: String
    public var start: UTCTime
    public var duration: Duration
    public var offset: Int64
    public var length: Int
    /// 32 bytes, over exactly the segment's bytes in the file.
    public var sha256: [UInt8]

    public init(
        camera: CameraID, path: String, start: UTCTime, duration: Duration, offset: Int64, length: Int,
        sha256: [UInt8]
    ) {
        self.camera = camera
        self.path = path
        self.start = start
        self.duration = duration
        self.offset = offset
        self.length = length
        self.sha256 = sha256
    }

    public var span: TimeSpan { TimeSpan(start: start, duration: duration) }
}

/// A stretch with no footage although the camera should have been recorded. (录像缺口)
public struct RecordingGap: Hashable, Sendable {
    public enum Reason: String, Sendable, CaseIterable, Codable {
        /// The camera was not connected; the ledger and the status say why.
        case offline
        /// The picture's format changed, or its clock jumped: the file had to be cut.
        case streamRestarted
        /// The program was not running.
        case notRunning
        case diskFull
        case diskFailure
        /// The disk could not keep up and a bounded queue overflowed.
        case diskTooSlow
        /// This machine's clock was set: footage after it stands under the new time.
        case clockStepped
        /// Recording was switched off by an administrator.
        case switchedOff
    }

    public var camera: CameraID
    public var span: TimeSpan
    public var reason: Reason

    public init(camera: CameraID, span: TimeSpan, reason: Reason) {
        self.camera = camera
        self.span = span
        self.reason = reason
    }
}

/// Footage that retention must not delete. (受保护的录像)
public struct ProtectedSpan: Hashable, Sendable {
    public var camera: CameraID
    public var span: TimeSpan
    public var reason: String

    public init(camera: CameraID, span: TimeSpan, reason: String) {
        self.camera = camera
        self.span = span
        self.reason = reason
    }
}

/// What the recorder tells the index, in the order in which it happened on disk.
public enum RecordingChange: Hashable, Sendable {
    case opened(RecordedFile)
    case segment(RecordedSegment)
    case gap(RecordingGap)
    /// The file is whole: its trailer is written.
    case closed(camera: CameraID, path: String, sizeBytes: Int64)
}
