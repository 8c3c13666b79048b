/// A fly on its restless way through the room.
struct Fly {
    let place: Vector
    private let way: Vector

    init(_ number: Int, at time: Double, dice: Dice) {
        let dice = dice.with(0xF17).with(number)
        // Three waves for each direction, of periods that never meet, look like no wave at all.
        func along(_ key: Int, _ middle: Float, _ reach: Float, _ time: Double) -> Float {
            let chance = dice.with(key)
            let slow = wave(time, period: Double(chance.between(5, 9)), phase: chance.with(1).unit * 6)
            let quick = wave(time, period: Double(chance.with(2).between(1.1, 2.3)), phase: chance.with(3).unit * 6)
            let jerky = wave(time, period: Double(chance.with(4).between(0.35, 0.6)), phase: chance.with(5).unit * 6)
            return middle + reach * (0.62 * slow + 0.28 * quick + 0.06 * jerky)
        }
        func position(_ time: Double) -> Vector {
            Vector(
                along(10, dice.with(1).between(1.6, 3.8), 1.2, time),
                along(20, dice.with(2).between(1.6, 3.4), 1.0, time),
                along(30, dice.with(3).between(1.0, 1.7), 0.35, time))
        }
        place = position(time)
        way = position(time + 0.02) - position(time - 0.02)
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
