/// What a section of a report says first: chosen by rules from its numbers, so that no sentence claims what they don't bear.
/// (结论)
public enum ReportFinding: Hashable, Sendable {
    case nothingCaptured
    case allHandled(Int)
    case handled(Int, of: Int)
    /// Held against the same span a term before where there is one, else against the span before.
    case change(RateChange, sinceTerm: Bool)
    /// There is nothing before to hold it against.
    case nothingBefore(Int)
    case cases(opened: Int, dispatched: Int, closed: Int)
    case noCases
    /// Its share is above all others', and not by chance.
    case topItem(CaptureItem, Int, of: Int)
    /// No item stands out.
    case noTopItem(kinds: Int)
    /// Its whole interval lies above every other school's.
    case worstSchool(SchoolRanking.Entry, of: Int)
    /// So many may be the first: their intervals overlap.
    case leadingSchools(Int, of: Int)
    /// The numbers tell no two schools apart.
    case noRanking
    case overdue(Int, schools: Int)
    case noneOverdue
    case repeated(CaseTally.Repeated, matters: Int)
    case noneRepeated
    case precision(Proportion)
    /// Fewer than ``leastJudged`` were judged.
    case tooFewJudged(Int)
    case availability(Double, worst: CameraAvailability, schools: Int)
    case noWork
    case duties(verdicts: Int, visits: Int, looks: Int)

    public static let leastJudged = 30
}

extension Report {
    public func finding(of section: ReportSection) -> ReportFinding {
        switch section {
        case .figures:
            let outcomes = period.outcomes
            if outcomes.captured == 0 { return .nothingCaptured }
            return outcomes.handled == outcomes.captured
                ? .allHandled(outcomes.captured) : .handled(outcomes.handled, of: outcomes.captured)
        case .change:
            if let changeOfTerm, changeOfTerm.verdict != .tooFew { return .change(changeOfTerm, sinceTerm: true) }
            if let change { return .change(change, sinceTerm: false) }
            return changeOfTerm.map { .change($0, sinceTerm: true) } ?? .nothingBefore(period.captures.total.standing)
        case .funnel:
            let cases = period.cases
            return cases.opened == 0
                ? .noCases : .cases(opened: cases.opened, dispatched: cases.dispatched, closed: cases.closed)
        case .items: return items
        case .schools: return schools
        case .overdue:
            return overdue.isEmpty
                ? .noneOverdue : .overdue(overdue.count, schools: Set(overdue.map(\.school)).count)
        case .repeated:
            return period.cases.repeated.first.map { .repeated($0, matters: period.cases.repeated.count) }
                ?? .noneRepeated
        case .precision:
            let precision = period.captures.total.precision
            return precision.trials < ReportFinding.leastJudged
                ? .tooFewJudged(precision.trials) : .precision(precision)
        case .cameras:
            let working = availability.reduce(Duration.zero) { $0 + $1.working }
            let lost = availability.reduce(Duration.zero) { $0 + $1.lost }
            guard let worst = availability.first, worst.share != nil, working > .zero else { return .noWork }
            return .availability(
                max(0, 1 - lost.inSeconds / working.inSeconds), worst: worst, schools: availability.count)
        case .duties:
            let duties = duties ?? []
            return .duties(
                verdicts: duties.reduce(0) { $0 + $1.verdicts }, visits: duties.reduce(0) { $0 + $1.visits },
                looks: duties.reduce(0) { $0 + $1.looks })
        }
    }

    /// Of two counts whose rates were the same, each half would be equally likely: the first stands out when Wilson's interval
    /// of its part of both lies above a half. With 99 %, since it was picked as the largest.
    private var items: ReportFinding {
        let counts = CaptureItem.allCases.map { ($0, period.captures.items[$0]?.standing ?? 0) }.filter { $0.1 > 0 }
            .sorted { $0.1 > $1.1 }
        guard let first = counts.first else { return .nothingCaptured }
        let second = counts.dropFirst().first?.1 ?? 0
        let part = Proportion(first.1, of: first.1 + second).wilson(.ninetyNine)
        guard part.lowerBound > 0.5 else { return .noTopItem(kinds: counts.count) }
        return .topItem(first.0, first.1, of: counts.reduce(0) { $0 + $1.1 })
    }

    private var schools: ReportFinding {
        let entries = ranking.entries
        guard let first = entries.first, ranking.tellsAnything else { return .noRanking }
        let leading = entries.count { $0.ranks.lowerBound == 1 }
        if leading == 1 { return .worstSchool(first, of: entries.count) }
        return leading == entries.count ? .noRanking : .leadingSchools(leading, of: entries.count)
    }
}
