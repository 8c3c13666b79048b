import Domain
import Supervision

extension CountyChapter {
    /// Some frames of the last weeks are kept, and people look at them blindly. (盲审)
    static let samples = CountyChapter { stage in
        let first = stage.days.last - 40
        stage.each(dayAt: 14 * 60, from: first) { stage, day in
            for school in stage.schools.prefix(2) {
                for camera in school.cameras {
                    try await FrameDrawing(stage: stage).draw(of: camera, at: school, on: day)
                }
            }
        }
        // The next day's morning: what was drawn is settled, then looked at.
        stage.each(dayAt: 30, onlySchoolDays: false, from: first + 1) { stage, _ in
            for (camera, day) in try await stage.supervision.samples.unsettled() {
                _ = try await stage.supervision.samples.settle(day, of: camera)
            }
        }
        stage.each(dayAt: 8 * 60 + 40, from: first + 1) { stage, _ in try await FrameDrawing(stage: stage).review() }
    }
}

/// Draws frames as the analysis does, and answers what is asked of them.
private struct FrameDrawing {
    let stage: CountyStage
    private static let size = 2

    func draw(of camera: Camera, at school: CountySchool, on day: Day) async throws {
        var dice = stage.dice("frames \(school.plan.name) \(camera.name) \(day)")
        guard let kind = school.kinds[camera.id] else { return }
        // As the counts of the day have it.
        let offered = dice.whole(900...1600)
        var sample = FrameSample(size: Self.size)
        for _ in 0..<offered { _ = sample.offer(using: &dice) }
        for key in sample.keys {
            let subject = dice.pick(weighted: [(ShotSubject.inOrder, 20), (.noMask, 1), (.noHat, 0.6)])
            guard let pair = stage.pictures.pair(kind, subject, &dice) else { continue }
            let code = FrameCode.random(using: &dice)
            let file = try stage.evidence.write(code, of: camera.id, on: day, pair.first.jpeg)
            let frame = SampledFrame(
                code: code, camera: camera.id, day: day, time: stage.now - .seconds(dice.whole(60...18_000)),
                origin: .drawn(key: key), file: file)
            for file in try await stage.supervision.samples.keep(frame, in: sample) { try stage.evidence.delete(file) }
            stage.shown[code] = subject
        }
    }

    func review() async throws {
        let samples = stage.supervision.samples
        var number = 0
        while let code = try await samples.next(for: stage.people.supervisors[0]) {
            var dice = stage.dice("answer \(stage.today) \(number)")
            number += 1
            let person = dice.pick(stage.people.supervisors)
            // Before the answer, which throws more or less often: codes come in any order.
            let seconds = dice.whole(4...20)
            try await samples.review(code, try await answer(to: code, &dice), by: person)
            stage.clock.move(to: stage.now + .seconds(seconds))
        }
    }

    private func answer(to code: FrameCode, _ dice: inout DemoDice) async throws -> FrameAnswer {
        if dice.chance(0.03) { return .cannotTell }
        switch stage.shown[code] {
        case .noMask?: return .seen([.noMask])
        case .noHat?: return .seen([.noHat])
        case .some: return .seen([])
        case nil:
            // Of a capture that people have confirmed: they mostly see it again.
            let frame = try await stage.supervision.samples.frame(code, for: stage.people.supervisors[0])
            guard case .decoy(let capture) = frame.origin, dice.chance(0.92) else { return .seen([]) }
            let item = try await stage.supervision.captures.capture(capture, for: .node).capture.item
            return .seen(FrameAnswer.items.contains(item) ? [item] : [])
        }
    }
}
