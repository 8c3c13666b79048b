public import Domain
import Store

/// Who asks for something.
public enum Principal: Hashable, Sendable {
    /// Somebody who signed in.
    case person(Person)
    /// Somebody at the machine's own command line, who may do everything.
    case console
    /// The program itself, when it sets itself up.
    case node

    public func may(_ permission: Permission) -> Bool {
        switch self {
        case .person(let person): person.may(permission)
        case .console, .node: true
        }
    }

    public var actor: LedgerActor {
        switch self {
        case .person(let person): .person(person.id)
        case .console: .console
        case .node: .node
        }
    }
}

extension Principal {
    /// Before a change: asks the person's row of this very transaction, since a session's may be seconds old.
    func require(_ permission: Permission, _ records: Records) throws {
        var isPermitted = may(permission)
        if case .person(let person) = self {
            isPermitted = try records.people.person(person.id)?.may(permission) ?? false
        }
        guard isPermitted else { throw SupervisionError.notPermitted }
    }

    /// Before a read: what the asker may not even see is not there.
    func require(_ permission: Permission, of school: SchoolID?) throws {
        guard let school, may(.see(school)) else { throw SupervisionError.notFound }
        guard may(permission) else { throw SupervisionError.notPermitted }
    }
}
