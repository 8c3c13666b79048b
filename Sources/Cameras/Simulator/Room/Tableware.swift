// Pots, bowls, vegetables: small round things, each a mesh.

extension Room {
    /// A straight pot, open at the top, with something in it.
    mutating func addPot(_ base: Vector, radius: Float, height: Float, content: Material, _ material: Material = .steel)
    {
        stand(base, radius: radius) { pen in
            let top = base + Vector(0, 0, height)
            pen.loft(
                [
                    .init(base, radius: radius * 0.97), .init(base + [0, 0, 0.02], radius: radius),
                    .init(top, radius: radius),
                    .init(top + [0, 0, 0.008], radius: radius * 1.04), .init(top, radius: radius * 0.95),
                ], sides: 22, material)
            pen.disc(top - [0, 0, height * 0.16], radius: radius * 0.95, content)
            for side in [-1, 1] as [Float] {
                pen.block(
                    base + [side * radius * 1.08, 0, height * 0.78], [0.035, 0, 0], [0, 0.05, 0], [0, 0, 0.012],
                    .darkSteel)
            }
        }
    }

    /// A wide bowl with sloping sides.
    mutating func addBasin(
        _ base: Vector, radius: Float, height: Float, content: Material, _ material: Material = .steel
    ) {
        stand(base, radius: radius * 0.8) { pen in
            let top = base + Vector(0, 0, height)
            pen.loft(
                [
                    .init(base, radius: radius * 0.62), .init(base + [0, 0, height * 0.4], radius: radius * 0.84),
                    .init(top, radius: radius), .init(top + [0, 0, 0.006], radius: radius * 1.05),
                    .init(top, radius: radius * 0.97),
                ], sides: 22, material)
            pen.heap(top - [0, 0, height * 0.3], radius: radius * 0.88, rise: radius * 0.3, content)
        }
    }

    mutating func addPlates(_ base: Vector, radius: Float, count: Int, _ material: Material = .porcelain) {
        stand(base, radius: radius) { pen in
            for index in 0..<count {
                let level = base + Vector(0, 0, Float(index) * 0.017)
                pen.loft(
                    [
                        .init(level, radius: radius * 0.55), .init(level + [0, 0, 0.014], radius: radius),
                        .init(level + [0, 0, 0.019], radius: radius * 0.98),
                    ], sides: 18, index % 4 == 3 ? .blueRim : material)
            }
            pen.disc(base + [0, 0, Float(count) * 0.017], radius: radius * 0.94, material)
        }
    }

    mutating func addBowls(_ base: Vector, count: Int) {
        stand(base, radius: 0.07) { pen in
            for index in 0..<count {
                let level = base + Vector(0, 0, Float(index) * 0.028)
                pen.loft(
                    [
                        .init(level, radius: 0.035), .init(level + [0, 0, 0.035], radius: 0.064),
                        .init(level + [0, 0, 0.06], radius: 0.072),
                    ], sides: 14, index % 3 == 2 ? .blueRim : .porcelain)
            }
            pen.disc(base + [0, 0, Float(count) * 0.028 + 0.026], radius: 0.064, .porcelain)
        }
    }

    mutating func addTray(_ low: Vector, _ size: Vector, content: Material) {
        addBox(low, low + size, .steel, casts: false)
        props.append { pen in
            let middle = low + size / 2
            pen.ellipsoid(
                [middle.x, middle.y, low.z + size.z * 0.8], [size.x * 0.44, 0, 0], [0, size.y * 0.44, 0],
                [0, 0, size.z * 0.55], content, rows: 5, sides: 16)
        }
    }

