/// What somebody does with hands, back and head. Places are forward, left and up of the feet, in metres.
struct Pose {
    var leftHand: Vector?
    var rightHand: Vector?
    /// 0 = arms hang, 1 = hands are where they should be.
    var reach: Float = 1
    /// Radians forward.
    var lean: Float = 0
    /// Radians down, and to the left.
    var nod: Float = 0.1
    var turn: Float = 0
    var sway: Float = 0
    var holds = Thing.nothing

    enum Thing {
        case nothing, knife, ladle, cloth, plate, phone, basin
    }

    /// Every so many seconds the task is changed.
    private static let spell: Double = 7

    static func at(_ moment: Schedule.Moment, _ time: Double, dice: Dice, scale: Float) -> Pose {
        if moment.carries && moment.walking > 0 { return carrying(moment.walking) }
        guard let station = moment.station else {
            var pose = Pose()
            pose.turn = 0.25 * wave(time, period: 5.3, phase: dice.unit * 6)
            return pose
        }
        if moment.usesPhone { return phoning(time, dice) }
        // From one spell's pose to the next within a part of a second.
        let spell = Int((time / Self.spell).rounded(.down))
        let into = Float(time - Double(spell) * Self.spell)
        let now = task(spell, station, dice).pose(time, dice)
        guard into < 0.6 else { return now }
        return mix(task(spell - 1, station, dice).pose(time, dice), now, smoothstep(0, 0.6, into))
    }

    private static func task(_ spell: Int, _ station: Room.Station, _ dice: Dice) -> Room.Task {
        let chance = dice.with(0x7A).with(spell)
        if chance.unit < 0.12 { return .rest }
        return station.tasks[chance.with(1).index(below: station.tasks.count)]
    }

    private static func mix(_ a: Pose, _ b: Pose, _ share: Float) -> Pose {
        var pose = share < 0.5 ? a : b
        let aside = Vector(0.2, 0.25, 0.85)
        let leftA = a.leftHand ?? aside
        let leftB = b.leftHand ?? aside
        pose.leftHand = leftA + (leftB - leftA) * share
        let rightA = a.rightHand ?? aside * [1, -1, 1]
        let rightB = b.rightHand ?? aside * [1, -1, 1]
        pose.rightHand = rightA + (rightB - rightA) * share
        pose.lean = a.lean + (b.lean - a.lean) * share
        pose.nod = a.nod + (b.nod - a.nod) * share
        pose.turn = a.turn + (b.turn - a.turn) * share
        pose.sway = a.sway + (b.sway - a.sway) * share
        return pose
    }

    private static func carrying(_ walking: Float) -> Pose {
        Pose(
            leftHand: [0.34, 0.17, 1.0], rightHand: [0.34, -0.17, 1.0], reach: walking, lean: -0.04, nod: 0.15,
            holds: walking > 0.6 ? .basin : .nothing)
    }

    private static func phoning(_ time: Double, _ dice: Dice) -> Pose {
        let tap = 0.012 * wave(time, period: 0.9)
        var pose = Pose(
            leftHand: [0.22, 0.16, 0.98], rightHand: [0.30, -0.04 + tap, 1.27], lean: 0.02, nod: 0.55,
            turn: 0.05 * wave(time, period: 4), holds: .phone)
        // Some talk instead of reading.
        if dice.with(0x9E).unit < 0.35 {
            pose.rightHand = [0.06, -0.17, 1.60]
            pose.leftHand = nil
            pose.nod = 0.05
            pose.turn = 0.3 * wave(time, period: 6)
        }
        return pose
    }
}

extension Room.Task {
    fileprivate func pose(_ time: Double, _ dice: Dice) -> Pose {
        let slow = wave(time, period: 3.7, phase: dice.unit * 6)
        switch self {
        case .chop:
            let stroke = max(wave(time, period: 0.42), -0.3)
            let along = 0.06 * wave(time, period: 5)
            return Pose(
                leftHand: [0.44, 0.10 + along, 0.93], rightHand: [0.43, -0.05 + along, 0.95 + 0.05 * stroke],
                lean: 0.22,
                nod: 0.62, turn: 0.06 * slow, sway: 0.01 * slow, holds: .knife)
        case .sort:
            let pick = wave(time, period: 1.9)
            return Pose(
                leftHand: [0.44 + 0.08 * pick, 0.20, 0.95 + 0.05 * abs(pick)],
                rightHand: [
                    0.44 - 0.08 * pick, -0.20 + 0.08 * slow, 0.95 + 0.05 * abs(wave(time, period: 1.9, phase: 1.5)),
                ],
                lean: 0.18, nod: 0.52, turn: 0.22 * slow, sway: 0.03 * slow)
        case .wipe:
            let sweep = wave(time, period: 1.3)
            return Pose(
                leftHand: [0.30, 0.26, 0.92], rightHand: [0.46, -0.05 + 0.24 * sweep, 0.89], lean: 0.30, nod: 0.5,
                turn: 0.15 * sweep, sway: 0.03 * sweep, holds: .cloth)
        case .wash:
            let scrub = wave(time, period: 0.7)
            return Pose(
                leftHand: [0.48, 0.11 + 0.03 * slow, 0.86],
                rightHand: [0.48 + 0.06 * scrub, -0.08, 0.88 + 0.03 * scrub],
                lean: 0.30, nod: 0.62, turn: 0.1 * slow, sway: 0.01 * scrub, holds: .plate)
        case .stir:
            let turnX = wave(time, period: 1.1)
            let turnY = wave(time, period: 1.1, phase: .pi / 2)
            return Pose(
                leftHand: [0.42, 0.30, 1.02 + 0.02 * turnX],
                rightHand: [0.46 + 0.11 * turnX, -0.08 + 0.11 * turnY, 1.10],
                lean: 0.12, nod: 0.5, turn: 0.1 * slow, sway: 0.02 * turnY, holds: .ladle)
        case .rest:
            return Pose(nod: 0.05, turn: 0.75 * wave(time, period: 8.1, phase: dice.unit * 6), sway: 0.02 * slow)
        }
    }
}
