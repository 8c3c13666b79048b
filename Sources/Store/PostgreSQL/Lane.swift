import Dispatch

/// A thread and the one connection that it uses, made when it is needed.
///
/// `@unchecked`: `session` and `isClosed` are only touched on `queue`.
final class Lane: @unchecked Sendable {
    let queue: DispatchQueue
    private let connect: @Sendable () throws(StoreError) -> PostgreSQLSession
    private var session: PostgreSQLSession?
    private var isClosed = false

    init(_ name: String, connect: @escaping @Sendable () throws(StoreError) -> PostgreSQLSession) {
        queue = DispatchQueue(label: name)
        self.connect = connect
    }

    /// It may have broken since it was used: that shows only when it is used.
    func connected() throws(StoreError) -> PostgreSQLSession {
        if let session, !session.isLost { return session }
        session = nil
        guard !isClosed else { throw StoreError(.failed, doing: "asking the database", detail: "it was closed") }
        let session = try connect()
        self.session = session
        return session
    }

    /// Whoever asks afterwards is refused.
    func close() {
        session = nil
        isClosed = true
    }
}
