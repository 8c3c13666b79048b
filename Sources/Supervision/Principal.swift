public import Domain

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
