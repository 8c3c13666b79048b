import Glibc

/// Bytes that came and are not yet used; the same memory again and again.
struct ReceiveBuffer {
    /// Room for most interleaved packets; it grows for the larger.
    private static let usualCapacity = 64 * 1024

    /// Only `unused` of it means anything.
    private(set) var bytes: [UInt8] = []
    private(set) var unused = 0..<0

    /// Everything before this index of ``bytes`` is done with.
    mutating func use(upTo index: Int) { unused = index..<unused.upperBound }

    mutating func removeAll() { unused = 0..<0 }

    mutating func append(_ new: UnsafeRawBufferPointer) {
        makeRoom(for: new.count)
        bytes.withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[unused.upperBound...]).copyMemory(from: new)
        }
        unused = unused.lowerBound..<(unused.upperBound + new.count)
    }

    enum Reading: Hashable {
        /// There may be more.
        case full
        /// There is no more now.
        case drained
        case closed
        case failed(CInt)
    }

    /// Reads once from a socket, without waiting, as much as there is room for.
    ///
    /// - Parameter needed: so many unused bytes the caller waits for.
    mutating func read(from socket: CInt, needed: Int) -> Reading {
        makeRoom(for: max(needed - unused.count, Self.usualCapacity / 2))
        let end = unused.upperBound
        let (count, room) = bytes.withUnsafeMutableBytes { buffer in
            var count = 0
            repeat {
                count = recv(socket, buffer.baseAddress! + end, buffer.count - end, CInt(MSG_DONTWAIT))
            } while count < 0 && errno == EINTR
            return (count, buffer.count - end)
        }
        if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK ? .drained : .failed(errno) }
        if count == 0 { return .closed }
        unused = unused.lowerBound..<(end + count)
        return count == room ? .full : .drained
    }

    private mutating func makeRoom(for count: Int) {
        if bytes.isEmpty { bytes = [UInt8](repeating: 0, count: Self.usualCapacity) }
        if unused.isEmpty { unused = 0..<0 }
        if bytes.count - unused.upperBound >= count { return }
        let kept = unused.count
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            memmove(base, base + unused.lowerBound, kept)
        }
        unused = 0..<kept
        if bytes.count < kept + count {
            bytes.append(contentsOf: repeatElement(0, count: kept + count - bytes.count))
        }
    }
}
