/// What lets a program ask the API in somebody's name, without the secret itself. (访问令牌)
public struct APIToken: Hashable, Sendable {
    public let id: APITokenID
    public var person: PersonID
    /// What its owner calls it.
    public var name: String
    public var scopes: Set<Scope>
    public var created: UTCTime
    public var expires: UTCTime
    /// Within some minutes; nil = never.
    public var lastUsed: UTCTime?

    public init(
        id: APITokenID, person: PersonID, name: String, scopes: Set<Scope>, created: UTCTime, expires: UTCTime,
        lastUsed: UTCTime? = nil
    ) {
        self.id = id
        self.person = person
        self.name = name
        self.scopes = scopes
        self.created = created
        self.expires = expires
        self.lastUsed = lastUsed
    }
}
