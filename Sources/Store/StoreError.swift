/// Why records could not be read or kept, in words for the person who runs the machine. Never holds a stored value.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// No space left where the database is.
        case diskFull
        /// The disk or file system failed.
        case diskFailure
        /// Another process kept the database locked for longer than we wait.
        case locked
        /// The file or its folder may not be written by this user.
        case readOnly
        /// The file or its folder does not exist or can't be opened.
        case cannotOpen
        /// The file is no database, or its content is damaged.
        case damaged
        /// A newer version of the program has changed the schema.
        case newerSchema(found: Int, known: Int)
        /// The key that seals cameras' passwords is not the one that this database was made with.
        case wrongKey
        /// The key file is missing, has the wrong length, or may be read by others.
        case badKeyFile
        /// A row with the same unique value exists already.
        case notUnique
        /// It refers to something that is not there, or something else still refers to it.
        case reference
        /// A value that the schema forbids.
        case check
        /// A column holds something that this version can't read.
        case badValue
        /// The footage index knows no such file or camera.
        case unknownFile
        /// The server's address can't be read.
        case badAddress
        /// No server answers, or none of those that answer can be used.
        case cannotConnect
        /// The server has no connection left for us.
        case tooManyConnections
        /// The server refuses the user or the password.
        case signInRefused
        /// The user may sign in, but not do this.
        case notAllowed
        /// The server is of a version or a making that we can't use.
        case unsuitableServer
        /// The server is out of memory or of something else.
        case serverExhausted
        /// The connection broke; nothing of the transaction was kept.
        case connectionLost
        /// The connection broke while the server was asked to commit: the change was kept, or was not.
        case outcomeUnknown
        /// Others changed the same records at the same moment, again and again.
        case conflict
        /// A text holds a NUL, which PostgreSQL can't keep.
        case textWithNUL
        /// A program that is needed for this is not installed.
        case missingTool
        case failed
    }

    public var kind: Kind
    /// What was being done: "opening the database".
    public var doing: String
    /// The engine's own words, or more about the kind.
    public var detail: String

    public init(_ kind: Kind, doing: String, detail: String = "") {
        self.kind = kind
        self.doing = doing
        self.detail = detail
    }

    public var description: String {
        "\(doing): \(words)" + (detail.isEmpty ? "" : " (\(detail))")
    }

    private var words: String {
        switch kind {
        case .diskFull: "the disk is full"
        case .diskFailure: "the disk failed"
        case .locked: "another process has kept the database locked for too long"
        case .readOnly: "the database or its folder can't be written"
        case .cannotOpen: "the database can't be opened"
        case .damaged: "the file is damaged or is no database"
        case .newerSchema(let found, let known):
            "the database was made by a newer version of this program (schema \(found), this one knows \(known))"
        case .wrongKey: "the key file does not belong to this database"
        case .badKeyFile: "the key file can't be used"
        case .notUnique: "such a row exists already"
        case .reference: "something that it refers to is missing, or it is still referred to"
        case .check: "a value is outside of what the schema allows"
        case .badValue: "a column holds a value that this version can't read"
        case .unknownFile: "the footage index knows no such file"
        case .badAddress: "the address can't be read"
        case .cannotConnect: "no server can be used there; is it running, and are host and port right?"
        case .tooManyConnections:
            "the server has no connection left; raise its max_connections, or end what holds them (pg_stat_activity)"
        case .signInRefused: "the server refuses user or password; look at the address and at the server's pg_hba.conf"
        case .notAllowed: "the user may not do this; make it the owner of the database"
        case .unsuitableServer: "this server can't be used"
        case .serverExhausted: "the server is out of memory or of something else"
        case .connectionLost: "the connection to the server broke; nothing was changed"
        case .outcomeUnknown:
            "the connection broke while the change was being kept; it may have been kept or not: look before trying again"
        case .conflict: "others keep changing the same records; try again"
        case .textWithNUL: "a text holds the character NUL, which can't be kept"
        case .missingTool: "a program that this needs is not installed"
        case .failed: "it failed"
        }
    }
}
