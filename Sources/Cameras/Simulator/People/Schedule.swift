/// Who is where at what time and does what: a function of time alone, so that any frame can be drawn without those before it.
///
/// Time goes in slots. In each slot everybody has a station of their own; some way into it they walk to that of the next slot.
/// Every so many slots a person leaves the room for a while and comes back, perhaps dressed differently: a visit.
struct Schedule: Sendable {
    let room: Room
    let parameters: SceneParameters

    static let slot: Double = 24
    private static let slotsPerVisit = 15
    /// Metres a second.
    private static let pace: Float = 0.95

    struct Moment {
        var person: Int
        var place: SIMD2<Float>
        /// Radians left of +x.
        var heading: Float
        /// Metres walked on this way, and how much of a walk it is: 0 standing … 1.
        var walked: Float = 0
        var walking: Float = 0
        /// While standing; nil on the way.
        var station: Room.Station?
        var usesPhone = false
        var carries = false
        var visit: Int
    }

    /// Nil while the person is out of the room.
    func moment(of person: Int, at time: Double) -> Moment? {
        let slot = Int((time / Self.slot).rounded(.down))
        let inSlot = Float(time - Double(slot) * Self.slot)
        let here = stop(of: person, in: slot)
        let there = stop(of: person, in: slot + 1)
        let dice = dice(person, slot)
        let leaves = Float(Self.slot) * dice.with(1).between(0.34, 0.58)
        let usesPhone = isOnPhone(person, slot)
        var moment = Moment(
            person: person, place: here.place, heading: here.heading, station: here.station,
            visit: visit(of: person, in: slot))
        if here.isOutside && there.isOutside { return nil }
        if inSlot < leaves || (here.place - there.place).length < 0.05 {
            if here.isOutside { return nil }
            moment.usesPhone = usesPhone && inSlot > 0.6 && inSlot < leaves - 0.4
            return moment
        }

        let walk = room.walk(from: here.place, to: there.place, lane: lane(from: here.place, to: there.place))
        let available = Float(Self.slot) - leaves - 0.5
        let takes = min(walk.length / Self.pace + 0.8, available)
        let gone = inSlot - leaves
        if gone >= takes {
            if there.isOutside { return nil }
            moment.place = there.place
            moment.heading = there.heading
            moment.station = there.station
            return moment
        }
        // Half a second to start and to stop.
        let share = gone / takes
        let ramp = min(0.8 / takes, 0.5)
        let metres = walk.length * Self.eased(share, ramp)
        let (place, direction) = walk.place(after: metres)
        let stepping = smoothstep(0, ramp, share) * smoothstep(0, ramp, 1 - share)
        moment.place = place
        moment.walked = metres
        moment.walking = stepping
        moment.station = nil
        moment.carries = dice.with(2).unit < 0.4 && !here.isOutside && !there.isOutside
        let still = share < 0.5 ? here.heading : there.heading
        // Turned the same way all along, which the difference of two changing directions would not tell.
        let reference = walk.place(after: share < 0.5 ? 0.3 : walk.length - 0.3).heading
        let turn = wrapped(reference - still) + wrapped(direction - reference)
        moment.heading = still + turn * smoothstep(0, ramp * 0.9, min(share, 1 - share))
        if there.isOutside { moment.visit = visit(of: person, in: slot) }
        if here.isOutside { moment.visit = visit(of: person, in: slot + 1) }
        return moment
    }

    /// The chances of a whole visit: how somebody is dressed.
    func dice(_ person: Int, visit: Int) -> Dice {
        Dice(seed: parameters.seed).with(0x76).with(person).with(visit)
    }

    private func dice(_ person: Int, _ slot: Int) -> Dice {
        Dice(seed: parameters.seed).with(0x51).with(person).with(slot)
    }

    private struct Stop {
        var place: SIMD2<Float>
        var heading: Float
        var station: Room.Station?
        var isOutside = false
    }

    private func stop(of person: Int, in slot: Int) -> Stop {
        let visitSlot = slot + person * 7
        if visitSlot.quotientAndRemainderFloored(by: Self.slotsPerVisit).remainder == Self.slotsPerVisit - 1 {
            return Stop(place: Room.outside, heading: .pi, isOutside: true)
        }
        // Everybody draws from the same shuffled list, so that no two stand at one station.
        let order = Dice(seed: parameters.seed).with(0x0D).with(slot).permutation(of: room.stations.count)
        let station = room.stations[order[person % order.count]]
        let sideways =
            Dice(seed: parameters.seed).with(0x5D).with(person).between(-0.08, 0.08)
            + (person >= order.count ? 0.45 : 0)
        let along = SIMD2(-sine(station.heading), cosine(station.heading))
        return Stop(place: station.place + along * sideways, heading: station.heading, station: station)
    }

    private func visit(of person: Int, in slot: Int) -> Int {
        (slot + person * 7).quotientAndRemainderFloored(by: Self.slotsPerVisit).quotient
    }

    private func isOnPhone(_ person: Int, _ slot: Int) -> Bool {
        dice(person, slot).with(3).unit < parameters.phones * Float(Self.slot) / 3600
    }

    /// Those who walk one way round keep to one side of those who come the other way.
    private func lane(from start: SIMD2<Float>, to end: SIMD2<Float>) -> Float { end.x > start.x ? 0.1 : -0.08 }

    /// 0…1 to 0…1 at even speed, but for a start and a stop that take `ramp` each.
    private static func eased(_ share: Float, _ ramp: Float) -> Float {
        let speed = 1 / (1 - ramp)
        if share < ramp { return speed * share * share / (2 * ramp) }
        if share > 1 - ramp { return 1 - speed * (1 - share) * (1 - share) / (2 * ramp) }
        return speed * (share - ramp / 2)
    }
}

extension Int {
    fileprivate func quotientAndRemainderFloored(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
