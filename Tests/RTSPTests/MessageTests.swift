import TestSupport
import Testing

@testable import RTSP

struct MessageTests {
    private func read(_ text: String) -> Message? { Message(head: Array(text.utf8).span, body: []) }

    @Test func `an answer is read, names without regard to case`() {
        let message = read("RTSP/1.0 200 OK\r\ncseq:  3 \r\nPublic: OPTIONS\r\nPUBLIC: PLAY\r\n")
        guard case .response(let response) = message else { return #expect(Bool(false)) }
        #expect(response.status == 200 && response.reason == "OK" && response.sequence == 3)
        #expect(response.headers.all("public") == ["OPTIONS", "PLAY"])
    }

    @Test(arguments: [
        "RTSP/1.0 401", "RTSP/1.0 401\n", "rtsp/1.0   401   Unauthorized\nX: 1\n  folded\n",
        "RTSP/2.0 401 a b c\nno colon\n",
    ])
    func `odd answers are read`(_ text: String) {
        guard case .response(let response) = read(text) else { return #expect(Bool(false)) }
        #expect(response.status == 401)
    }

    @Test(arguments: [
        "", "RTSP/1.0", "RTSP/1.0 abc OK", "RTSP/1.0 20 OK", "HTTP/1.1 200 OK", "GET / RTSP/1.0", "SSH-2.0-x y z",
    ])
    func `what is no message is none`(_ text: String) { #expect(read(text) == nil) }

    @Test func `a request comes back as it was written`() {
        var request = Request(method: .setup, address: "rtsp://h/a?b=c")
        request.headers.append("CSeq", "7")
        request.headers.append("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")
        let encoded = request.encoded()
        #expect(encoded.suffix(4) == [13, 10, 13, 10])
        #expect(Message(head: encoded.span.extracting(0..<(encoded.count - 4)), body: []) == .request(request))
    }

    @Test func `what strangers say is made fit for a log`() {
        #expect("a\u{1B}[31mb\u{85}".printable(limit: 20) == "a·[31mb·")
        #expect("aaaa".printable(limit: 2) == "aa…")
    }
}

struct InterleavedFramerTests {
    private enum Piece: Equatable {
        case packet(UInt8, [UInt8])
        case message(String, String)
        case garbage(Int)
        case tooLarge
    }

    /// Runs the bytes through a framer in portions of the given size.
    private func frame(_ bytes: [UInt8], portion: Int) -> [Piece] {
        var framer = InterleavedFramer()
        var pieces: [Piece] = []
        var kept: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: portion) {
            kept += bytes[start..<min(start + portion, bytes.count)]
            loop: while !kept.isEmpty {
                let element = framer.next(in: kept.span) { channel, length, start in
                    channel <= 1 && length >= 2 && start[0] == 0x80
                }
                let used: Int
                switch element {
                case .packet(let channel, let payload, let count):
                    pieces.append(.packet(channel, Array(kept[payload])))
                    used = count
                case .message(let head, let body, let count):
                    let text = String(decoding: kept[head], as: UTF8.self)
                    pieces.append(.message(text.trimmed(), String(decoding: kept[body], as: UTF8.self)))
                    used = count
                case .blank(let count): used = count
                case .garbage(let count):
                    if case .garbage(let before) = pieces.last {
                        pieces[pieces.count - 1] = .garbage(before + count)
                    } else {
                        pieces.append(.garbage(count))
                    }
                    used = count
                case .incomplete(let atLeast):
                    #expect(atLeast > kept.count)
                    break loop
                case .tooLarge:
                    pieces.append(.tooLarge)
                    return pieces
                }
                #expect((1...kept.count).contains(used))
                kept.removeFirst(used)
            }
        }
        return pieces
    }

    private let answer = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nbody"
    private func packet(_ channel: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [0x24, channel, UInt8(payload.count >> 8), UInt8(payload.count & 255)] + payload
    }

    @Test(arguments: [1, 2, 3, 5, 7, 16, 1000])
    func `packets and messages come apart, in pieces of any size`(_ portion: Int) {
        let payload = [0x80, 0x60] + [UInt8](repeating: 0x24, count: 300)
        let bytes =
            packet(1, payload) + Array(answer.utf8) + packet(0, []) + [13, 10] + Array("OPTIONS * RTSP/1.0\n\n".utf8)
            + packet(200, [1])
        let head = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4"
        #expect(
            frame(bytes, portion: portion) == [
                .packet(1, payload), .message(head, "body"), .packet(0, []), .message("OPTIONS * RTSP/1.0", ""),
                .packet(200, [1]),
            ])
    }

    @Test(arguments: [1, 4, 1000])
    func `after garbage the next packet is found`(_ portion: Int) {
        let good = packet(0, [0x80, 0x60, 1, 2, 3])
        let garbage: [UInt8] = [1, 0x24, 9, 0, 1, 0x24, 0, 0xFF, 0xFF, 0x40, 0x60, 5]
        #expect(
            frame(good + garbage + good + good, portion: portion) == [
                .packet(0, Array(good[4...])), .garbage(garbage.count), .packet(0, Array(good[4...])),
                .packet(0, Array(good[4...])),
            ])
        #expect(frame(garbage + Array(answer.utf8), portion: portion).count == 2)
    }

    @Test func `heads and bodies without end are refused`() {
        let head = Array("RTSP/1.0 200 OK\r\n".utf8) + [UInt8](repeating: 0x41, count: InterleavedFramer.maximumHead)
        #expect(frame(head, portion: 4096) == [.tooLarge])
        #expect(frame(Array("RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n".utf8), portion: 100) == [.tooLarge])
    }

    @Test func `no mutation breaks it, whatever the portions`() {
        let bytes = packet(1, [0x80, 0x60, 1, 2]) + Array(answer.utf8) + packet(0, [0x80, 0x61]) + Array(answer.utf8)
        for (index, broken) in Mutations(of: bytes, count: 2000).enumerated() {
            _ = frame(broken, portion: [1, 3, 7, 64, 1000][index % 5])
        }
        for cut in truncations(of: bytes) { _ = frame(cut, portion: 1000) }
    }
}
