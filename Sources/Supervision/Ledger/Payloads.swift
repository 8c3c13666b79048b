import Domain
import Store

/// What the ledger keeps of a thing that was added, and of which the differences are kept when it changes.
/// Never a password, a hash, or any part of an address that may hold one.
extension Person {
    var ledgerPayload: [String: JSON] {
        [
            "account": .string(account), "name": .string(name), "role": .string(role.rawValue),
            "school": school.map { .string($0.description) } ?? .null, "enabled": .bool(isEnabled),
            "township": township.map { .string($0.description) } ?? .null,
            "canteen": canteen.map { .string($0.description) } ?? .null,
        ]
    }
}

extension School {
    var ledgerPayload: [String: JSON] {
        [
            "name": .string(name), "township": township.map { .string($0.description) } ?? .null,
            "kind": kind.map { .string($0.rawValue) } ?? .null,
        ]
    }
}

extension Township {
    var ledgerPayload: [String: JSON] { ["name": .string(name)] }
}

extension Canteen {
    var ledgerPayload: [String: JSON] { ["school": .string(school.description), "name": .string(name)] }
}

extension Area {
    var ledgerPayload: [String: JSON] {
        [
            "school": .string(school.description), "kind": .string(kind.rawValue), "name": .string(name),
            "canteen": canteen.map { .string($0.description) } ?? .null,
        ]
    }
}

extension Camera {
    var ledgerPayload: [String: JSON] {
        [
            "area": .string(area.description), "name": .string(name), "main": .string(main.ledgerText),
            "sub": sub.map { .string($0.ledgerText) } ?? .null, "transport": .string(transport.rawValue),
            "client": .string(client.rawValue), "verifiesCertificate": .bool(verifiesCertificate),
            "enabled": .bool(isEnabled), "recorded": .bool(isRecorded),
            "retentionDays": retentionDays.map { .int(Int64($0)) } ?? .null,
        ]
    }

    /// What differs and can't be shown: credentials, and the paths of addresses.
    func hiddenChanges(to after: Camera) -> [String: JSON] {
        var hidden: [JSON] = []
        if credentials != after.credentials { hidden.append("credentials") }
        if main != after.main && main.ledgerText == after.main.ledgerText { hidden.append("main") }
        if sub != after.sub && sub?.ledgerText == after.sub?.ledgerText { hidden.append("sub") }
        return hidden.isEmpty ? [:] : ["changed": .array(hidden)]
    }
}

extension SourceAddress {
    /// Scheme, host and port: many cameras take user name and password in the path or the query.
    fileprivate var ledgerText: String {
        SourceAddress(scheme: scheme, host: host, port: port).description
    }
}

extension [String: JSON] {
    /// `{"name": {"from": …, "to": …}}` for each member that differs.
    func changes(to after: [String: JSON]) -> [String: JSON] {
        var changes: [String: JSON] = [:]
        for (key, value) in after where self[key] != value {
            changes[key] = ["from": self[key] ?? .null, "to": value]
        }
        return changes
    }
}
