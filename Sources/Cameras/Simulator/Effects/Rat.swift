/// A rat that now and then runs along the foot of the wall, with stops.
struct Rat {
    let place: Vector
    let heading: Float
    /// 0…1 through a gallop's stride.
    let stride: Float

    private static let slot: Double = 30

    /// Nil when there is none at this time.
    init?(at time: Double, room: Room, perHour: Float, dice: Dice) {
        guard perHour > 0 else { return nil }
        let slot = Int((time / Self.slot).rounded(.down))
        let chance = dice.with(0x4A7).with(slot)
        guard chance.unit < perHour * Float(Self.slot) / 3600 else { return nil }
        let into = Float(time - Double(slot) * Self.slot) - chance.with(1).between(0, 10)
        guard into > 0 else { return nil }
        let way = Walk(chance.with(2).unit < 0.5 ? room.skirting : room.skirting.reversed())
        // Dashes of about a second, with sniffing in between.
        let dash: Float = 1.1
        let halt: Float = 0.7
        let round = Int(into / (dash + halt))
        let inRound = into - Float(round) * (dash + halt)
        let speed: Float = 1.3
        let metres = (Float(round) * dash + min(inRound, dash)) * speed
        guard metres < way.length else { return nil }
        let (point, direction) = way.place(after: metres)
        let isRunning = inRound < dash
        place = Vector(point.x, point.y, 0.045)
        heading = direction + (isRunning ? 0 : 0.35 * wave(time, period: 0.8))
        stride = isRunning ? metres / 0.16 : 0
    }

    func draw(with pen: MeshPen) {
        let forward = Vector.heading(heading)
        let left = Vector.heading(heading + .pi / 2)
        let hop = 0.012 * abs(sine(stride * .pi))
        let body = place + [0, 0, hop]
        pen.ellipsoid(body, forward * 0.105, left * 0.044, [0, 0, 0.045], .ratFur, rows: 6, sides: 10)
        pen.ellipsoid(
            body + forward * 0.115 + [0, 0, 0.012], forward * 0.052, left * 0.027, [0, 0, 0.027], .ratFur, rows: 5,
            sides: 8)
        for side in [-1, 1] as [Float] {
            pen.ball(
                body + forward * 0.10 + left * (side * 0.022) + [0, 0, 0.036], radius: 0.013, .ratTail, rows: 3,
                sides: 6)
        }
        var rings: [MeshPen.Ring] = []
        for step in 0...6 {
            let along = Float(step) / 6
            let bend = 0.05 * sine(along * 4 + stride * 3) * along
            let centre = body - forward * (0.09 + along * 0.17) + left * bend - [0, 0, 0.02 * along]
            rings.append(MeshPen.Ring(centre, left * (0.010 * (1 - along * 0.7)), [0, 0, 0.010 * (1 - along * 0.7)]))
        }
        pen.loft(rings, sides: 6, .ratTail)
    }
}