    /// A chopping board with a few cut pieces and a knife on it.
    mutating func addBoard(_ low: Vector, _ size: SIMD2<Float>, _ colour: Vector, _ food: Material, seed: UInt64) {
        addBox(low, low + [size.x, size.y, 0.025], .plastic(colour), casts: false)
        let dice = Dice(seed: seed)
        props.append { pen in
            let top = low.z + 0.025
            for piece in 0..<12 {
                let x = low.x + size.x * dice.with(piece).between(0.5, 0.92)
                let y = low.y + size.y * dice.with(piece + 50).between(0.15, 0.85)
                let radius = dice.with(piece + 100).between(0.012, 0.026)
                pen.ball([x, y, top + radius * 0.6], radius: radius, food, rows: 4, sides: 6)
            }
            let knife = Vector(low.x + size.x * 0.28, low.y + size.y * 0.4, top + 0.006)
            pen.block(knife, [0.1, 0.02, 0], [-0.006, 0.03, 0], [0, 0, 0.003], .steel)
            pen.block(
                knife + [-0.15, -0.03, 0.004], [0.055, 0.011, 0], [-0.002, 0.012, 0], [0, 0, 0.009], .knifeHandle)
        }
    }

    /// Several of the same vegetable in a heap.
    mutating func addHeap(
        _ base: Vector, spread: SIMD2<Float>, count: Int, size: Vector, _ material: Material, seed: UInt64
    ) {
        addContact(base, radius: max(spread.x, spread.y) * 1.3)
        let dice = Dice(seed: seed)
        props.append { pen in
            for index in 0..<count {
                let one = dice.with(index)
                let turn = one.with(3).between(0, 2 * .pi)
                let place = Vector(
                    base.x + spread.x * one.with(1).between(-1, 1), base.y + spread.y * one.with(2).between(-1, 1),
                    base.z + size.z * (0.9 + Float(index % 3) * 0.5))
                pen.ellipsoid(
                    place, Vector.heading(turn) * size.x, Vector.heading(turn + .pi / 2) * size.y, [0, 0, size.z],
                    material,
                    rows: 5, sides: 8)
            }
        }
    }

    /// A swan-necked tap on the wall side of a basin.
    mutating func addTap(_ base: Vector, height: Float, reach: Float, waterLevel: Float) -> Int {
        props.append { pen in
            var rings: [MeshPen.Ring] = [.init(base, radius: 0.022), .init(base + [0, 0, height], radius: 0.018)]
            for step in 1...6 {
                let angle = Float(step) / 6 * .pi
                let centre = base + Vector(0, -reach / 2 * (1 - cosine(angle)), height + reach / 2 * sine(angle))
                let along = Vector(0, -sine(angle), cosine(angle))
                rings.append(.init(centre, [0.016, 0, 0], along.cross([1, 0, 0]) * 0.016))
            }
            pen.loft(rings, sides: 8, .steel)
            pen.block(base + [0.06, 0, 0.05], [0.05, 0, 0], [0, 0.012, 0], [0, 0, 0.012], .steel)
        }
        taps.append(Tap(mouth: base + [0, -reach, height], waterLevel: waterLevel))
        return taps.count - 1
    }
}

extension MeshPen {
    func disc(_ centre: Vector, radius: Float, _ material: Material) {
        ellipsoid(
            centre, [radius, 0, 0], [0, radius, 0], [0, 0, 0.006], material, rows: 2, sides: 22,
            elevation: 0...(.pi / 2))
    }

    /// A shallow dome with small lumps on it.
    func heap(_ centre: Vector, radius: Float, rise: Float, _ material: Material) {
        ellipsoid(
            centre, [radius, 0, 0], [0, radius, 0], [0, 0, rise], material, rows: 4, sides: 18, elevation: 0...(.pi / 2)
        )
        for lump in 0..<9 {
            let angle = Float(lump) * 2.4
            let out = radius * 0.75 * (Float(lump) / 9).squareRoot()
            let place = centre + Vector.heading(angle) * out + [0, 0, rise * (1 - out * out / (radius * radius)) * 0.8]
            ball(place, radius: radius * 0.2, material, rows: 4, sides: 7)
        }
    }
}
