import Domain

/// Zones as text that people can write: one zone in a line, points as `x,y` in per cent of the picture from its upper
/// left corner, blanks between them: `12.5,30 40,30 40,80`.
enum ZoneText {
    struct Fault: Error, Hashable {
        let line: Int
    }

    static func text(_ zones: [PictureZone]) -> String {
        zones.map { zone in
            zone.points.map { "\(share($0.x)),\(share($0.y))" }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    static func parse(_ text: String) throws(Fault) -> [PictureZone] {
        var zones: [PictureZone] = []
        for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            let points = line.split(whereSeparator: \.isWhitespace)
            guard !points.isEmpty else { continue }
            var zone = PictureZone([])
            for point in points {
                let parts = point.split(separator: ",", omittingEmptySubsequences: false)
                guard parts.count == 2, let x = share(from: parts[0]), let y = share(from: parts[1]) else {
                    throw Fault(line: number + 1)
                }
                zone.points.append(PicturePoint(x: x, y: y))
            }
            guard zone.isValid else { throw Fault(line: number + 1) }
            zones.append(zone)
        }
        return zones
    }

    /// 0…100 without sign or exponent, as a share.
    private static func share(from text: Substring) -> Double? {
        guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let value = Double(text), (0...100).contains(value)
        else { return nil }
        return value / 100
    }

    private static func share(_ value: Double) -> String { Decimal.short(value * 100, places: 2) }
}
