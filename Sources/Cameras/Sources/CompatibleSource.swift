import Bitstream
public import Domain
import FFmpeg
import Glibc

/// A camera over FFmpeg's own RTSP client, for those that ours can't talk to. Costs a thread and about four times the CPU.
public struct CompatibleSource: Source {
    private let address: SourceAddress
    private let options: Demuxer.Options
    private let verifiesCertificate: Bool

    /// - Parameter address: `rtsp` or `rtsps`.
    public init(
        address: SourceAddress, credentials: Credentials? = nil, transport: Camera.Transport = .tcp,
        verifiesCertificate: Bool = false
    ) {
        self.address = address
        self.verifiesCertificate = verifiesCertificate
        options = Demuxer.Options(
            credentials: credentials, transport: transport, openTimeout: .seconds(10), readTimeout: .seconds(10))
    }

    public func run(deliver: @escaping @Sendable (SourceEvent) -> Void) async throws(SourceFailure) {
        if address.scheme == .rtsps && verifiesCertificate {
            throw SourceFailure(.insecure, detail: "the compatible client can't verify certificates")
        }
        // FFmpeg reports an unknown host as an I/O error, and can't be interrupted while it asks.
        let host = address.host
        guard let isKnown = await BlockingThread.runAbandoning("resolve", { Self.resolves(host) }) else { return }
        guard isKnown else { throw SourceFailure(.hostUnknown, detail: host) }

        try await BlockingThread.run("rtsp") { [address, options] (interruption) throws(SourceFailure) in
            var isOpen = false
            do throws(FFmpegError) {
                try Self.play(address, options, interruption, &isOpen, deliver)
            } catch {
                if interruption.isCancelled { return }
                throw SourceFailure(ofCamera: error, hasCredentials: options.credentials != nil, isOpen: isOpen)
            }
            if !interruption.isCancelled { throw SourceFailure(.ended) }
        }
    }

    private static func play(
        _ address: SourceAddress, _ options: Demuxer.Options, _ interruption: Interruption, _ isOpen: inout Bool,
        _ deliver: (SourceEvent) -> Void
    ) throws(FFmpegError) {
        var demuxer = try Demuxer.open(address, options: options, interruption: interruption)
        isOpen = true
        var sawKeyframe = false
        while let unit = try demuxer.next(), !interruption.isCancelled {
            sawKeyframe = sawKeyframe || unit.isKey
            if sawKeyframe { deliver(.accessUnit(unit)) }
        }
    }

    private static func resolves(_ host: String) -> Bool {
        var found: UnsafeMutablePointer<addrinfo>?
        defer { if let found { freeaddrinfo(found) } }
        return getaddrinfo(host, nil, nil, &found) == 0
    }
}
