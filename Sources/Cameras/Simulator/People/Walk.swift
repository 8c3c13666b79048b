/// A way on foot: straight pieces, with the corners rounded off as people do.
struct Walk {
    private let points: [SIMD2<Float>]
    /// Metres from the start to each point.
    private let reached: [Float]

    var length: Float { reached[reached.count - 1] }

    init(_ points: [SIMD2<Float>]) {
        self.points = points
        var reached: [Float] = [0]
        for (a, b) in zip(points, points.dropFirst()) { reached.append(reached[reached.count - 1] + (b - a).length) }
        self.reached = reached
    }

    /// Position, and direction in radians, after `metres`.
    func place(after metres: Float) -> (place: SIMD2<Float>, heading: Float) {
        let reach: Float = 0.28
        let behind = point(metres - reach)
        let ahead = point(metres + reach)
        let step = ahead - behind
        return ((behind + ahead + point(metres) * 2) / 4, arcTangent(step.y, step.x))
    }

    private func point(_ metres: Float) -> SIMD2<Float> {
        let metres = min(max(metres, 0), length)
        var leg = 1
        while leg < reached.count - 1 && reached[leg] < metres { leg += 1 }
        guard reached.count > 1 else { return points[0] }
        let span = reached[leg] - reached[leg - 1]
        return span > 0 ? mix(points[leg - 1], points[leg], (metres - reached[leg - 1]) / span) : points[leg]
    }
}

extension SIMD2<Float> {
    var length: Float { (x * x + y * y).squareRoot() }
}

extension Room {
    /// From one place to another, round the table in the middle on the shorter side, keeping to the right.
    func walk(from start: SIMD2<Float>, to end: SIMD2<Float>, lane: Float) -> Walk {
        let low = ringLow - SIMD2(repeating: lane)
        let high = ringHigh + SIMD2(repeating: lane)
        let ring = Ring(low: low, high: high)
        let from = ring.nearest(to: start)
        let to = ring.nearest(to: end)
        return Walk([start] + ring.way(from: from, to: to) + [end])
    }

    /// A rectangle, walked along; places on it are metres from its lower left corner, counter-clockwise.
    private struct Ring {
        var low: SIMD2<Float>
        var high: SIMD2<Float>

        var width: Float { high.x - low.x }
        var depth: Float { high.y - low.y }
        var length: Float { 2 * (width + depth) }

        func nearest(to place: SIMD2<Float>) -> Float {
            let x = min(max(place.x, low.x), high.x) - low.x
            let y = min(max(place.y, low.y), high.y) - low.y
            let sides = [
                (abs(place.y - low.y), x), (abs(place.x - high.x), width + y),
                (abs(place.y - high.y), width + depth + (width - x)),
                (abs(place.x - low.x), 2 * width + depth + (depth - y)),
            ]
            return sides.min { $0.0 < $1.0 }!.1
        }

        func point(_ metres: Float) -> SIMD2<Float> {
            if metres <= width { return [low.x + metres, low.y] }
            if metres <= width + depth { return [high.x, low.y + metres - width] }
            if metres <= 2 * width + depth { return [high.x - (metres - width - depth), high.y] }
            return [low.x, high.y - (metres - 2 * width - depth)]
        }

        func way(from: Float, to: Float) -> [SIMD2<Float>] {
            let corners = [0, width, width + depth, 2 * width + depth]
            let forward = to >= from ? to - from : to - from + length
            var between: [(Float, SIMD2<Float>)] = []
            for corner in corners {
                let ahead = corner >= from ? corner - from : corner - from + length
                if forward <= length / 2 {
                    if ahead > 0, ahead < forward { between.append((ahead, point(corner))) }
                } else {
                    let back = length - ahead
                    if back > 0, back < length - forward { between.append((back, point(corner))) }
                }
            }
            between.sort { $0.0 < $1.0 }
            return [point(from)] + between.map(\.1) + [point(to)]
        }
    }
}
