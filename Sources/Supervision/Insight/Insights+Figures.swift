public import Domain
import Store

extension Insights {
    /// What the county reports of whole days of its zone: out of the facts when they are loaded, else out of the records, with
    /// the same result as ``Cases/figures(_:school:for:)``.
    public func figures(_ days: DaySpan, for principal: Principal) async throws -> CountyFigures {
        guard let territory = principal.territory(for: .readFigures) else { throw SupervisionError.notPermitted }
        let question = InsightQuestion(days, in: territory)
        let span = span(days)
        guard case .ready(let ground) = try await ground(question, waits: false) else {
            return try await cases.figures(span, for: principal)
        }
        let captures = CaptureTally(question, of: ground.facts.captures, places: ground.places, zone: zone)
        let analysis = ground.analysis(question)
        let own = ground.facts.cases.all.filter { territory.contains($0.place) }
        return CountyFigures(
            span: span,
            analysis: AnalysisFigures(
                frames: analysis.frames, records: analysis.records, captures: [:], schools: analysis.schools,
                cameras: analysis.cameras),
            outcomes: OutcomeCount(
                Dictionary(
                    uniqueKeysWithValues: CaptureOutcome.allCases.map { ($0, captures.total[$0]) }.filter { $0.1 > 0 }
                )), opened: own.count { span.contains($0.openedAt) },
            closed: own.count { $0.closedAt.map(span.contains) ?? false },
            visits: territory == .county ? try await visits(in: span) : nil)
    }

    /// Sessions that supervisors began.
    func visits(in span: TimeSpan) async throws -> Int {
        try await store.read { try $0.ledger.countVisits(of: CountyFigures.supervisingRoles, in: span) }
    }
}
