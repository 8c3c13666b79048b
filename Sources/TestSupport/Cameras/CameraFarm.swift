public import Domain
import Foundation
import Synchronization

/// RTSP cameras that are not ours: GStreamer's gst-rtsp-server in a process of its own, on a free port of 127.0.0.1.
/// Ends with this value.
public final class CameraFarm: Sendable {
    private struct State {
        var process: ChildProcess
        var ports: [String: Int]
        /// CPU seconds of processes that were killed.
        var earlierCPUSeconds = 0.0
    }

    /// What camera_farm.py answers: a port for each kind of mount.
    private struct Answer: Decodable {
        var ports: [String: Int]
    }

    public let mounts: [Mount]
    private let setup: Setup
    private let state: Mutex<State>

    private init(mounts: [Mount], setup: Setup, state: State) {
        self.mounts = mounts
        self.setup = setup
        self.state = Mutex(state)
    }

    /// Makes the clips if need be, starts the server and waits until it listens.
    public static func start(_ mounts: [Mount]) async throws -> CameraFarm {
        let setup = try await Setup(mounts)
        let (process, ports) = try await launch(setup, on: [:])
        return CameraFarm(mounts: mounts, setup: setup, state: State(process: process, ports: ports))
    }

    public static func start(_ mount: Mount) async throws -> CameraFarm { try await start([mount]) }

    /// The address of a mount, `rtsp://user:password@127.0.0.1:port/path`.
    public func url(_ path: String, withCredentials: Bool = true) -> String {
        guard let mount = mounts.first(where: { $0.path == path }) else { preconditionFailure("no mount \(path)") }
        let port = state.withLock { $0.ports[mount.kind]! }
        let userInfo = mount.credentials.map { "\($0.user):\($0.password.reveal())@" } ?? ""
        return "\(mount.isSecure ? "rtsps" : "rtsp")://\(withCredentials ? userInfo : "")127.0.0.1:\(port)\(path)"
    }

    /// Address without credentials, and the credentials, as the product keeps them.
    public func address(_ path: String) -> SourceAddress {
        guard let parsed = try? SourceAddress.parse(url(path, withCredentials: false)) else {
            preconditionFailure("the farm's own address")
        }
        return parsed.address
    }

    public func credentials(_ path: String) -> Credentials? { mounts.first { $0.path == path }?.credentials }

    /// The server stops answering and sending but its connections stay: a camera that hangs.
    public func pause() { state.withLock { $0.process }.signal(SIGSTOP) }
    public func resume() { state.withLock { $0.process }.signal(SIGCONT) }

    /// The server is gone at once, its connections are reset: a camera without power. ``restart()`` brings it back.
    public func kill() async throws {
        let process = state.withLock { state in
            state.earlierCPUSeconds += state.process.usage?.cpuSeconds ?? 0
            return state.process
        }
        process.signal(SIGKILL)
        _ = try await process.ending()
    }

    /// The server again, on the same ports.
    public func restart() async throws {
        let (process, ports) = try await Self.launch(setup, on: state.withLock { $0.ports })
        state.withLock {
            $0.process = process
            $0.ports = ports
        }
    }

    public func stop() async throws { try await kill() }

    /// CPU time that the cameras themselves have cost so far.
    public var cpuSeconds: Double {
        let (process, earlier) = state.withLock { ($0.process, $0.earlierCPUSeconds) }
        return earlier + (process.usage?.cpuSeconds ?? 0)
    }

    private static func launch(_ setup: Setup, on ports: [String: Int]) async throws -> (ChildProcess, [String: Int]) {
        guard let script = Bundle.module.path(forResource: "camera_farm", ofType: "py", inDirectory: "Scripts") else {
            preconditionFailure("camera_farm.py is not among the resources")
        }
        // Debian's own Python: the one that has GStreamer's bindings.
        let process = try ChildProcess.start(["/usr/bin/python3", script])
        var setup = setup
        setup.ports = ports
        process.write(String(decoding: try JSONEncoder().encode(setup), as: UTF8.self) + "\n")
        let answer = try await process.line(containing: #"{"ports""#)
        return (process, try JSONDecoder().decode(Answer.self, from: Data(answer.utf8)).ports)
    }
}

/// The line that camera_farm.py reads.
private struct Setup: Encodable, Sendable {
    struct Mount: Encodable, Sendable {
        var path: String
        var file: String
        var user: String
        var password: String
        var scheme: String
        var transports: [String]
        var secure: Bool
        var shared: Bool
        var pipeline: String
        var parameterSetInterval: Int
    }

    var ports: [String: Int] = [:]
    var mounts: [Mount] = []

    init(_ described: [CameraFarm.Mount]) async throws {
        for mount in described {
            let file =
                switch mount.content {
                case .clip(let clip): try await clip.path()
                case .file(let path): path
                }
            mounts.append(
                Mount(
                    path: mount.path, file: file, user: mount.credentials?.user ?? "anonymous",
                    password: mount.credentials?.password.reveal() ?? "", scheme: mount.scheme,
                    transports: mount.transports.map(\.rawValue).sorted(), secure: mount.isSecure,
                    shared: mount.isShared, pipeline: mount.pipeline ?? mount.path,
                    parameterSetInterval: mount.parameterSets == .inSDPOnly ? 0 : -1))
        }
    }
}

extension CameraFarm.Mount {
    fileprivate var scheme: String { credentials == nil ? "open" : authentication.rawValue }
    /// The same words as in camera_farm.py.
    fileprivate var kind: String { scheme + (isSecure ? "-tls" : "") }
}
