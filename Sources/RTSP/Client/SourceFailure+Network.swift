import Domain
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension SourceFailure {
    /// Why no connection came about.
    static func connecting(_ error: any Error) -> SourceFailure {
        switch error {
        case let failure as SourceFailure: return failure
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return connecting(first.error) }
            return SourceFailure(.hostUnknown, detail: error.host.printable(limit: 100))
        case let error as ChannelError:
            if case .connectTimeout = error { return SourceFailure(.noRoute, detail: "no answer to the connection") }
            return SourceFailure(.noRoute, detail: "\(error)")
        case let error as IOError: return io(error)
        default: return tls(error) ?? SourceFailure(.noRoute, detail: "\(error)".printable(limit: 200))
        }
    }

    /// Why a connection broke.
    ///
    /// - Parameter isSecured: the TLS handshake is over.
    static func broken(_ error: any Error, isSecured: Bool) -> SourceFailure {
        // Cameras rarely take their leave of TLS.
        if isSecured, let error = error as? NIOSSLError, error == .uncleanShutdown {
            return SourceFailure(.ended, detail: "closed without a TLS goodbye")
        }
        if let failure = tls(error) { return failure }
        if let error = error as? IOError { return SourceFailure(.ended, detail: words(error.errnoCode)) }
        return SourceFailure(.ended, detail: "\(error)".printable(limit: 200))
    }

    private static func io(_ error: IOError) -> SourceFailure {
        SourceFailure(error.errnoCode == ECONNREFUSED ? .refused : .noRoute, detail: words(error.errnoCode))
    }

    private static func tls(_ error: any Error) -> SourceFailure? {
        guard error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError else { return nil }
        return SourceFailure(.insecure, detail: "\(error)".printable(limit: 200))
    }

    static func words(_ code: CInt) -> String { String(cString: strerror(code)) }
}
