public import Domain

/// Where records are kept: a file of this machine, or a PostgreSQL server.
public enum RecordsAddress: Hashable, Sendable {
    /// A path.
    case file(String)
    /// `postgres://…` or `postgresql://…` as libpq reads it, perhaps with a password.
    case server(Secret)

    /// - Parameter folder: Where a path that is not absolute begins.
    /// - Throws: ``StoreError/Kind/badAddress`` for a server's address that can't be read.
    public init(parsing text: String, in folder: String) throws(StoreError) {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            self = .file(text.hasPrefix("/") ? text : folder + "/" + text)
            return
        }
        _ = try ServerAddress(Secret(text))
        self = .server(Secret(text))
    }
}
