/// The `Session` field (RFC 2326 §12.37): `12345678;timeout=60`.
struct SessionHeader: Hashable, Sendable {
    /// RFC 2326 §12.37: what holds when nothing is said.
    static let defaultTimeout = Duration.seconds(60)

    let id: String
    let timeout: Duration

    /// nil without an identifier.
    init?(_ field: String) {
        let parts = field.split(separator: ";").map { $0.trimmed() }
        guard let id = parts.first, !id.isEmpty else { return nil }
        self.id = id
        let seconds = parts.dropFirst().compactMap { part -> Int? in
            guard part.hasPrefixIgnoringCase("timeout") else { return nil }
            return part.firstIndex(of: "=").flatMap { Int(part[part.index(after: $0)...].trimmed()) }
        }
        timeout = seconds.first.flatMap { $0 > 0 ? .seconds(min($0, 86_400)) : nil } ?? Self.defaultTimeout
    }
}
