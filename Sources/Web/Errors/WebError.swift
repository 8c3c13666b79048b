import Domain
import Hummingbird

/// Why a request can't be answered as asked, in kinds that pages and API put into words.
enum WebError: Error, Hashable, Sendable {
    case signInNeeded
    case passwordChangeNeeded
    case notPermitted
    case notFound
    /// A parameter can't be taken as it is; the code names a string `bad.<code>`.
    case badRequest(String)
    case crossSite
    /// A member of a JSON body is missing, unknown, or can't be taken as it is.
    case badMember(String)
    /// No token of ours, or one that has expired or was revoked.
    case badToken
    /// Tokens are for the API alone.
    case tokenOnlyForAPI
    /// The token does not open this.
    case scopeMissing(Scope?)
    /// A write that does not say what its author saw.
    case preconditionNeeded
    /// A form without this session's token.
    case staleForm
    case wrongContentType
    case rangeNotSatisfiable(size: Int64)
    /// There is no live picture of this camera now.
    case notLive
    case nothingRecorded
    /// The index has the footage, the disk doesn't.
    case fileMissing
    /// The records have the evidence, the disk doesn't.
    case evidenceMissing
    /// It is on the disk, with other bytes than those that were kept.
    case evidenceChanged
    /// A PDF can't be made here: the log says why.
    case documentFailed
    /// Another try-out of analysis settings is running.
    case trialRunning
    /// Longer than one request may ask for.
    case spanTooLong(maximumHours: Int)

    var status: HTTPResponse.Status {
        switch self {
        case .signInNeeded, .badToken: .unauthorized
        case .passwordChangeNeeded, .notPermitted, .crossSite, .staleForm, .tokenOnlyForAPI, .scopeMissing: .forbidden
        case .notFound, .nothingRecorded, .fileMissing, .evidenceMissing: .notFound
        case .badRequest, .badMember, .spanTooLong: .badRequest
        case .preconditionNeeded: .preconditionRequired
        case .wrongContentType: .unsupportedMediaType
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .notLive, .trialRunning, .documentFailed: .serviceUnavailable
        case .evidenceChanged: .conflict
        }
    }

    /// The name in the API and in the catalogue: `problem.<code>.title` and `problem.<code>.advice`.
    var code: String {
        switch self {
        case .signInNeeded: "signInNeeded"
        case .passwordChangeNeeded: "passwordChangeNeeded"
        case .notPermitted: "notPermitted"
        case .notFound: "notFound"
        case .badRequest, .badMember: "badRequest"
        case .badToken: "badToken"
        case .tokenOnlyForAPI: "tokenOnlyForAPI"
        case .scopeMissing: "scopeMissing"
        case .preconditionNeeded: "preconditionNeeded"
        case .crossSite: "crossSite"
        case .staleForm: "staleForm"
        case .wrongContentType: "wrongContentType"
        case .rangeNotSatisfiable: "rangeNotSatisfiable"
        case .notLive: "notLive"
        case .nothingRecorded: "nothingRecorded"
        case .fileMissing: "fileMissing"
        case .evidenceMissing: "evidenceMissing"
        case .evidenceChanged: "evidenceChanged"
        case .documentFailed: "documentFailed"
        case .trialRunning: "trialRunning"
        case .spanTooLong: "spanTooLong"
        }
    }
}
