/// Cuts the bytes of an RTSP connection into messages and interleaved packets (RFC 2326 §10.12).
///
/// Holds no bytes: the caller keeps them and drops what ``next(in:)`` says is used. Cost is linear in the bytes, however
/// small the pieces in which they arrive.
struct InterleavedFramer {
    enum Element: Equatable {
        /// `used` bytes from the start are done with; `payload` is the packet within them.
        case packet(channel: UInt8, payload: Range<Int>, used: Int)
        case message(head: Range<Int>, body: Range<Int>, used: Int)
        /// Line breaks between messages, which some cameras add.
        case blank(used: Int)
        /// Bytes that are neither.
        case garbage(used: Int)
        /// The rest comes later; at least so many bytes are needed in all.
        case incomplete(atLeast: Int)
        case tooLarge
    }

    static let maximumHead = 64 * 1024
    static let maximumBody = 256 * 1024

    /// How far the head at the start has been searched for its end.
    private var searched = 0
    private var head: Range<Int>?
    private var bodyStart = 0
    private var total = 0
    /// Garbage came last: a `$` alone is no proof of a packet.
    private var isLost = false

    /// The first element of the bytes.
    ///
    /// - Parameter isPlausible: whether a packet of that length on that channel may begin with these two bytes; asked
    ///   only while searching for the next packet after garbage.
    mutating func next(
        in bytes: Span<UInt8>, isPlausible: (_ channel: UInt8, _ length: Int, _ start: Span<UInt8>) -> Bool
    ) -> Element {
        if bytes.isEmpty { return .incomplete(atLeast: 1) }
        if bytes[0] == UInt8(ascii: "$") {
            guard bytes.count >= 4 else { return .incomplete(atLeast: 4) }
            let length = Int(bytes[2]) << 8 | Int(bytes[3])
            if isLost {
                guard bytes.count >= 6 else { return .incomplete(atLeast: 6) }
                guard isPlausible(bytes[1], length, bytes.extracting(4..<6)) else { return garbage(bytes, isPlausible) }
                isLost = false
            }
            guard bytes.count >= 4 + length else { return .incomplete(atLeast: 4 + length) }
            return .packet(channel: bytes[1], payload: 4..<(4 + length), used: 4 + length)
        }
        if bytes[0] == 0x0D || bytes[0] == 0x0A {
            var used = 1
            while used < bytes.count, bytes[used] == 0x0D || bytes[used] == 0x0A { used += 1 }
            return .blank(used: used)
        }
        if head != nil || Self.mayBeginMessage(bytes) { return message(in: bytes) }
        return garbage(bytes, isPlausible)
    }

    private mutating func garbage(
        _ bytes: Span<UInt8>, _ isPlausible: (_ channel: UInt8, _ length: Int, _ start: Span<UInt8>) -> Bool
    ) -> Element {
        self = InterleavedFramer()
        isLost = true
        return .garbage(used: Self.garbageLength(in: bytes, isPlausible: isPlausible))
    }

    private mutating func message(in bytes: Span<UInt8>) -> Element {
        if head == nil {
            guard let end = Self.headEnd(in: bytes, from: &searched) else {
                return bytes.count > Self.maximumHead ? .tooLarge : .incomplete(atLeast: bytes.count + 1)
            }
            guard end.lowerBound <= Self.maximumHead else { return .tooLarge }
            let length = Self.contentLength(in: bytes.extracting(0..<end.lowerBound))
            guard length <= Self.maximumBody else { return .tooLarge }
            head = 0..<end.lowerBound
            bodyStart = end.upperBound
            total = end.upperBound + length
        }
        guard let head, bytes.count >= total else { return .incomplete(atLeast: total) }
        let element = Element.message(head: head, body: bodyStart..<total, used: total)
        self = InterleavedFramer()
        return element
    }

    /// The empty line that ends a head: CR LF CR LF, or line feeds alone.
    private static func headEnd(in bytes: Span<UInt8>, from searched: inout Int) -> Range<Int>? {
        var index = searched
        while index < bytes.count {
            if bytes[index] == 0x0A {
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index..<(index + 2) }
                if index + 2 < bytes.count, bytes[index + 1] == 0x0D, bytes[index + 2] == 0x0A {
                    return index..<(index + 3)
                }
            }
            index += 1
        }
        searched = max(0, bytes.count - 3)
        return nil
    }

    private static func contentLength(in head: Span<UInt8>) -> Int {
        guard let message = Message(head: head, body: []) else { return 0 }
        let headers: Headers =
            switch message {
            case .response(let response): response.headers
            case .request(let request): request.headers
            }
        return max(0, headers["Content-Length"].flatMap { Int($0) } ?? 0)
    }

    /// The words that begin a message; `HTTP/1.` so that a web server's answer can be told.
    private static let beginnings: [StaticString] = [
        "RTSP/1.", "OPTIONS ", "ANNOUNCE ", "REDIRECT ", "GET_PARAMETER ", "SET_PARAMETER ", "DESCRIBE ", "SETUP ",
        "PLAY ", "PAUSE ", "RECORD ", "TEARDOWN ", "HTTP/1.",
    ]

    private static func mayBeginMessage(_ bytes: Span<UInt8>) -> Bool {
        beginnings.contains { matches(bytes, $0) }
    }

    /// Up to the next thing that looks like a packet or an answer; everything but a possible beginning when there is none.
    private static func garbageLength(
        in bytes: Span<UInt8>, isPlausible: (UInt8, Int, Span<UInt8>) -> Bool
    ) -> Int {
        var index = 1
        while index < bytes.count {
            let rest = bytes.extracting(index..<bytes.count)
            if rest[0] == UInt8(ascii: "$") {
                guard rest.count >= 6 else { return index }
                let length = Int(rest[2]) << 8 | Int(rest[3])
                if isPlausible(rest[1], length, rest.extracting(4..<6)) { return index }
            } else if rest[0] == UInt8(ascii: "R"), matches(rest, "RTSP/1.") {
                return index
            }
            index += 1
        }
        return bytes.count
    }

    /// Whether as much of the text as there are bytes stands at their start.
    private static func matches(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
        for index in 0..<min(bytes.count, text.utf8CodeUnitCount) where bytes[index] != text.utf8Start[index] {
            return false
        }
        return true
    }
}
