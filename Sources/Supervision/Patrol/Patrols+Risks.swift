import Domain
import Store

extension Patrols {
    /// What is to be expected of each school with cameras, in points a school day.
    ///
    /// - Returns: nil = the facts are still loading.
    func risks(in territory: Territory) async throws -> [SchoolID: Double]? {
        let now = time.now()
        let today = Day(of: now, in: zone)
        let question = InsightQuestion(DaySpan(today - evidenceDays, through: today), in: territory)
        guard case .ready(let ground) = try await insights.ground(question) else { return nil }
        let evidence = PatrolEvidence(ground, question, zone: zone, now: now)
        let schools = Set(
            ground.places.values.filter { question.territory.contains($0.place) }.compactMap(\.place.school)
        )
        .sorted()
        let known = schools.map { id in
            (evidence: evidence.of(id), watchedDays: evidence.watchedDays(of: id, on: today))
        }
        let prior = model.prior(of: known, on: today) ?? Self.unknown
        return Dictionary(
            uniqueKeysWithValues: zip(schools, known).map { id, known in
                (id, model.risk(known.evidence, watchedDays: known.watchedDays, prior: prior, on: today).rate)
            })
    }
}
