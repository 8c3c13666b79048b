import Cameras
import Domain
import Hummingbird
import Logging
import NIOCore
import Supervision

/// What went wrong, in words for the person who asked.
struct Problem: Sendable {
    var status: HTTPResponse.Status
    var code: String
    /// What happened.
    var title: String
    /// What to do next.
    var advice: String
    /// Where to do what the advice says.
    var address: String?
    var headers: HTTPFields = [:]

    init(status: HTTPResponse.Status, code: String, detail: String? = nil, words: Words) {
        self.status = status
        self.code = code
        title = detail ?? words("problem.\(code).title")
        advice = words("problem.\(code).advice")
    }

    /// nil for an error that nobody foresaw.
    init?(_ error: any Error, words: Words) {
        switch error {
        case let error as WebError: self.init(error, words: words)
        case let error as SupervisionError: self.init(error, words: words)
        case let error as SourceFailure:
            self.init(status: .serviceUnavailable, code: "notLive", detail: words(error.kind), words: words)
        case let error as LiveError:
            switch error {
            case .gone: self.init(WebError.notLive, words: words)
            case .badRequest: self.init(WebError.badRequest("livePlace"), words: words)
            }
        case let fault as CaseForm.FileFault:
            self.init(status: fault.status, code: "file", detail: words(fault), words: words)
        case PlaybackError.nothingRecorded: self.init(WebError.nothingRecorded, words: words)
        case PlaybackError.fileMissing: self.init(WebError.fileMissing, words: words)
        case is NIOTooManyBytesError: self.init(status: .contentTooLarge, code: "tooLarge", words: words)
        case let error as HTTPError where error.status.kind == .clientError:
            self.init(status: error.status, code: error.status == .notFound ? "notFound" : "badRequest", words: words)
        default: return nil
        }
    }

    init(_ error: WebError, words: Words) {
        var detail: String?
        switch error {
        case .badRequest(let code): detail = words("bad.\(code)")
        case .badMember(let name): detail = words("problem.badMember.detail", ["name": name])
        case .scopeMissing(let scope?): detail = words("problem.scopeMissing.detail", ["scope": scope.rawValue])
        case .spanTooLong(let hours):
            detail = words("problem.spanTooLong.detail", ["hours": "\(hours)"])
        default: break
        }
        self.init(status: error.status, code: error.code, detail: detail, words: words)
        if case .rangeNotSatisfiable(let size) = error { headers[.contentRange] = "bytes */\(size)" }
        if error == .notLive { headers[.retryAfter] = "5" }
        // RFC 6750 §3.1.
        if error == .badToken { headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\"" }
        if case .scopeMissing(let scope) = error {
            headers[.wwwAuthenticate] =
                "Bearer error=\"insufficient_scope\"" + (scope.map { ", scope=\"\($0.rawValue)\"" } ?? "")
        }
    }

    init(_ error: SupervisionError, words: Words) {
        switch error {
        case .notPermitted: self.init(WebError.notPermitted, words: words)
        case .notFound: self.init(WebError.notFound, words: words)
        case .invalid(let field, let flaw):
            self.init(status: .unprocessableContent, code: "invalid", detail: words(field, flaw), words: words)
        case .conflict(let conflict):
            self.init(status: .conflict, code: "conflict", detail: words(conflict), words: words)
        case .refused(.conflict(let current)):
            self.init(
                status: .conflict, code: "changed", detail: words(CaseRefusal.conflict(current: current)), words: words)
        case .reasonNeeded(let cameras):
            self.init(status: .preconditionRequired, code: "reasonNeeded", words: words)
            address = SiteURL.viewingReason.with([("cameras", cameras.map { "\($0)" }.joined(separator: ","))])
        case .inspection(let fault):
            self.init(
                status: fault.isConflict ? .conflict : .unprocessableContent,
                code: fault.isConflict ? "changed" : "refused", detail: words(fault), words: words)
        case .refused(let refusal):
            self.init(status: .unprocessableContent, code: "refused", detail: words(refusal), words: words)
        case .activity(let refusal):
            self.init(status: .unprocessableContent, code: "refused", detail: words(refusal), words: words)
        case .keyUsed: self.init(status: .unprocessableContent, code: "keyUsed", words: words)
        case .wrongCredentials: self.init(status: .unauthorized, code: "wrongCredentials", words: words)
        case .tooManyAttempts(let wait):
            self.init(
                status: .tooManyRequests, code: "tooManyAttempts",
                detail: words("problem.tooManyAttempts.detail", ["time": words(wait)]), words: words)
            headers[.retryAfter] = "\(max(1, wait.inMilliseconds / 1000))"
        case .busy:
            self.init(status: .serviceUnavailable, code: "busy", words: words)
            headers[.retryAfter] = "2"
        }
    }
}

extension Problem {
    /// As the API tells it.
    func members(request: String) -> [(key: String, value: JSON)] {
        [
            ("code", .string(code)), ("message", .string(title)), ("advice", .string(advice)),
            ("request", .string(request)),
        ] + (address.map { [("address", .string($0))] } ?? [])
    }
}

extension CaseForm.FileFault {
    fileprivate var status: HTTPResponse.Status {
        switch failure {
        case .tooLarge: .contentTooLarge
        case .unknownType: .unsupportedMediaType
        case .empty: .unprocessableContent
        case .diskFull, .disk: .init(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }
}
