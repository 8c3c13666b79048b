import Domain

extension ReportWording {
    func sentence(_ finding: ReportFinding, _ report: Report) -> String {
        switch finding {
        case .nothingCaptured: words("report.finding.nothingCaptured")
        case .allHandled(let count): words("report.finding.allHandled", ["count": wording.count(count)])
        case .handled(let handled, let all):
            words(
                "report.finding.handled",
                [
                    "captured": wording.count(all), "handled": wording.count(handled),
                    "share": wording.share(Double(handled) / Double(max(1, all))),
                    "left": wording.count(all - handled),
                ])
        case .change(let change, let sinceTerm): sentence(change, since: since(sinceTerm, report))
        case .nothingBefore(let count): words("report.finding.nothingBefore", ["count": wording.count(count)])
        case .cases(let opened, let dispatched, let closed):
            words(
                "report.finding.cases",
                [
                    "opened": wording.count(opened), "dispatched": wording.count(dispatched),
                    "closed": wording.count(closed),
                ])
        case .noCases: words("report.finding.noCases")
        case .topItem(let item, let count, let all):
            words(
                "report.finding.topItem",
                [
                    "item": words(item), "count": wording.count(count),
                    "share": wording.share(Double(count) / Double(max(1, all))),
                ])
        case .noTopItem(let kinds): words("report.finding.noTopItem", ["kinds": wording.count(kinds)])
        case .worstSchool(let entry, let all):
            words(
                "report.finding.worstSchool",
                [
                    "school": names.school(entry.school), "rate": Decimal.text(entry.rate, places: 1),
                    "interval": Self.range(entry.interval, places: 1), "all": wording.count(all),
                ])
        case .leadingSchools(let leading, let all):
            words("report.finding.leadingSchools", ["leading": wording.count(leading), "all": wording.count(all)])
        case .noRanking: words("report.finding.noRanking")
        case .overdue(let count, let schools):
            words("report.finding.overdue", ["count": wording.count(count), "schools": wording.count(schools)])
        case .noneOverdue: words("report.finding.noneOverdue")
        case .repeated(let first, let matters):
            words(
                "report.finding.repeated",
                [
                    "matters": wording.count(matters), "school": names.school(first.school),
                    "matter": words(first.matter), "times": wording.count(first.times),
                ])
        case .noneRepeated: words("report.finding.noneRepeated")
        case .precision(let precision):
            words(
                "report.finding.precision",
                [
                    "share": Decimal.text((precision.value ?? 0) * 100, places: 1),
                    "interval": percent(precision.wilson()), "count": wording.count(precision.trials),
                ])
        case .tooFewJudged(let count):
            words(
                "report.finding.tooFewJudged",
                ["count": wording.count(count), "least": "\(ReportFinding.leastJudged)"])
        case .availability(let share, let worst, let schools):
            words(
                schools == 1 ? "report.finding.availabilityOfOne" : "report.finding.availability",
                [
                    "share": Decimal.text(share * 100, places: 1), "school": names.school(worst.school),
                    "least": Decimal.text((worst.share ?? 0) * 100, places: 1), "schools": wording.count(schools),
                ])
        case .noWork: words("report.finding.noWork")
        case .duties(let verdicts, let visits, let looks):
            words(
                "report.finding.duties",
                [
                    "verdicts": wording.count(verdicts), "visits": wording.count(visits),
                    "looks": wording.count(looks),
                ])
        }
    }

    /// `上月`, `上学期同期`
    func since(_ sinceTerm: Bool, _ report: Report) -> String {
        words(sinceTerm ? "report.since.sameOfTerm" : "report.since.\(report.span.kind.rawValue)")
    }

    func sentence(_ change: RateChange, since: String) -> String {
        guard let ratio = change.ratio, let interval = change.interval else {
            return words(
                "report.finding.tooFew", ["since": since, "count": wording.count(change.count + change.countBefore)])
        }
        func share(_ ratio: Double) -> String { Decimal.text(abs(ratio - 1) * 100, places: 0) }
        switch change.verdict {
        case .fewer:
            return words(
                "report.finding.fewer",
                [
                    "since": since, "share": share(ratio), "low": share(interval.upperBound),
                    "high": share(interval.lowerBound),
                ])
        case .more:
            return words(
                "report.finding.more",
                [
                    "since": since, "share": share(ratio), "low": share(interval.lowerBound),
                    "high": share(interval.upperBound),
                ])
        case .undecided, .tooFew:
            return words(
                "report.finding.undecided",
                ["since": since, "low": share(interval.lowerBound), "high": share(interval.upperBound)])
        }
    }

    func percent(_ interval: ClosedRange<Double>) -> String {
        "\(Decimal.text(interval.lowerBound * 100, places: 1))% – \(Decimal.text(interval.upperBound * 100, places: 1))%"
    }
}
