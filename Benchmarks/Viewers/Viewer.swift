import Foundation

/// One connection that watches.
final class Viewer {
    enum Kind {
        /// Reads at full speed; its bytes are counted and dropped inside the kernel.
        case counting
        /// Reads at full speed and follows the stream.
        case checking
        /// Reads slowly and follows the stream.
        case slow
    }

    let kind: Kind
    let socket: Socket
    private(set) var bytes = 0
    private(set) var watch = FragmentWatch()
    var lastArrival: Double
    private(set) var isLost = false
    private var chunks = ChunkDecoder()
    static let scratchBytes = 1 << 18

    init(_ kind: Kind, order: ViewerProcess.Order, now: Double) throws {
        self.kind = kind
        lastArrival = now
        socket = try Socket.connect(port: order.port, receiveBuffer: kind == .slow ? 16_384 : nil)
        try socket.send(HTTPConnection.request("GET", order.path, cookie: order.cookie))
        try readHead()
        _ = fcntl(socket.descriptor, F_SETFL, fcntl(socket.descriptor, F_GETFL) | O_NONBLOCK)
    }

    private func readHead() throws {
        var head: [UInt8] = []
        var byte = [UInt8](repeating: 0, count: 1)
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard try socket.receive(into: &byte) == 1, head.count < 16_384 else { throw SocketError("head of answer") }
            head += byte
        }
        guard head.starts(with: "HTTP/1.1 200".utf8) else {
            throw HTTPConnection.Unexpected(description: String(decoding: head, as: UTF8.self))
        }
    }

    /// Takes what has come, `limit` bytes at most.
    func read(limit: Int, into scratch: inout [UInt8], now: Double) {
        var left = limit
        while left > 0, !isLost {
            let wanted = min(left, Self.scratchBytes)
            // With MSG_TRUNC the kernel throws the bytes of a TCP stream away instead of copying them (tcp(7)).
            let count =
                kind == .counting
                ? recv(socket.descriptor, nil, wanted, Int32(MSG_TRUNC))
                : recv(socket.descriptor, &scratch, wanted, 0)
            if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR {
                isLost = true
                return
            }
            guard count > 0 else { return }
            left -= count
            bytes += count
            lastArrival = now
            guard kind != .counting else { continue }
            do {
                _ = try chunks.decode(scratch[..<count]) { part in
                    watch.read(part)
                    return true
                }
            } catch {
                isLost = true
            }
        }
    }
}
