public import Domain

/// The server that takes our mail.
public struct MailSettings: Sendable, Hashable {
    public enum Encryption: String, Sendable, Hashable, CaseIterable {
        /// TLS from the first byte (RFC 8314 §3.3; port 465).
        case tls
        /// TLS after STARTTLS (RFC 3207; port 587). Never without it.
        case startTLS = "starttls"
        /// For a server on this machine or in the same rack.
        case none
    }

    public var host: String
    public var port: Int
    public var encryption: Encryption
    /// nil = the server wants none.
    public var credentials: Credentials?
    /// The mail address in From and MAIL FROM.
    public var from: String
    /// The name in From; "" = none.
    public var name: String

    public init(
        host: String, port: Int, encryption: Encryption = .tls, credentials: Credentials? = nil, from: String,
        name: String = ""
    ) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.credentials = credentials
        self.from = from
        self.name = name
    }
}
