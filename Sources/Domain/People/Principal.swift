/// Who asks for something.
public enum Principal: Hashable, Sendable {
    /// Somebody who signed in.
    case person(Person)
    /// Somebody at the machine's own command line, who may do everything.
    case console
    /// The program itself, when it sets itself up or a time has come.
    case node

    public func may(_ act: Act, at place: PlacePath) -> Bool {
        switch self {
        case .person(let person): person.may(act, at: place)
        case .console, .node: true
        }
    }

    public func may(_ permission: Permission) -> Bool { may(permission.act, at: permission.place) }

    /// Where that may be done: what lists are narrowed to. nil = nowhere.
    public func territory(for act: Act) -> Territory? {
        switch self {
        case .person(let person): person.territory(for: act)
        case .console, .node: .county
        }
    }

    /// Somewhere.
    public func maySomewhere(_ act: Act) -> Bool { territory(for: act) != nil }

    public var actor: LedgerActor {
        switch self {
        case .person(let person): .person(person.id)
        case .console: .console
        case .node: .node
        }
    }

    /// nil for the program and its command line.
    public var role: Role? {
        switch self {
        case .person(let person): person.role
        case .console, .node: nil
        }
    }
}
