import Domain
public import Hummingbird
import Logging
import NIOCore
import Supervision

/// What is known of a request besides the request itself.
public struct WebContext: RequestContext, Sendable {
    public var coreContext: CoreRequestContextStorage
    /// The peer's address, without port; a reverse proxy's word for it when the site trusts one.
    var remoteAddress: String
    var language = Language.simplifiedChinese
    var isRailNarrow = false
    /// nil = nobody is signed in.
    var visitor: Visitor?
    /// Why a program opens recordings: it has no session in which to say so once.
    var viewingReason: ViewingReason?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// What the log names this request by. A log that keeps no metadata has none.
    var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "—" }

    /// Forms are small; files of cases go straight to the disk.
    public var maxUploadSize: Int { 64 << 10 }

    /// Who is signed in.
    /// - Throws: ``WebError/signInNeeded``
    func signedIn() throws(WebError) -> Visitor {
        guard let visitor else { throw .signInNeeded }
        return visitor
    }

    func principal() throws(WebError) -> Principal { .person(try signedIn().person) }

    /// - Throws: ``WebError/notPermitted`` unless the visitor may do that.
    func require(_ permission: Permission) throws(WebError) {
        guard try principal().may(permission) else { throw .notPermitted }
    }

    /// A parameter of the path. Something that is no identifier is an address that leads nowhere.
    func parameter<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(WebError) -> Value {
        guard let text = parameters.get(name), let value = Value(text) else { throw .notFound }
        return value
    }
}

/// Somebody who is signed in.
struct Visitor: Sendable {
    let person: Person
    /// Of the session, or of the API.
    let token: Secret
    /// nil for a session.
    let apiToken: APIToken?
    /// What every form of this session carries, so that no other site can send one in this person's name.
    let formToken: String

    init(person: Person, token: Secret, apiToken: APIToken? = nil) {
        self.person = person
        self.token = token
        self.apiToken = apiToken
        formToken = FormToken.text(for: token)
    }
}

extension Visitor {
    /// Whether this visitor is told of what that scope opens. A session is narrowed by nothing but its person's role.
    func has(_ scope: Scope) -> Bool { apiToken.map { $0.scopes.contains(scope) } ?? true }
}

extension Site {
    /// Who the visitor of a long connection is by now; nil when session or token have ended.
    func person(of visitor: Visitor, from remoteAddress: String) async throws -> Person? {
        guard visitor.apiToken != nil else { return try await supervision.signIn.person(forToken: visitor.token) }
        return try await supervision.tokens.holder(of: visitor.token, from: remoteAddress)?.person
    }
}
