import Foundation
import TestSupport

/// nginx with the cache of `docs/reference/nginx.sample.conf`, as an operator sets it up, in a folder of its own.
final class CachingProxy {
    /// What went on to the server behind it.
    struct Passed {
        var requests = 0
        /// Heads and bodies of the answers.
        var bytes = 0
    }

    let port: Int
    private let process: ChildProcess
    private let log: String

    private init(port: Int, process: ChildProcess, log: String) {
        self.port = port
        self.process = process
        self.log = log
    }

    static func start(_ bench: Bench, before server: Int) async throws -> CachingProxy {
        let folder = try bench.folder("nginx")
        let port = try freePort()
        var sample = try String(contentsOfFile: "docs/reference/nginx.sample.conf", encoding: .utf8)
        for (place, own) in [
            ("listen 80;", "listen 127.0.0.1:\(port);"), ("127.0.0.1:8080", "127.0.0.1:\(server)"),
            ("/var/cache/nginx/mingchu", folder + "/cache"),
        ] {
            guard sample.contains(place) else {
                throw HTTPConnection.Unexpected(description: "the sample for nginx has no “\(place)”")
            }
            sample.replace(place, with: own)
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: "\n")
        // Who asked is in the log only when the answer came from behind: `-` is one out of the cache.
        let text = """
            daemon off;
            pid \(folder)/nginx.pid;
            error_log \(folder)/error.log warn;
            worker_processes 1;
            \(geteuid() == 0 ? "user root;" : "")
            events { worker_connections 8192; }
            http {
            \(temporary)
            log_format passed '$upstream_status $upstream_bytes_received';
            map $upstream_status $was_passed { default 1; "" 0; "-" 0; }
            access_log \(folder)/passed.log passed if=$was_passed;
            \(sample)
            }

            """
        try text.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        let command = ["/usr/sbin/nginx", "-p", folder, "-e", folder + "/error.log", "-c", folder + "/nginx.conf"]
        bench.note(command: command.joined(separator: " "))
        let process = try ChildProcess.start(command, keepsOutput: true)
        try await eventually("nginx listens", within: .seconds(10), every: .milliseconds(50)) {
            if process.ending != nil { throw HTTPConnection.Unexpected(description: "nginx: \(process.errors)") }
            return (try? HTTPConnection(port: port)) != nil
        }
        return CachingProxy(port: port, process: process, log: folder + "/passed.log")
    }

    /// Since it was started. A request that was tried twice counts twice: nginx separates its parts by commas.
    func passed() throws -> Passed {
        var passed = Passed()
        for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
            let numbers = line.split(whereSeparator: { " ,:".contains($0) }).compactMap { Int($0) }
            passed.requests += max(1, numbers.count / 2)
            passed.bytes += numbers.dropFirst(numbers.count / 2).reduce(0, +)
        }
        return passed
    }

    func stop() async throws {
        process.signal(SIGTERM)
        _ = try await process.ending(within: .seconds(30))
    }

    /// One that nobody listens on now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw SocketError("bind") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
