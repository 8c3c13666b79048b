import Domain

/// Strokes as a finger leaves them on a telephone's glass: what inspections and consents are signed with. (签名)
///
/// An 8-bit grey PNG without compression (W3C PNG, third edition, 5 and 10): two thirds of it are white, and nobody's
/// hand.
struct SignaturePicture {
    static let width = 320
    static let height = 120

    /// 255 = white, row by row.
    private var ink = [UInt8](repeating: 255, count: width * height)

    static func png(_ dice: inout DemoDice) -> [UInt8] {
        var picture = SignaturePicture()
        let characters = dice.whole(2...3)
        for place in 0..<characters {
            let left = 30 + Double(place) * 260 / Double(characters)
            for _ in 0..<dice.whole(4...6) { picture.stroke(left, width: 230 / Double(characters), &dice) }
        }
        return PNG.file(width: width, height: height, grey: picture.ink)
    }

    /// A bent line that grows thinner.
    private mutating func stroke(_ left: Double, width: Double, _ dice: inout DemoDice) {
        let (x, y) = (left + dice.between(0, width * 0.7), dice.between(22, 85))
        let isFlat = dice.chance(0.5)
        let (dx, dy) = isFlat ? (width * 0.55, dice.between(-14, 4)) : (dice.between(-22, 14), dice.between(24, 44))
        let (bendX, bendY) = (dice.between(-8, 8), dice.between(-10, 10))
        let steps = 60
        for step in 0...steps {
            let t = Double(step) / Double(steps)
            let bend = 4 * t * (1 - t)
            dot(x + dx * t + bendX * bend, y + dy * t + bendY * bend, radius: 2.6 - 1.3 * t)
        }
    }

    private mutating func dot(_ x: Double, _ y: Double, radius: Double) {
        let reach = Int(radius) + 2
        for row in Int(y) - reach...Int(y) + reach where (0..<Self.height).contains(row) {
            for column in Int(x) - reach...Int(x) + reach where (0..<Self.width).contains(column) {
                let (dx, dy) = (Double(column) - x, Double(row) - y)
                let cover = min(1, max(0, radius + 0.5 - (dx * dx + dy * dy).squareRoot()))
                let index = row * Self.width + column
                ink[index] = min(ink[index], UInt8(255 - cover * 230))
            }
        }
    }
}

private enum PNG {
    static func file(width: Int, height: Int, grey: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity((width + 1) * height)
        for row in 0..<height { lines += [0] + grey[row * width..<(row + 1) * width] }
        let head = word(width) + word(height) + [8, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", head) + chunk("IDAT", stored(lines)) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return word(data.count) + body + word(Int(crc(body)))
    }

    /// zlib's frame around blocks that are stored as they are (RFC 1950, RFC 1951, 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let part = bytes[start..<min(start + 65_535, bytes.count)]
            let size = UInt16(part.count)
            out.append(part.endIndex == bytes.count ? 1 : 0)
            for half in [size, ~size] { out += [UInt8(half & 0xFF), UInt8(half >> 8)] }
            out += part
        }
        return out + word(Int(adler(bytes)))
    }

    private static func word(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
