import Glibc

/// Annex B start codes, which have no place in RTP and yet come from odd cameras. Within a NAL unit they can't occur
/// (H.264 §7.4.1, H.265 §7.4.2), so that finding one is proof.
enum StartCodes {
    /// Where the first `00 00 01` begins.
    static func first(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
        guard start + 3 <= bytes.count else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            let base = UnsafeRawPointer(buffer.baseAddress!)
            var index = start + 2
            while index < buffer.count, let one = memchr(base + index, 1, buffer.count - index) {
                index = UnsafeRawPointer(one) - base
                if buffer[index - 1] == 0, buffer[index - 2] == 0 { return index - 2 }
                index += 1
            }
            return nil
        }
    }

    /// The NAL units between start codes, without zeros at their ends; the bytes themselves when there is no start code.
    static func split(_ bytes: Span<UInt8>) -> [[UInt8]] {
        var units: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let code = first(in: bytes, from: start)
            var end = code ?? bytes.count
            while end > start, bytes[end - 1] == 0 { end -= 1 }
            if end > start { units.append(bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) }) }
            guard let code else { break }
            start = code + 3
        }
        return units
    }
}
