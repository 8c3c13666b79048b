import Foundation
import Synchronization

/// Starts all children from one thread that never ends: the kernel sends a child its parent-death signal when the
/// *thread* that made it goes, and threads of Swift's pool come and go (prctl(2), PR_SET_PDEATHSIG).
final class Spawner: Sendable {
    struct Started: Sendable {
        var pid: pid_t
        var input: Int32
        var output: Int32
        var errors: Int32
    }

    private final class Order: Sendable {
        let launch: Launch
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<Started, any Error>?>(nil)

        init(_ launch: Launch) { self.launch = launch }
    }

    static let shared = Spawner()

    private let orders = Mutex<[Order]>([])
    private let wake = DispatchSemaphore(value: 0)

    private init() {
        // A child that no longer reads its input must not end the tests.
        Glibc.signal(SIGPIPE, SIG_IGN)
        Thread.detachNewThread { [self] in
            while true {
                wake.wait()
                let order = orders.withLock { $0.removeFirst() }
                order.result.withLock { $0 = Result { try order.launch.spawn() } }
                order.done.signal()
            }
        }
    }

    /// Blocks for the millisecond that a spawn takes.
    func spawn(_ launch: Launch) throws -> Started {
        let order = Order(launch)
        orders.withLock { $0.append(order) }
        wake.signal()
        order.done.wait()
        return try order.result.withLock { $0! }.get()
    }
}

/// What to start and how.
struct Launch: Sendable {
    var arguments: [String]
    var environment: [String: String]
    var directory: String?
    var keepsOutput: Bool

    func spawn() throws -> Spawner.Started {
        let input = try Pipe()
        let output = try Pipe()
        let errors = try Pipe()
        defer { for end in [input.reading, output.writing, errors.writing] { close(end) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
        if keepsOutput {
            posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child starts with signals as a shell would give them, whatever this process ignores.
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let place = directory.map { ["env", "--chdir=\($0)"] } ?? []
        let all = ["setpriv", "--pdeathsig", "KILL", "--"] + place + arguments
        let merged = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        var pid: pid_t = 0
        let code = withCStrings(all) { argv in
            withCStrings(merged.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawnp(&pid, "setpriv", &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else {
            for end in [input.writing, output.reading, errors.reading] { close(end) }
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        }
        return Spawner.Started(pid: pid, input: input.writing, output: output.reading, errors: errors.reading)
    }
}

/// Both ends close on exec, so that no other child keeps them open: all children are started by the thread that makes the
/// pipes, so none can slip in between the two calls.
private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        (reading, writing) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
}

private func withCStrings<R>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}
