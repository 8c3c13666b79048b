import GRDB

extension StoreError {
    /// Keeps the engine's message, which names tables and columns, and leaves out the statement and its values.
    init(_ error: DatabaseError, doing: String) {
        self.init(Self.kind(of: error), doing: doing, detail: error.message ?? "")
    }

    private static func kind(of error: DatabaseError) -> Kind {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: return .notUnique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return .reference
        default: break
        }
        switch error.resultCode {
        case .SQLITE_FULL: return .diskFull
        case .SQLITE_IOERR: return .diskFailure
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked
        case .SQLITE_READONLY, .SQLITE_PERM: return .readOnly
        case .SQLITE_CANTOPEN: return .cannotOpen
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: return .check
        default: return .failed
        }
    }
}
