import Domain
import Synchronization

/// Cases as their committed events left them, so that a transition need not read the whole history again.
///
/// Nothing gets in before its transaction is durable, and what is in counts only while its version is the row's: another
/// process may have gone on.
final class CaseCache: Sendable {
    private static let most = 4096

    private let cases = Mutex<[CaseID: Case]>([:])

    subscript(id: CaseID) -> Case? { cases.withLock { $0[id] } }

    func keep(_ current: Case) {
        cases.withLock { cases in
            if cases.count >= Self.most, cases[current.id] == nil { cases.removeAll(keepingCapacity: true) }
            cases[current.id] = current
        }
    }
}
