/// Why a stream could not be had or ended, in kinds that a person can act on.
///
/// `detail` is for the log and the settings page (a server's own words, a codec's name); it never holds credentials.
public struct SourceFailure: Error, Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// The camera refused user name or password (401 after we answered its challenge, 403).
        case wrongPassword
        /// The camera asks for a password and none is set.
        case passwordNeeded
        /// Nothing listens on that port.
        case refused
        /// No way to that address, or nobody answered in time.
        case noRoute
        case hostUnknown
        /// The TLS handshake failed.
        case insecure
        /// The camera knows no such path (404), or the file is not there.
        case notFound
        /// It answers, but offers no video.
        case notVideo
        /// Video in a codec that we can't carry (H.263, MJPEG, …): `detail` names it.
        case unsupportedCodec
        /// No packet for ten seconds.
        case stalled
        /// The other side closed the stream.
        case ended
        /// The camera answered with an error or with something that is no RTSP: `detail` has it.
        case protocolError
        /// Reading a file or an encoder failed: `detail` has it.
        case internalError
    }

    public var kind: Kind
    public var detail: String

    public init(_ kind: Kind, detail: String = "") {
        self.kind = kind
        self.detail = detail
    }
}
