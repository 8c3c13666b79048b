import Domain
import FFmpeg

extension SourceFailure {
    init(ofFile error: FFmpegError) {
        self.init(error, timedOut: .internalError, unknown: .internalError)
    }

    /// - Parameter hasCredentials: Whether the camera was shown a password that it can have found wrong.
    init(ofCamera error: FFmpegError, hasCredentials: Bool, isOpen: Bool) {
        self.init(error, timedOut: isOpen ? .stalled : .noRoute, unknown: .protocolError)
        if error.kind == .unauthorized && !hasCredentials { kind = .passwordNeeded }
    }

    private init(_ error: FFmpegError, timedOut: Kind, unknown: Kind) {
        switch error.kind {
        case .unsupportedCodec: self.init(.unsupportedCodec, detail: error.detail)
        case .noVideo: self.init(.notVideo, detail: error.detail)
        case .invalidData: self.init(.notVideo, detail: error.description)
        case .notFound: self.init(.notFound, detail: error.detail)
        case .connectionRefused: self.init(.refused, detail: error.detail)
        case .unreachable: self.init(.noRoute, detail: error.detail)
        case .timedOut: self.init(timedOut, detail: error.detail)
        case .unauthorized, .forbidden: self.init(.wrongPassword, detail: error.detail)
        case .endOfStream: self.init(.ended, detail: error.detail)
        case .refusedByServer: self.init(.protocolError, detail: error.detail)
        case .cancelled, .missingCodec, .other: self.init(unknown, detail: error.description)
        }
    }
}
