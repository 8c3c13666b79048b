import Domain
import Supervision

struct WarningRulesPage: Page {
    struct Rule: Sendable {
        let name: String
        let sentence: String
        let since: String
        let person: String
        /// What had been confirmed.
        let trial: String
        /// How its warnings ended so far.
        let fared: String
        let change: String?
        let off: String?
        let number: String
    }

    struct Offer: Sendable {
        let kind: String
        let means: String
        let address: String
    }

    struct Past: Sendable {
        let time: Moment
        let name: String
        let sentence: String
        let person: String
        let trial: String
    }

    static let template = "warning-rules"
    let finding: String
    let rules: [Rule]
    let hasRules: Bool
    let offers: [Offer]
    let hasOffers: Bool
    let history: [Past]
    let hasHistory: Bool
    let said: String?
    let fault: String?

    init(
        rules: [WarningRuleEntry], history: [WarningRuleEntry],
        endings: [WarningRule.Kind: WarningEndingCount], offered: [WarningRule.Kind], mayManage: Bool, said: String?,
        fault: String?, _ wording: Wording
    ) {
        let words = wording.words
        let holding = rules.filter { $0.version.rule != nil }
        finding =
            holding.isEmpty
            ? words("warning.rules.none") : words("warning.rules.finding", ["count": wording.count(holding.count)])
        self.rules = holding.compactMap { entry in
            guard let rule = entry.version.rule else { return nil }
            let subject = entry.version.subject
            return Rule(
                name: words(subject), sentence: wording.sentence(rule), since: wording.exactMinute(entry.version.from),
                person: entry.person ?? words("actor.console"), trial: wording.trial(entry.version),
                fared: wording.fared(endings[rule.kind] ?? WarningEndingCount()),
                change: mayManage ? Self.trialAddress(subject) : nil,
                off: mayManage ? SiteURL.warnings(.off(.value(subject))).path : nil,
                number: "\(entry.version.number)")
        }
        hasRules = !self.rules.isEmpty
        offers =
            mayManage
            ? offered.map { kind in
                Offer(
                    kind: words(kind), means: words("warning.means.\(kind.rawValue)"),
                    address: SiteURL.warnings(.trial).with([("kind", kind.rawValue)]))
            } : []
        hasOffers = !offers.isEmpty
        self.history = history.map { entry in
            Past(
                time: wording.moment(entry.version.from), name: words(entry.version.subject),
                sentence: entry.version.rule.map(wording.sentence) ?? words("warning.rules.switchedOff"),
                person: entry.person ?? words("actor.console"), trial: wording.trial(entry.version))
        }
        hasHistory = !history.isEmpty
        self.said = said
        self.fault = fault
    }

    private static func trialAddress(_ subject: WarningSubject) -> String {
        SiteURL.warnings(.trial).with([
            ("kind", subject.kind.rawValue), ("item", subject.item?.rawValue), ("duty", subject.duty?.rawValue),
        ])
    }
}

extension Wording {
    /// What was shown before it was switched on.
    fileprivate func trial(_ version: WarningRuleVersion) -> String {
        guard let trial = version.trial else { return "–" }
        guard let days = trial.days else { return words("warning.rules.untried") }
        let span: KeyValuePairs = [
            "from": "\(days.first)", "to": "\(days.last)", "hits": count(trial.hits),
            "expected": Decimal.short(Double(trial.expectedFalseThousandths ?? 0) / 1000, places: 1),
        ]
        return words(trial.expectedFalseThousandths == nil ? "warning.rules.tried" : "warning.rules.triedRate", span)
    }

    fileprivate func fared(_ count: WarningEndingCount) -> String {
        words(
            "warning.rules.fared",
            [
                "given": self.count(count.given), "cases": self.count(count.cases),
                "settled": self.count(count.settled), "unfounded": self.count(count.unfounded),
            ])
    }
}
