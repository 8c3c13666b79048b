import CPostgres
import Domain

/// A server's address as libpq reads it, and what of it must never be shown.
struct ServerAddress: Sendable {
    let uri: Secret
    /// What libpq read in it, by its own names.
    private let options: [(name: String, value: String)]
    private static let secretNames = ["password", "sslpassword"]

    /// - Throws: ``StoreError/Kind/badAddress``, never with libpq's words: they quote what may be the password.
    init(_ uri: Secret) throws(StoreError) {
        self.uri = uri
        guard let parsed = PQconninfoParse(uri.reveal(), nil) else { throw Self.unreadable }
        defer { PQconninfoFree(parsed) }
        var options: [(name: String, value: String)] = []
        var option = parsed
        while let name = option.pointee.keyword {
            if let value = option.pointee.val {
                options.append((String(cString: name), String(cString: value)))
            }
            option += 1
        }
        self.options = options
        // An @ or a / in a password that is not written %40 or %2F: libpq takes parts of it for host, port or database.
        let ports = value("port") ?? ""
        guard value("host")?.contains("@") != true, value("dbname")?.contains("@") != true,
            ports.utf8.allSatisfy({ $0 == UInt8(ascii: ",") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw Self.unreadable }
    }

    /// The server's or a tool's words without any password.
    func withoutSecrets(_ text: String) -> String {
        var text = text
        for name in Self.secretNames {
            if let secret = value(name), !secret.isEmpty { text = text.replacing(secret, with: "•••") }
        }
        return text
    }

    /// For another program's arguments, which every user of the machine can see: without passwords.
    var openly: String {
        options.filter { !Self.secretNames.contains($0.name) }.map { name, value in
            let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
            return "\(name)='\(String(escaped))'"
        }.joined(separator: " ")
    }

    /// For another program's environment, which only this user can see.
    var password: Secret? { value("password").map { Secret($0) } }

    private func value(_ name: String) -> String? { options.first { $0.name == name }?.value }

    private static let unreadable = StoreError(
        .badAddress, doing: "reading the address of the records",
        detail: "expected postgres://USER:PASSWORD@HOST:5432/DATABASE; write @ as %40, / as %2F, : as %3A, % as %25")
}
