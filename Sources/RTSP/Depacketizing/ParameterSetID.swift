import Bitstream

/// The number under which slices refer to a parameter set.
enum ParameterSetID {
    /// nil when the bits end before it or say something that the standard forbids.
    static func read(_ unit: Span<UInt8>, _ kind: NALUnit.ParameterSet, _ codec: VideoFormat.Codec) -> Int? {
        // What stands before the number is short; a long SPS of H.265 tells of seven sub-layers first.
        let bits = unescaped(unit, limit: 160)
        switch (codec, kind) {
        case (.h264, .sequence): return exponentialGolomb(bits, at: 8 * 4)
        case (.h264, .picture): return exponentialGolomb(bits, at: 8)
        case (.h264, .video): return nil
        case (.h265, .video): return bits.count > 2 ? Int(bits[2] >> 4) : nil
        case (.h265, .picture): return exponentialGolomb(bits, at: 16)
        case (.h265, .sequence): return h265SequenceID(bits)
        }
    }

    /// After `profile_tier_level` (H.265 §7.3.3), whose length depends on the sub-layers.
    private static func h265SequenceID(_ bits: [UInt8]) -> Int? {
        guard bits.count > 15 else { return nil }
        let subLayers = Int(bits[2] >> 1 & 7)
        var position = 15
        if subLayers > 0 {
            guard bits.count > 17 else { return nil }
            let flags = UInt16(bits[15]) << 8 | UInt16(bits[16])
            position = 17
            for layer in 0..<subLayers {
                let pair = flags >> UInt16(14 - 2 * layer) & 3
                position += (pair & 2 != 0 ? 11 : 0) + (pair & 1 != 0 ? 1 : 0)
            }
        }
        return exponentialGolomb(bits, at: 8 * position)
    }

    /// `ue(v)` up to 255.
    private static func exponentialGolomb(_ bits: [UInt8], at start: Int) -> Int? {
        var position = start
        func bit() -> Int? {
            guard position < bits.count * 8 else { return nil }
            defer { position += 1 }
            return Int(bits[position / 8] >> UInt8(7 - position % 8) & 1)
        }
        var zeros = 0
        while let next = bit(), next == 0 { zeros += 1 }
        guard zeros <= 8 else { return nil }
        var value = 1
        for _ in 0..<zeros {
            guard let next = bit() else { return nil }
            value = value << 1 | next
        }
        return position <= bits.count * 8 && bits.count * 8 > start && value <= 256 ? value - 1 : nil
    }

    /// Without emulation prevention bytes.
    private static func unescaped(_ unit: Span<UInt8>, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var zeros = 0
        for index in 0..<min(unit.count, limit) {
            let byte = unit[index]
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            bytes.append(byte)
        }
        return bytes
    }
}
