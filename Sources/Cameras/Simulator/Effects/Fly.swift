/// A fly on its restless way through the room.
struct Fly {
    let place: Vector
    private let way: Vector

    /// Somewhere in the room.
    init(_ number: Int, at time: Double, dice: Dice) {
        let dice = dice.with(0xF17).with(number)
        self.init(at: time, dice) { along in
            Vector(
                along(10, dice.with(1).between(1.6, 3.8), 1.2), along(20, dice.with(2).between(1.6, 3.4), 1.0),
                along(30, dice.with(3).between(1.0, 1.7), 0.35))
        }
    }

    /// Round the camera, half a metre to a metre before it, as flies like to do.
    init(_ number: Int, before lens: Lens, at time: Double, dice: Dice) {
        self.init(at: time, dice.with(0xF1C).with(number)) { along in
            let depth = along(10, 0.75, 0.22)
            return lens.position + lens.forward * depth + lens.right * (along(20, 0, 0.5) * depth)
                + lens.up * (along(30, 0, 0.28) * depth)
        }
    }

    /// A coordinate: a key for its chances, its middle and its reach in metres.
    private typealias Coordinate = (_ key: Int, _ middle: Float, _ reach: Float) -> Float

    private init(at time: Double, _ dice: Dice, _ position: (Coordinate) -> Vector) {
        // Three waves for each direction, of periods that never meet, look like no wave at all.
        func along(_ key: Int, _ middle: Float, _ reach: Float, _ time: Double) -> Float {
            let chance = dice.with(key)
            let slow = wave(time, period: Double(chance.between(5, 9)), phase: chance.with(1).unit * 6)
            let quick = wave(time, period: Double(chance.with(2).between(1.1, 2.3)), phase: chance.with(3).unit * 6)
            let jerky = wave(time, period: Double(chance.with(4).between(0.35, 0.6)), phase: chance.with(5).unit * 6)
            return middle + reach * (0.62 * slow + 0.28 * quick + 0.06 * jerky)
        }
        func place(_ time: Double) -> Vector { position { along($0, $1, $2, time) } }
        self.place = place(time)
        way = place(time + 0.02) - place(time - 0.02)
    }

    func draw(with pen: MeshPen) {
        // Blurred along its way, as long as the shutter is open.
        let along = way.length > 0.001 ? way.normalized : Vector(1, 0, 0)
        let aside = abs(along.z) > 0.9 ? Vector(1, 0, 0) : along.cross(.up).normalized
        pen.ellipsoid(
            place, along * (0.008 + min(way.length * 0.4, 0.02)), aside * 0.0065, aside.cross(along) * 0.0065, .iron,
            rows: 4,
            sides: 6)
    }
}
