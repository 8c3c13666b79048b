import Domain
import Store

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
    /// nil = there is no such place.
    func require(_ act: Act, at place: PlacePath?) throws {
        guard let place, may(.see, at: place) else { throw SupervisionError.notFound }
        guard may(act, at: place) else { throw SupervisionError.notPermitted }
    }
}
