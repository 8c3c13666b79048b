import Synchronization

/// ``Attempts`` that all requests share.
final class AttemptCounter: Sendable {
    private let attempts = Mutex(Attempts())

    /// Runs `body` unless this account and address must wait. Only ``SupervisionError/wrongCredentials`` counts as failed.
    func attempt<T>(
        _ account: String, from address: String, at now: Duration, _ body: () async throws -> T
    ) async throws -> T {
        let network = remoteNetwork(of: address)
        if let wait = attempts.withLock({ $0.begin(account: account, address: network, at: now) }) {
            throw SupervisionError.tooManyAttempts(retryAfter: wait)
        }
        do {
            let value = try await body()
            attempts.withLock { $0.succeeded(account: account, address: network) }
            return value
        } catch SupervisionError.wrongCredentials {
            throw SupervisionError.wrongCredentials
        } catch {
            attempts.withLock { $0.abandoned(account: account, address: network) }
            throw error
        }
    }
    /// Counts one that failed.
    /// - Throws: ``SupervisionError/tooManyAttempts(retryAfter:)`` when it came too soon after others.
    func fail(_ account: String, from address: String, at now: Duration) throws(SupervisionError) {
        let network = remoteNetwork(of: address)
        if let wait = attempts.withLock({ $0.begin(account: account, address: network, at: now) }) {
            throw .tooManyAttempts(retryAfter: wait)
        }
    }
}
