import Domain

/// Where a redirect may lead, and what may be told there.
struct Redirection {
    static let maximum = 5

    private var visited: [SourceAddress]
    private(set) var credentials: Credentials?

    init(from address: SourceAddress, credentials: Credentials?) {
        visited = [address]
        self.credentials = credentials
    }

    /// The next address to connect to.
    ///
    /// User name and password go along only to the same host and never from RTSPS to RTSP; those that stand in the
    /// redirect itself are the camera's own word and are used.
    mutating func follow(_ location: String) throws(SourceFailure) -> SourceAddress {
        let current = visited[visited.count - 1]
        let target = location.hasPrefix("/") ? Self.origin(of: current) + location : location
        guard let (address, own) = try? SourceAddress.parse(target), address.scheme == .rtsp || address.scheme == .rtsps
        else { throw SourceFailure(.protocolError, detail: "redirected to something that is no RTSP address") }
        guard visited.count <= Self.maximum else { throw SourceFailure(.protocolError, detail: "too many redirects") }
        guard !visited.contains(address) else {
            throw SourceFailure(.protocolError, detail: "redirected in a circle")
        }
        let staysWithHost = address.host.equalsIgnoringCase(current.host)
        let losesTLS = current.scheme == .rtsps && address.scheme == .rtsp
        credentials = own ?? (staysWithHost && !losesTLS ? credentials : nil)
        visited.append(address)
        return address
    }

    private static func origin(of address: SourceAddress) -> String {
        SourceAddress(scheme: address.scheme, host: address.host, port: address.port).description
    }
}
