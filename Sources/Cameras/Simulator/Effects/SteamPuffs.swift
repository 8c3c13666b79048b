/// Steam over pots: soft puffs that rise, drift and thin out.
struct SteamPuffs {
    let room: Room
    let dice: Dice

    struct Puff {
        var centre: Vector
        var radius: Float
        var opacity: Float
    }

    private static let life: Double = 2.8

    func puffs(at time: Double) -> [Puff] {
        var puffs: [Puff] = []
        for (index, steam) in room.steams.enumerated() {
            // A stronger one puffs more often.
            let period = 0.42 / Double(0.4 + 0.6 * steam.strength)
            let newest = Int((time / period).rounded(.down))
            let oldest = Int(((time - Self.life) / period).rounded(.down)) + 1
            for number in oldest...newest {
                let chance = dice.with(index).with(number)
                let age = Float((time - Double(number) * period) / Self.life)
                let rise = age * chance.with(1).between(0.75, 1.25)
                let drift = Vector(
                    chance.with(2).between(-0.5, 0.5) * steam.radius + 0.10
                        * wave(time, period: 3.1, phase: Float(number)) * age,
                    chance.with(3).between(-0.4, 0.4) * steam.radius + 0.06 * age, rise)
                puffs.append(
                    Puff(
                        centre: steam.source + drift, radius: steam.radius * (0.55 + 1.1 * age),
                        opacity: 0.5 * steam.strength * (1 - age) * smoothstep(0, 0.15, age)))
            }
        }
        return puffs
    }
}
