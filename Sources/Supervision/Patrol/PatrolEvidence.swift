import Domain
import Store

/// What speaks of each school's risk, out of the facts.
struct PatrolEvidence {
    private var evidence: [SchoolID: [RiskEvidence]] = [:]
    private var firstWatched: [SchoolID: Day] = [:]

    init(_ ground: Insights.Ground, _ question: InsightQuestion, zone: TerritoryZone, now: UTCTime) {
        let span = TimeSpan(
            start: question.days.first.time(minute: 0, in: zone),
            end: (question.days.last + 1).time(minute: 0, in: zone))
        ground.facts.captures.forEach(in: span) { camera, item, outcome, time in
            guard outcome != .rejected, outcome != .duplicate, let place = ground.places[camera],
                question.territory.contains(place.place), let school = place.place.school
            else { return }
            let kind: RiskEvidence.Kind =
                if item.isCameraState { .camerasOff } else {
                    switch item.grade(inWorkingHours: true) {
                    case .one: .captureOne
                    case .two: .captureTwo
                    case .three: .captureThree
                    }
                }
            evidence[school, default: []].append(RiskEvidence(kind, on: Day(of: time, in: zone)))
        }
        for fact in ground.facts.cases.all where question.territory.contains(fact.place) {
            if let late = fact.lateFrom, late < now, fact.state != .withdrawn {
                evidence[fact.school, default: []].append(RiskEvidence(.caseOverdue, on: Day(of: late, in: zone)))
            }
        }
        for (camera, day) in ground.facts.analysed.firstDays() {
            guard let school = ground.places[camera]?.place.school else { continue }
            firstWatched[school] = min(day, firstWatched[school] ?? day)
        }
    }

    mutating func add(_ new: RiskEvidence, of school: SchoolID) { evidence[school, default: []].append(new) }

    func of(_ school: SchoolID) -> [RiskEvidence] { evidence[school] ?? [] }

    func watchedDays(of school: SchoolID, on today: Day) -> Int { firstWatched[school].map { max(1, today - $0) } ?? 1 }
}

extension Records {
    /// What speaks of schools' risk beside captures and deadlines: warnings, concerns, what failed on the spot, and cases
    /// that came again.
    func patrolEvidence(
        in span: TimeSpan, _ zone: TerritoryZone
    ) throws -> [(school: SchoolID, evidence: RiskEvidence)] {
        func on(_ time: UTCTime, _ kind: RiskEvidence.Kind) -> RiskEvidence {
            RiskEvidence(kind, on: Day(of: time, in: zone))
        }
        var told = try warnings.ofSchools(in: span).map { ($0.school, on($0.time, .warning)) }
        told += try concerns.ofSchools(in: span).map { ($0.school, on($0.time, .concern)) }
        told += try cases.reopened(in: span).map { ($0.school, on($0.time, .caseReopened)) }
        var templates: [InspectionTemplate.Version: InspectionTemplate] = [:]
        for inspection in try inspections.handedIn(in: span) {
            guard let report = inspection.report else { continue }
            if templates[inspection.template] == nil {
                templates[inspection.template] = try inspections.template(inspection.template)
            }
            guard let template = templates[inspection.template], let result = inspection.result(by: template) else {
                continue
            }
            told += result.failures.map { _ in (inspection.school, on(report.received, .inspectionFailed)) }
        }
        return told
    }
}
