/// What we tell the sender (RFC 3550 §6.4.2): a compound packet of receiver report and canonical name (§6.1).
struct ReceiverReport: Hashable, Sendable {
    struct Block: Hashable, Sendable {
        var source: UInt32
        /// Of 256 packets, lost since the report before.
        var fractionLost: UInt8
        /// −2²³ … 2²³−1
        var totalLost: Int32
        var highestSequence: UInt32
        /// In ticks of the RTP timestamps.
        var jitter: UInt32
        /// ``SenderReport/middle`` of the last sender report; 0 before the first.
        var lastReport: UInt32
        /// Since that report arrived, in units of 1/65,536 s.
        var delay: UInt32
    }

    var ssrc: UInt32
    /// nil: nothing has been received yet.
    var block: Block?
    /// ASCII, at most 255 bytes.
    var canonicalName: String

    func encoded() -> [UInt8] {
        var bytes: [UInt8] = [0x80 | (block == nil ? 0 : 1), 201]
        bytes.append(bigEndian: UInt16(block == nil ? 1 : 7))
        bytes.append(bigEndian: ssrc)
        if let block {
            bytes.append(bigEndian: block.source)
            bytes.append(bigEndian: UInt32(block.fractionLost) << 24 | UInt32(bitPattern: block.totalLost) & 0xFF_FFFF)
            bytes.append(bigEndian: block.highestSequence)
            bytes.append(bigEndian: block.jitter)
            bytes.append(bigEndian: block.lastReport)
            bytes.append(bigEndian: block.delay)
        }
        let name = Array(canonicalName.utf8.prefix(255))
        // SSRC, item, then at least one zero up to the next 32-bit boundary.
        let words = (4 + 2 + name.count) / 4 + 1
        bytes += [0x81, 202]
        bytes.append(bigEndian: UInt16(words))
        bytes.append(bigEndian: ssrc)
        bytes += [1, UInt8(name.count)] + name
        bytes += [UInt8](repeating: 0, count: 4 * words - 6 - name.count)
        return bytes
    }
}

extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
