import Dispatch
import Domain
import Synchronization

/// Makes and checks password hashes on one thread of its own: each takes a core for a fifth of a second and 32 MiB.
final class PasswordWork: Sendable {
    private let cost: PasswordCost
    private let queue = DispatchQueue(label: "mingchu.passwords")
    private let waiting = Mutex(0)
    /// More than this would wait longer than a browser does.
    private static let mostWaiting = 50

    init(cost: PasswordCost) { self.cost = cost }

    func hash(_ password: Secret) async throws -> String {
        try await run { [cost] in try PasswordHash(password, cost: cost).description }
    }

    /// Whether the password is the one that was hashed. Without a hash it is not, which takes just as long to say.
    func check(_ password: Secret, against hash: String?) async throws -> Bool {
        try await run { [cost] in
            guard let hash, let hash = PasswordHash(hash) else {
                _ = try PasswordHash(password, cost: cost)
                return false
            }
            return try hash.matches(password)
        }
    }

    private func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        let isAccepted = waiting.withLock { waiting in
            guard waiting < Self.mostWaiting else { return false }
            waiting += 1
            return true
        }
        guard isAccepted else { throw SupervisionError.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
