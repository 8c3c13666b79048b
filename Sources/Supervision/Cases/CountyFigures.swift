public import Domain
import Store

/// What the county reports of a span. (监管数据)
public struct CountyFigures: Hashable, Sendable {
    public var span: TimeSpan
    public var analysis: AnalysisFigures
    public var outcomes: OutcomeCount
    public var opened: Int
    public var closed: Int
    /// Sessions that people of supervising roles began; nil = the asker looks at less than the county.
    public var visits: Int?

    /// Who supervises: a session that one of them began is a visit.
    public static let supervisingRoles: [Role] = [.supervisor, .township, .education]
}

extension Cases {
    /// - Parameter span: Captures by when their rule was met, cases by when they were opened and closed, sessions by when
    ///   they began; analysed pictures by whole hours that begin in it.
    public func figures(
        _ span: TimeSpan, school: SchoolID? = nil, for principal: Principal
    ) async throws -> CountyFigures {
        guard let territory = principal.territory(for: .readFigures) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let cases = try records.cases.openedAndClosed(span, school: school, in: territory)
            return CountyFigures(
                span: span, analysis: try records.analysis.figures(span, school: school, in: territory),
                outcomes: try records.cases.outcomes(span, school: school, in: territory), opened: cases.opened,
                closed: cases.closed,
                visits: territory == .county && school == nil
                    ? try records.ledger.countVisits(of: CountyFigures.supervisingRoles, in: span) : nil)
        }
    }
}
