/// Draws round things (limbs, pots, cabbages) as smoothly shaded meshes onto a raster.
struct MeshPen {
    let raster: Raster
    let lens: Lens
    let lighting: Lighting
    let palette: Palette
    var part = MeshTag.Part.body

    /// A cross-section: the points `centre` + cos θ · `u` + sin θ · `v`.
    struct Ring {
        var centre: Vector
        var u: Vector
        var v: Vector

        init(_ centre: Vector, _ u: Vector, _ v: Vector) {
            self.centre = centre
            self.u = u
            self.v = v
        }

        /// A level circle.
        init(_ centre: Vector, radius: Float) {
            self.init(centre, Vector(radius, 0, 0), Vector(0, radius, 0))
        }

        @inline(__always)
        func point(_ turn: (cosine: Float, sine: Float)) -> Vector { centre + u * turn.cosine + v * turn.sine }
    }

    private struct Vertex {
        var corner = Raster.Corner(x: 0, y: 0, inverseDepth: -1, luma: 0)
        var facesUs = false
    }

    init(raster: Raster, lens: Lens, lighting: Lighting, palette: Palette) {
        self.raster = raster
        self.lens = lens
        self.lighting = lighting
        self.palette = palette
    }

    /// A skin over cross-sections. `from`…`to` in radians leaves part of the way round open.
    func loft(_ rings: [Ring], sides: Int, _ material: Material, from: Float = 0, to: Float = 2 * .pi) {
        let turns = Self.turns(from...to, steps: sides)
        mesh(rows: rings.count, columns: turns.count, material) { row, column in
            let ring = rings[row]
            let turn = turns[column]
            let point = ring.point(turn)
            let before = rings[max(row - 1, 0)].point(turn)
            let after = rings[min(row + 1, rings.count - 1)].point(turn)
            let around = ring.v * turn.cosine - ring.u * turn.sine
            var normal = around.cross(after - before).normalized
            let outward = point - ring.centre
            if normal.dot(outward) < 0 { normal = -normal }
            // The last ring of a closed end has no way round.
            if around.dot(around) < 1e-10 { normal = (row == 0 ? before - after : after - before).normalized }
            return (point, normal)
        }
    }

    /// An ellipsoid with half axes `x`, `y`, `z`, or the part of it between these angles (radians; azimuth from `x` towards `y`).
    func ellipsoid(
        _ centre: Vector, _ x: Vector, _ y: Vector, _ z: Vector, _ material: Material, rows: Int = 6, sides: Int = 10,
        azimuth: ClosedRange<Float> = 0...(2 * .pi), elevation: ClosedRange<Float> = (-.pi / 2)...(.pi / 2)
    ) {
        let (xx, yy, zz) = (1 / x.dot(x), 1 / y.dot(y), 1 / z.dot(z))
        let around = Self.turns(azimuth, steps: sides)
        let above = Self.turns(elevation, steps: rows)
        mesh(rows: rows + 1, columns: sides + 1, material) { row, column in
            let level = above[row].cosine
            let (a, b, c) = (level * around[column].cosine, level * around[column].sine, above[row].sine)
            let normal = (x * (a * xx) + y * (b * yy) + z * (c * zz)).normalized
            return (centre + x * a + y * b + z * c, normal)
        }
    }

    func ball(_ centre: Vector, radius: Float, _ material: Material, rows: Int = 5, sides: Int = 8) {
        ellipsoid(
            centre, Vector(radius, 0, 0), Vector(0, radius, 0), Vector(0, 0, radius), material, rows: rows, sides: sides
        )
    }

    /// A box with half axes `x`, `y`, `z`.
    func block(_ centre: Vector, _ x: Vector, _ y: Vector, _ z: Vector, _ material: Material) {
        for (out, a, b) in [(x, y, z), (y, z, x), (z, x, y)] {
            for side in [-1, 1] as [Float] {
                let normal = out.normalized * side
                mesh(rows: 2, columns: 2, material) { row, column in
                    (centre + out * side + a * (row == 0 ? -1 : 1) + b * (column == 0 ? -1 : 1), normal)
                }
            }
        }
    }

    private static func turns(_ range: ClosedRange<Float>, steps: Int) -> [(cosine: Float, sine: Float)] {
        (0...steps).map { step in
            let angle = range.lowerBound + (range.upperBound - range.lowerBound) * Float(step) / Float(steps)
            return (cosine(angle), sine(angle))
        }
    }

    /// A grid of quads; those that show only their back are left out, which suits closed bodies and halves the work.
    private func mesh(
        rows: Int, columns: Int, _ material: Material, at place: (_ row: Int, _ column: Int) -> (Vector, Vector)
    ) {
        let tag = MeshTag.make(material, part)
        withUnsafeTemporaryAllocation(of: Vertex.self, capacity: rows * columns) { vertices in
            for row in 0..<rows {
                for column in 0..<columns {
                    let (point, normal) = place(row, column)
                    vertices.initializeElement(at: row * columns + column, to: vertex(point, normal, material))
                }
            }
            for row in 0..<(rows - 1) {
                for column in 0..<(columns - 1) {
                    let a = vertices[row * columns + column]
                    let b = vertices[row * columns + column + 1]
                    let c = vertices[(row + 1) * columns + column]
                    let d = vertices[(row + 1) * columns + column + 1]
                    guard a.facesUs || b.facesUs || c.facesUs || d.facesUs else { continue }
                    let farthest = min(
                        a.corner.inverseDepth, b.corner.inverseDepth, c.corner.inverseDepth, d.corner.inverseDepth)
                    let nearest = max(
                        a.corner.inverseDepth, b.corner.inverseDepth, c.corner.inverseDepth, d.corner.inverseDepth)
                    guard farthest > 0, nearest < 1 / Lens.near else { continue }
                    raster.fill(a.corner, b.corner, d.corner, tag: tag)
                    raster.fill(a.corner, d.corner, c.corner, tag: tag)
                }
            }
        }
    }

    private func vertex(_ point: Vector, _ normal: Vector, _ material: Material) -> Vertex {
        let projected = lens.project(point)
        let view = (point - lens.position).normalized
        let facing = -view.dot(normal)
        let index = Int(material.rawValue)
        var light = palette.brightness[index] * lighting.light(at: point, normal: normal)
        let shine = palette.shine[index]
        if material == .phoneScreen {
            light = palette.brightness[index] * 1.1
        } else if shine > 0.1 {
            light = light * (1 - shine) + shine * lighting.mirrored(in: normal, seenAlong: view)
        }
        return Vertex(
            corner: Raster.Corner(
                x: projected.x, y: projected.y, inverseDepth: projected.inverseDepth, luma: Tone.luma(light)),
            facesUs: facing > -0.12)
    }
}
