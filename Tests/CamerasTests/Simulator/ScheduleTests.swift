import Testing

@testable import Cameras

@Suite(.serialized) struct ScheduleTests {
    @Test(arguments: SceneParameters.Scene.allCases)
    func `people walk without leaps, and stand apart`(scene: SceneParameters.Scene) {
        var parameters = SceneParameters(scene: scene)
        parameters.people = 4
        let schedule = Schedule(room: .build(scene), parameters: parameters)
        let step = 0.1
        var fastest: Float = 0
        var sharpest: Float = 0
        for person in 0..<4 {
            var before: Schedule.Moment?
            for tick in 0..<6_000 {
                let moment = schedule.moment(of: person, at: Double(tick) * step)
                if let moment, let before {
                    fastest = max(fastest, (moment.place - before.place).length / Float(step))
                    sharpest = max(sharpest, abs(wrapped(moment.heading - before.heading)))
                }
                before = moment
            }
        }
        #expect(fastest < 2.2)
        #expect(sharpest < 1.1)
        var closest = Float.infinity
        for tick in 0..<2_000 {
            let standing = (0..<4).compactMap { schedule.moment(of: $0, at: Double(tick) * 0.6) }.filter {
                $0.station != nil
            }
            for (index, one) in standing.enumerated() {
                for other in standing[(index + 1)...] where one.walking == 0 && other.walking == 0 {
                    // Somebody who arrives early may wait beside who still works there.
                    closest = min(closest, (one.place - other.place).length)
                }
            }
        }
        #expect(closest > 0.001)
    }

    @Test(arguments: SceneParameters.Scene.allCases)
    func `nobody walks through the furniture`(scene: SceneParameters.Scene) {
        var parameters = SceneParameters(scene: scene)
        parameters.people = 3
        let room = Room.build(scene)
        let schedule = Schedule(room: room, parameters: parameters)
        let obstacles = room.boxes.filter { $0.low.z < 0.9 && $0.high.z > 0.05 && $0.high.x - $0.low.x > 0.2 }
        for tick in 0..<3_000 {
            for person in 0..<3 {
                guard let moment = schedule.moment(of: person, at: Double(tick) * 0.2) else { continue }
                let isInside = obstacles.contains { box in
                    moment.place.x > box.low.x && moment.place.x < box.high.x && moment.place.y > box.low.y
                        && moment.place.y < box.high.y
                }
                if isInside { Issue.record("person \(person), tick \(tick): \(moment.place)") }
            }
        }
    }

    @Test func `everybody leaves now and then, and the room is seldom empty`() {
        var parameters = SceneParameters(scene: .cooking)
        parameters.people = 2
        let schedule = Schedule(room: .build(.cooking), parameters: parameters)
        let present = (0..<7_200).map { second in
            (0..<2).count { schedule.moment(of: $0, at: Double(second)) != nil }
        }
        #expect(present.contains(1) && present.count { $0 == 2 } > 5_500 && present.count { $0 == 0 } < 200)
    }
}
