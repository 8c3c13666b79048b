/// Gas flames round the woks, and now and then a flare from one that is being stirred.
struct Flames {
    let room: Room
    let dice: Dice

    struct Tongue {
        var base: Vector
        var width: Float
        var height: Float
        /// 0 = blue at the burner … 1 = yellow.
        var heat: Float
        var opacity: Float
    }

    /// - Parameter cooks: Where people stand and stir.
    func tongues(at time: Double, cooks: [SIMD2<Float>]) -> [Tongue] {
        var tongues: [Tongue] = []
        for (index, burner) in room.burners.enumerated() {
            let isTended = cooks.contains { cook in
                (cook - SIMD2(burner.centre.x, burner.centre.y)).length < 1
            }
            addRing(burner, index, time, isTended, &tongues)
            if isTended { addFlare(burner, index, time, &tongues) }
        }
        return tongues
    }

    private func addRing(
        _ burner: Room.Burner, _ index: Int, _ time: Double, _ isTended: Bool, _ tongues: inout [Tongue]
    ) {
        let flicker = Int((time * 12).rounded(.down))
        for tongue in 0..<12 {
            // Only those on our side of the wok can be seen.
            let angle = Float.pi * (1.0 + Float(tongue) / 11 * 0.75) - 0.15
            let chance = dice.with(index).with(tongue).with(flicker)
            let height = (isTended ? 0.10 : 0.05) * chance.between(0.6, 1.2)
            let base = burner.centre + Vector.heading(angle) * (burner.radius + 0.02)
            tongues.append(Tongue(base: base, width: 0.028, height: height, heat: 0.1, opacity: 0.65))
            tongues.append(
                Tongue(
                    base: base + [0, 0, height * 0.35], width: 0.018, height: height * 0.8, heat: 0.85, opacity: 0.7))
        }
    }

    private func addFlare(_ burner: Room.Burner, _ index: Int, _ time: Double, _ tongues: inout [Tongue]) {
        let period: Double = 11
        let number = Int((time / period).rounded(.down))
        let into = Float(time - Double(number) * period)
        let start = dice.with(900 + index).with(number).between(1, 8)
        let age = (into - start) / 1.1
        guard age > 0, age < 1 else { return }
        let flicker = Int((time * 12).rounded(.down))
        for tongue in 0..<16 {
            let chance = dice.with(700 + index).with(tongue).with(flicker)
            let out = chance.with(1).between(0, 0.2)
            let base = burner.centre + Vector.heading(chance.with(2).between(0, 2 * .pi)) * out + [0, 0, 0.14]
            let height = (0.42 - out) * chance.with(3).between(0.5, 1.1) * sine(age * .pi)
            tongues.append(
                Tongue(base: base, width: 0.07, height: height, heat: chance.with(4).between(0.6, 1), opacity: 0.6))
        }
    }
}
