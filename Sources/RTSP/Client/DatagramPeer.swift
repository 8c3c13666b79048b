import NIOCore

/// The camera's end of UDP: from where its packets are believed, and where ours go.
struct DatagramPeer {
    /// Addresses as numbers; empty before the answer to SETUP.
    private var hosts: [String] = []
    private var lastBelieved: SocketAddress?
    private(set) var media: SocketAddress?
    private(set) var control: SocketAddress?

    init() {}

    /// - Parameters:
    ///   - transport: what SETUP agreed on. Its ports and its source are what the camera says of itself.
    ///   - camera: the other end of the RTSP connection.
    init(_ transport: TransportHeader, camera: SocketAddress?) {
        let source = transport.source.flatMap { try? SocketAddress(ipAddress: $0, port: 0).ipAddress }
        hosts = [source, camera?.ipAddress].compactMap { $0 }
        guard let host = hosts.first, let ports = transport.serverPorts else { return }
        media = try? SocketAddress(ipAddress: host, port: ports.rtp)
        control = try? SocketAddress(ipAddress: host, port: ports.rtcp)
    }

    mutating func believes(_ sender: SocketAddress) -> Bool {
        if sender == lastBelieved { return true }
        guard let address = sender.ipAddress, hosts.contains(address) else { return false }
        lastBelieved = sender
        return true
    }

    /// The camera didn't say its ports: reports go where its own come from.
    mutating func heard(controlFrom sender: SocketAddress) {
        if control == nil { control = sender }
    }
}
