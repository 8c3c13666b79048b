import ArgumentParser
import Cameras
import Domain
import Foundation
import Logging
import NIOPosix

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Look at a source for some seconds and say what it is.")

    @Option(help: "A second, smaller stream of the same camera.") var sub: String?
    @Option(help: "tcp or udp.") var transport = Camera.Transport.tcp
    @Option(help: "native or compatible.") var client = Camera.Client.native
    @Option(help: ArgumentHelp("Write the picture to this file (JPEG).", valueName: "file")) var picture: String?
    @Flag(help: "Read the password from standard input; the user name stands in the address.") var passwordStdin = false
    @Argument(help: "rtsp://user@host/…, a video file, or sim://cooking.") var address: String

    func run() async throws {
        var (main, credentials) = try readAddress(address)
        if passwordStdin, let password = readLine(strippingNewline: true) {
            credentials = Credentials(user: credentials?.user ?? "", password: Secret(password))
        }
        var log = Logger(label: "probe")
        log.logLevel = .error
        let probe = Probe(
            sources: SourceFactory(eventLoops: MultiThreadedEventLoopGroup.singleton, time: .system, log: log),
            time: .system)
        let report: ProbeReport
        do throws(SourceFailure) {
            report = try await probe.run(
                main, sub: try? sub.map { try readAddress($0).address }, credentials: credentials, transport: transport,
                client: client)
        } catch {
            throw ValidationError(error.words)
        }
        show(report.main, as: "main")
        if let sub = report.sub { show(sub, as: "sub") }
        if let failure = report.subFailure { print("sub stream: \(failure.words)") }
        if let offset = report.clockOffset {
            print(String(format: "clock: %+.1f s from this machine's", offset.inSeconds))
        }
        for advice in report.advice { print("advice: \(advice.words)") }
        if let picture, let jpeg = report.main.jpeg {
            try Data(jpeg).write(to: URL(fileURLWithPath: picture))
            print("picture: \(picture)")
        }
    }

    private func show(_ stream: ProbeReport.Stream, as name: String) {
        let interval = stream.keyframeInterval.map { String(format: "%.1f s", $0.inSeconds) } ?? "unknown"
        print(
            String(
                format: "%@ stream: %@ (%@), %d × %d, %.1f fps, %.2f Mbit/s, keyframe every %@", name, stream.codec,
                stream.codecs, stream.width, stream.height, stream.framesPerSecond,
                Double(stream.bitsPerSecond) / 1e6, interval))
    }
}

extension ProbeReport.Advice {
    var words: String {
        switch self {
        case .longKeyframeInterval(let interval):
            String(format: "a keyframe only every %.1f s: set the camera to 2 s (at most 4)", interval.inSeconds)
        case .noSubStream: "no sub-stream given: a 640 × 360 one makes walls and analysis cheaper"
        case .clockOff(let offset):
            String(format: "the camera's clock is off by %.0f s: let it use NTP", offset.inSeconds)
        case .useCompatibleClient: "our own client can't talk to this camera: set its client to “compatible”"
        case .notPlayableInBrowsers: "H.265: many browsers can't play it; H.264 plays everywhere"
        }
    }
}

extension SourceFailure {
    /// For the command line; pages have their own words in two languages.
    var words: String {
        let reason =
            switch kind {
            case .wrongPassword: "the camera refused the user name or password"
            case .passwordNeeded: "the camera asks for a user name and password"
            case .refused: "nothing listens on that port: is the address right, is RTSP switched on?"
            case .noRoute: "nobody answers at that address: is the camera on, is the network reachable?"
            case .hostUnknown: "there is no host of that name"
            case .insecure: "no secure connection could be made (TLS)"
            case .notFound: "the path does not exist there"
            case .notVideo: "there is no video"
            case .unsupportedCodec: "the video's codec can't be used: set the camera to H.264 or H.265"
            case .stalled: "it answers, but no picture came"
            case .ended: "the stream ended at once"
            case .protocolError: "it doesn't answer as a camera should"
            case .internalError: "it could not be read"
            }
        return detail.isEmpty ? reason : "\(reason) (\(detail))"
    }
}
