import CPostgres

extension StoreError {
    /// From a result that is an error. Keeps the server's message, which names tables and columns, and leaves out its
    /// details, which name values.
    init(result: OpaquePointer?, doing: String) {
        let code = PQresultErrorField(result, shim_diag_sqlstate).map { String(cString: $0) } ?? ""
        let message = PQresultErrorField(result, shim_diag_message).map { String(cString: $0) }
        self.init(Self.kind(ofSQLState: code), doing: doing, detail: message ?? "")
    }

    /// Appendix A of PostgreSQL's manual: https://www.postgresql.org/docs/15/errcodes-appendix.html
    static func kind(ofSQLState code: String) -> Kind {
        switch code {
        case "23505": return .notUnique
        case "23503", "23001": return .reference
        case "53100": return .diskFull
        case "53300": return .tooManyConnections
        case "58030": return .diskFailure
        case "XX001", "XX002": return .damaged
        case "25006": return .readOnly
        case "40001", "40P01": return .conflict
        case "42501": return .notAllowed
        case "3D000": return .cannotOpen
        case "55P03": return .locked
        case "57P01", "57P02", "25P03": return .connectionLost
        case "57P03": return .cannotConnect
        default: break
        }
        switch code.prefix(2) {
        case "08": return .connectionLost
        case "22", "23": return .check
        case "28": return .signInRefused
        case "53": return .serverExhausted
        default: return .failed
        }
    }

    /// From a connection that could not be made: libpq tells the server's words, but not its SQLSTATE.
    init(connecting raw: OpaquePointer?, to address: ServerAddress) {
        let message = raw.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
        let detail = address.withoutSecrets(message).split { $0 == "\n" || $0 == "\t" }.joined(separator: "; ")
        self.init(Self.kind(ofRefusal: message), doing: "connecting to the database", detail: detail)
    }

    private static func kind(ofRefusal message: String) -> Kind {
        let kinds: [(String, Kind)] = [
            ("too many clients already", .tooManyConnections), ("too many connections for", .tooManyConnections),
            ("remaining connection slots are reserved", .tooManyConnections),
            ("authentication failed", .signInRefused), ("no password supplied", .signInRefused),
            ("no pg_hba.conf entry", .signInRefused), ("\" is not permitted to log in", .signInRefused),
            ("role \"", .signInRefused), ("database \"", .cannotOpen), ("session is read-only", .readOnly),
        ]
        return kinds.first { message.contains($0.0) }?.1 ?? .cannotConnect
    }
}
