import Domain
import Synchronization

/// Cases that could not be read when their time came, as this process has found them.
final class CaseDamage: Sendable {
    private let cases = Mutex<Set<CaseID>>([])

    var all: Set<CaseID> { cases.withLock { $0 } }

    func note(_ id: CaseID) { cases.withLock { _ = $0.insert(id) } }
    func forget(_ id: CaseID) { cases.withLock { _ = $0.remove(id) } }
}
