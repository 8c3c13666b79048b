import Glibc

/// A counting semaphore of the operating system: worker threads of our own wait on it, never Swift's pool.
final class Semaphore: @unchecked Sendable {
    // sem_t is made for use by several threads and must not move.
    private let raw: UnsafeMutablePointer<sem_t>

    init() {
        raw = .allocate(capacity: 1)
        sem_init(raw, 0, 0)
    }

    deinit {
        sem_destroy(raw)
        raw.deallocate()
    }

    func signal() { sem_post(raw) }

    func wait() {
        while sem_wait(raw) != 0 && errno == EINTR {}
    }
}
