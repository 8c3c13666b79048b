import Foundation

/// One viewer of a public picture (HLS, RFC 8216), as the site's own player asks: the playlist once in half a target
/// duration, each piece once, in order, on one connection that is kept.
final class PlaylistViewer {
    private enum State {
        case waiting(until: Double)
        case head
        /// - left: Bytes that are still to come.
        case body(left: Int)
    }

    private enum Wish {
        case playlist
        case piece(String)
    }

    private(set) var requests = 0
    /// Heads and bodies of answers.
    private(set) var bytes = 0
    /// Answers other than 200.
    private(set) var refusals = 0
    private(set) var playlists = 0
    private(set) var pieces = 0
    /// Pieces that had left the playlist before this viewer saw it.
    private(set) var missed = 0
    /// Most seconds from asking to having, of anything.
    private(set) var longestAnswer = 0.0
    private(set) var isLost = false
    /// The number of the last piece that was fetched; nil = none yet.
    private(set) var last: Int?

    private let path: String
    private let socket: Socket
    private var state: State
    private var wish = Wish.playlist
    private var wishes: [String] = []
    private var received: [UInt8] = []
    private var map: String?
    private var askedAt = 0.0
    private var playlistAt = 0.0
    /// Seconds.
    private var interval = 1.0

    /// - Parameter path: Of the playlist; its folder is where the pieces are.
    init(port: Int, path: String, now: Double) throws {
        self.path = path
        socket = try Socket.connect(port: port)
        _ = fcntl(socket.descriptor, F_SETFL, fcntl(socket.descriptor, F_GETFL) | O_NONBLOCK)
        state = .waiting(until: now)
    }

    /// Takes what has come and asks for what is due.
    func step(now: Double, into scratch: inout [UInt8]) {
        guard !isLost else { return }
        do {
            if case .waiting(let until) = state {
                if now >= until { try ask(now) }
                return
            }
            try receive(now, into: &scratch)
        } catch {
            isLost = true
        }
    }

    private func ask(_ now: Double) throws {
        let target: String
        if wishes.isEmpty {
            (wish, target) = (.playlist, path)
            playlistAt = now
        } else {
            let name = wishes.removeFirst()
            (wish, target) = (.piece(name), path.prefix(through: path.lastIndex(of: "/")!) + name)
        }
        try socket.send(HTTPConnection.request("GET", target, cookie: nil))
        requests += 1
        askedAt = now
        state = .head
        received.removeAll(keepingCapacity: true)
    }

    private func receive(_ now: Double, into scratch: inout [UInt8]) throws {
        while true {
            var wanted = scratch.count
            var isDropped = false
            // Of a piece only the length is looked at: the kernel counts its bytes and throws them away (tcp(7)).
            if case .body(let left) = state, case .piece = wish { (wanted, isDropped) = (left, true) }
            let count =
                isDropped
                ? recv(socket.descriptor, nil, wanted, Int32(MSG_TRUNC)) : recv(socket.descriptor, &scratch, wanted, 0)
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            guard count > 0 else { throw SocketError("recv") }
            bytes += count
            if case .body(let left) = state {
                if case .playlist = wish { received += scratch[..<count] }
                state = .body(left: left - count)
            } else {
                received += scratch[..<count]
                try readHead()
            }
            if case .body(let left) = state, left <= 0 {
                guard left == 0 else { throw SocketError("more than one answer") }
                finish(now)
                // What comes next is asked for at once, or waited for.
                if case .waiting(let until) = state, until <= now { try ask(now) } else { return }
            }
        }
    }

    private func readHead() throws {
        guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self).lowercased()
        guard let length = head.firstMatch(of: /content-length: *(\d+)/).flatMap({ Int($0.1) }) else {
            throw SocketError("an answer without a length")
        }
        if !head.hasPrefix("http/1.1 200") { refusals += 1 }
        received.removeSubrange(..<end.upperBound)
        state = .body(left: length - received.count)
    }

    private func finish(_ now: Double) {
        longestAnswer = max(longestAnswer, now - askedAt)
        switch wish {
        case .playlist:
            playlists += 1
            read(String(decoding: received, as: UTF8.self))
        case .piece(let name):
            if name != map { pieces += 1 }
        }
        state = .waiting(until: wishes.isEmpty ? playlistAt + interval : now)
    }

    private func read(_ playlist: String) {
        guard let first = playlist.firstMatch(of: /#EXT-X-MEDIA-SEQUENCE:(\d+)/).flatMap({ Int($0.1) }) else { return }
        let names = playlist.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        interval = (playlist.firstMatch(of: /#EXT-X-TARGETDURATION:(\d+)/).flatMap { Double($0.1) } ?? 2) / 2
        if let found = playlist.firstMatch(of: /#EXT-X-MAP:URI="([^"]+)"/).map({ String($0.1) }), found != map {
            map = found
            wishes.append(found)
            // Three pieces behind the newest (RFC 8216 §6.3.3).
            last = first + max(0, names.count - 3) - 1
        }
        let next = (last ?? first - 1) + 1
        missed += max(0, first - next)
        for number in max(first, next)..<max(first + names.count, next) {
            wishes.append(names[number - first])
            last = number
        }
    }
}
