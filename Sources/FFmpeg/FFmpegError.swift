import CFFmpeg
import Glibc

/// What FFmpeg could not do.
///
/// Holds no address: FFmpeg is told addresses with passwords in them, and nothing of them comes back.
public struct FFmpegError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The caller's ``Interruption`` was cancelled.
        case cancelled
        /// The deadline passed.
        case timedOut
        case connectionRefused
        case unreachable
        /// RTSP or HTTP 401.
        case unauthorized
        /// RTSP or HTTP 403.
        case forbidden
        /// RTSP or HTTP 404, or no such file.
        case notFound
        /// Another error status of RTSP or HTTP.
        case refusedByServer
        case endOfStream
        /// Bytes that are not what they claim to be.
        case invalidData
        /// A readable file or stream with no video in it.
        case noVideo
        /// Video in a codec that can't be carried; `detail` is its name.
        case unsupportedCodec
        /// This build of FFmpeg lacks the named encoder or decoder.
        case missingCodec
        case other
    }

    public let kind: Kind
    /// What was being done, in a few words.
    public let action: String
    /// FFmpeg's words for the error, or the name of the thing at fault.
    public let detail: String

    public var description: String { "\(action): \(detail)" }

    init(_ kind: Kind, while action: String, detail: String) {
        self.kind = kind
        self.action = action
        self.detail = detail
    }

    /// From an error code of FFmpeg.
    init(_ code: CInt, while action: String) {
        var text = [CChar](repeating: 0, count: 128)
        av_strerror(code, &text, text.count)
        let words = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        self.init(Self.kind(of: code), while: action, detail: String(decoding: words, as: UTF8.self))
    }

    /// Throws when `code` is negative; else returns it.
    @discardableResult
    static func check(_ action: String, _ code: CInt) throws(FFmpegError) -> CInt {
        guard code < 0 else { return code }
        throw FFmpegError(code, while: action)
    }

    /// A unit that was to be a keyframe decoded to nothing.
    public static let noPicture = FFmpegError(.invalidData, while: "decoding", detail: "no picture came out")

    static func outOfMemory(while action: String) -> FFmpegError { FFmpegError(shim_error_no_memory, while: action) }

    private static func kind(of code: CInt) -> Kind {
        switch code {
        case shim_error_eof: .endOfStream
        case shim_error_exit: .cancelled
        case shim_error_invalid_data, shim_error_demuxer_not_found: .invalidData
        case shim_error_decoder_not_found, shim_error_protocol_not_found: .missingCodec
        case shim_error_http_unauthorized: .unauthorized
        case shim_error_http_forbidden: .forbidden
        case shim_error_http_not_found: .notFound
        case shim_error_http_bad_request, shim_error_http_other, shim_error_http_server: .refusedByServer
        default: kind(ofErrno: shim_errno(code))
        }
    }

    private static func kind(ofErrno number: CInt) -> Kind {
        switch number {
        case ECONNREFUSED: .connectionRefused
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .unreachable
        case ETIMEDOUT: .timedOut
        case ENOENT, ENOTDIR: .notFound
        case ECONNRESET, EPIPE: .endOfStream
        default: .other
        }
    }
}
