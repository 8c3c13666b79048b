import Domain
import Supervision

/// Files captures as the analysis does: open with the first picture, then what was kept when it was over.
struct CaptureFilm {
    let stage: CountyStage

    /// As the models of the simulated year are called: nothing else ever made these captures.
    private static let models = "kitchen-detector (demo), head-attributes (demo)"

    func take(_ incident: PlannedIncident, at school: CountySchool) async throws {
        let capturing = stage.supervision.captures
        var dice = stage.dice("capture \(incident.camera.name) \(school.plan.name) \(incident.start.milliseconds)")
        let pair = ShotSubject(incident.item, isTrue: incident.isTrue)
            .flatMap { stage.pictures.pair(incident.kind, $0, &dice) }
        // A picture that should be there and was never found would be no evidence of anything.
        if pair == nil, !incident.item.isCameraState { return }
        let isWorking = WorkingHours.standard.contains(stage.now, in: stage.zone)
        let score = dice.between(incident.isTrue ? 0.72 : 0.56, incident.isTrue ? 0.97 : 0.8)
        var capture = Capture(
            id: CaptureID(at: stage.now), camera: incident.camera.id, item: incident.item,
            grade: incident.item.grade(inWorkingHours: isWorking), start: incident.start, metAt: stage.now,
            bestAt: stage.now, score: Self.rounded(score * 0.93), box: pair?.first.box,
            sights: pair?.first.sights ?? [], rule: .standard(incident.item),
            models: incident.item.isCameraState ? "" : Self.models)
        capture.curve = curve(of: capture, seconds: 3, &dice)
        let first = try pair.map { try stage.evidence.write(.first, of: capture, $0.first.jpeg) }
        try await capturing.open(capture, first: first)
        var ended = capture
        ended.end = incident.start + .seconds(incident.seconds)
        ended.bestAt = capture.metAt + .milliseconds(400)
        ended.score = Self.rounded(score)
        ended.box = pair?.best.box
        ended.sights = pair?.best.sights ?? []
        ended.curve = curve(of: ended, seconds: incident.seconds, &dice)
        stage.agenda.add(at: stage.now + .seconds(incident.seconds)) { [ended] stage in
            let picture = try pair.map { try stage.evidence.write(.picture, of: ended, $0.best.jpeg) }
            // There is no recording of a year that was not: a clip will never come.
            try await stage.supervision.captures.keep(
                ended, evidence: [picture].compactMap { $0 }, isFinal: true)
            await VerdictDesk(stage: stage).receive(ended, incident, at: school)
        }
    }

    private func curve(of capture: Capture, seconds: Int, _ dice: inout DemoDice) -> [Capture.Score] {
        guard !capture.item.isCameraState else { return [] }
        return stride(from: 0, through: min(seconds, 60) * 1000, by: seconds > 20 ? 2000 : 500).map { offset in
            Capture.Score(
                offsetMs: offset, score: Self.rounded(min(0.99, capture.score * dice.between(0.78, 1.02))),
                box: capture.box)
        }
    }

    private static func rounded(_ score: Double) -> Double { (score * 1000).rounded() / 1000 }
}
