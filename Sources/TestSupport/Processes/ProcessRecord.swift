import Foundation
import Synchronization

/// What is known of a running child: shared by its ``ChildProcess`` and by the threads that read and wait for it.
final class ProcessRecord: Sendable {
    private struct State {
        var pid: pid_t = 0
        var input: Int32 = -1
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var ending: ChildProcess.Ending?
    }

    private let state = Mutex(State())

    var output: [UInt8] { state.withLock { $0.output } }
    var errors: [UInt8] { state.withLock { $0.errors } }
    var ending: ChildProcess.Ending? { state.withLock { $0.ending } }

    func watch(_ started: Spawner.Started) {
        state.withLock {
            $0.pid = started.pid
            $0.input = started.input
        }
        Thread.detachNewThread { self.read(started) }
    }

    /// Under the lock, so that the process id can't have been given to somebody else.
    func signal(_ number: Int32) {
        state.withLock { state in
            if state.ending == nil, state.pid > 0 { _ = kill(state.pid, number) }
        }
    }

    func write(_ bytes: [UInt8]) {
        let input = state.withLock { $0.input }
        var rest = bytes[...]
        while input >= 0, !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    func closeInput() {
        state.withLock { state in
            if state.input >= 0 { close(state.input) }
            state.input = -1
        }
    }

    /// Reads both pipes until the process has ended and they are empty, then reaps it.
    private func read(_ started: Spawner.Started) {
        var pipes = [started.output, started.errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var hasEnded = false
        while pipes.contains(where: { $0.fd >= 0 }) {
            // A grandchild may hold the pipes open for ever: once the child is gone, only what is there is read.
            let ready = poll(&pipes, nfds_t(pipes.count), hasEnded ? 0 : 100)
            if ready == 0 {
                if hasEnded { break }
                hasEnded = Self.hasEnded(started.pid)
            }
            for index in pipes.indices where pipes[index].revents != 0 {
                let count = Glibc.read(pipes[index].fd, &buffer, buffer.count)
                if count > 0 {
                    state.withLock {
                        if index == 0 { $0.output += buffer[..<count] } else { $0.errors += buffer[..<count] }
                    }
                } else {
                    close(pipes[index].fd)
                    pipes[index].fd = -1
                }
            }
        }
        for pipe in pipes where pipe.fd >= 0 { close(pipe.fd) }
        var information = siginfo_t()
        while waitid(P_PID, id_t(started.pid), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            waitpid(started.pid, &status, 0)
            state.ending = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(status & 0x7F)
            if state.input >= 0 { close(state.input) }
            state.input = -1
        }
    }

    private static func hasEnded(_ pid: pid_t) -> Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT | WNOHANG) == 0
            && information.si_signo == SIGCHLD
    }
}
