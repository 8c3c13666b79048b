import Domain
import Supervision

/// Supervisors and offices judge what has come in, with the mistakes and the haste of a year. (研判)
struct VerdictDesk {
    let stage: CountyStage

    func receive(_ capture: Capture, _ incident: PlannedIncident, at school: CountySchool) async {
        var dice = stage.dice("verdict \(school.plan.name) \(capture.metAt.milliseconds)")
        let delay = 4 + dice.exponential(mean: capture.grade == .one ? 15 : 45)
        stage.agenda.add(at: stage.later(by: delay)) { [dice] stage in
            try await VerdictDesk(stage: stage).judge(capture, incident, at: school, dice)
        }
    }

    private func judge(
        _ capture: Capture, _ incident: PlannedIncident, at school: CountySchool, _ chances: DemoDice
    ) async throws {
        var dice = chances
        let captures = stage.supervision.captures
        let supervisor = dice.pick(stage.people.supervisors)
        // Seen by the office first: it may say so too, and leaves cases to the county.
        let person = dice.chance(0.2) ? school.handler : supervisor
        // Two in a hundred are judged wrongly the first time, and put right.
        guard incident.isTrue != dice.chance(0.02) else {
            let reasons = Verdict.Rejection.reasons(for: capture.item)
            let reason = dice.pick(weighted: reasons.enumerated().map { ($0.element, 8 / Double($0.offset * 3 + 1)) })
            try await captures.judge(capture.id, .rejected(reason: reason), seen: nil, by: person)
            return
        }
        if let earlier = try await sameIncident(as: capture) {
            try await captures.judge(capture.id, .duplicate(of: earlier), seen: nil, by: person)
            return
        }
        guard person == supervisor else {
            try await captures.judge(capture.id, .confirmed, seen: nil, by: person)
            stage.agenda.add(at: stage.later(by: dice.between(10, 120))) { stage in
                try await VerdictDesk(stage: stage).openCase(capture.id, by: supervisor)
            }
            return
        }
        try await openCase(capture.id, by: supervisor)
    }

    /// The same camera took the same thing a moment before, and people have said so.
    private func sameIncident(as capture: Capture) async throws -> CaptureID? {
        let span = TimeSpan(start: capture.start - .seconds(900), end: capture.start)
        let filter = CaptureFilter(camera: capture.camera, item: capture.item, span: span, judged: .confirmed)
        return try await stage.supervision.captures.list(filter, limit: 1, for: .node).first?.capture.id
    }

    /// A new case, more of one that runs, or one that was closed and is open again.
    private func openCase(_ id: CaptureID, by supervisor: Principal) async throws {
        let cases = stage.supervision.cases
        let record = try await stage.supervision.captures.capture(id, for: supervisor)
        if let running = try await cases.running(like: record, for: supervisor).first {
            try await cases.add([id], to: running.id, seen: running.version, by: supervisor)
            return
        }
        let opened = try await cases.open(CaseDraft(.captures([id])), by: supervisor)
        await CaseLife(stage: stage, id: opened.id).begin(opened)
    }
}
