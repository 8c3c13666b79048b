/// Light that falls on each face, with its soft shadows, worked out once on a coarse grid: it depends on the room, not on the picture's size.
struct LightMap: Sendable {
    struct Light: Sendable {
        /// From the lamps.
        var lamps: Float
        /// From the window, at noon.
        var window: Float
        /// Share of the sky of directions that nothing near stands in, 0…1.
        var openness: Float
    }

    private let columns: Int
    private let rows: Int
    private let size: SIMD2<Float>
    private let lights: [Light]

    /// Fine enough for the shadow of a table's edge.
    private static let step: Float = 0.11

    init(face: Room.Face, boxes: [Room.Box]) {
        size = face.size
        columns = min(max(Int((size.x / Self.step).rounded(.up)), 2), 64)
        rows = min(max(Int((size.y / Self.step).rounded(.up)), 2), 64)
        var lights: [Light] = []
        lights.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let u = (Float(column) + 0.5) / Float(columns) * size.x
                let v = (Float(row) + 0.5) / Float(rows) * size.y
                lights.append(Self.light(at: face.point(u, v) + face.normal * 0.012, face: face, boxes: boxes))
            }
        }
        self.lights = lights
    }

    /// Between the four nearest points of the grid.
    @inline(__always)
    func sample(_ u: Float, _ v: Float) -> Light {
        let x = min(max(u / size.x * Float(columns) - 0.5, 0), Float(columns - 1))
        let y = min(max(v / size.y * Float(rows) - 0.5, 0), Float(rows - 1))
        let column = min(Int(x), columns - 2)
        let row = min(Int(y), rows - 2)
        let a = x - Float(column)
        let b = y - Float(row)
        let first = row * columns + column
        let (p, q, r, s) = (lights[first], lights[first + 1], lights[first + columns], lights[first + columns + 1])
        return Light(
            lamps: mix(mix(p.lamps, q.lamps, a), mix(r.lamps, s.lamps, a), b),
            window: mix(mix(p.window, q.window, a), mix(r.window, s.window, a), b),
            openness: mix(mix(p.openness, q.openness, a), mix(r.openness, s.openness, a), b))
    }

    private static func light(at point: Vector, face: Room.Face, boxes: [Room.Box]) -> Light {
        if face.hasOwnLight { return Light(lamps: 0.45, window: 0.05, openness: 0.8) }
        var lamps: Float = 0
        for lamp in Room.lamps {
            let way = lamp - point
            let cosine = way.normalized.dot(face.normal)
            if cosine > 0, !isBlocked(from: point, to: lamp, boxes) { lamps += cosine / way.dot(way) }
        }
        var window: Float = 0
        for offset in [Vector(-0.02, -0.5, -0.25), [-0.02, 0.5, -0.25], [-0.02, -0.5, 0.3], [-0.02, 0.5, 0.3]] {
            let pane = Room.windowCentre + offset
            let way = pane - point
            let cosine = way.normalized.dot(face.normal)
            let leaving = way.normalized.x
            if cosine > 0, leaving > 0, !isBlocked(from: point, to: pane, boxes) {
                window += cosine * leaving / max(way.dot(way), 0.1)
            }
        }
        var open: Float = 0
        let reach: Float = 0.9
        for direction in hemisphere {
            let tangent = face.uAxis * direction.x + face.vAxis * direction.y + face.normal * direction.z
            if !isBlocked(from: point, to: point + tangent * reach, boxes) { open += 1 }
        }
        return Light(lamps: lamps, window: window, openness: open / Float(hemisphere.count))
    }

    /// Evenly strewn by cosine.
    private static let hemisphere: [Vector] = (0..<14).map { index in
        let squared = (Float(index) + 0.5) / 14
        let angle = Float(index) * 2.399_963
        return Vector(
            cosine(angle) * squared.squareRoot(), sine(angle) * squared.squareRoot(), (1 - squared).squareRoot())
    }

    private static func isBlocked(from start: Vector, to end: Vector, _ boxes: [Room.Box]) -> Bool {
        let way = end - start
        for box in boxes where box.entry(from: start, along: way) < 0.999 { return true }
        // The walls too: the floor in the corridor, and corners.
        return end.x > Room.width || end.y > Room.depth
    }
}

extension Room.Box {
    /// How far along `way` (1 = its whole length) the box is entered; infinity when it is not, or when `start` lies inside.
    @inline(__always)
    func entry(from start: Vector, along way: Vector) -> Float {
        var first: Float = 0
        var last = Float.infinity
        for axis in 0..<3 {
            let direction = way[axis]
            let position = start[axis]
            if abs(direction) < 1e-8 {
                if position < low[axis] || position > high[axis] { return .infinity }
                continue
            }
            let a = (low[axis] - position) / direction
            let b = (high[axis] - position) / direction
            first = max(first, min(a, b))
            last = min(last, max(a, b))
            if first > last { return .infinity }
        }
        return first > 0 ? first : .infinity
    }
}
