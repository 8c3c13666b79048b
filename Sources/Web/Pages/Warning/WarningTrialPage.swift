import Domain
import Supervision

struct WarningTrialPage: Page {
    struct Place: Sendable {
        let name: String
        let hits: String
    }

    struct Hit: Sendable {
        let day: String
        let sentence: String
    }

    static let template = "warning-trial"
    let kind: String
    let means: String
    let sentence: String?
    let fault: String?
    let fields: WarningRuleFields
    let hasItems: Bool
    let hasDuties: Bool
    /// What the history says; nil = the parameters can't be tried.
    var finding: String?
    var claims: [String] = []
    var places: [Place] = []
    var hasPlaces = false
    var latest: [Hit] = []
    var hasLatest = false
    /// Sent back with the confirmation.
    var confirmed: [WarningRuleFields.Hidden] = []

    /// As it was tried.
    init(_ rule: WarningRule, _ trial: WarningTrial, number: Int, fault: String?, _ wording: Wording) {
        let words = wording.words
        kind = words(rule.kind)
        means = words("warning.means.\(rule.kind.rawValue)")
        sentence = wording.sentence(rule)
        self.fault = fault
        fields = WarningRuleFields(rule, words)
        hasItems = !fields.items.isEmpty
        hasDuties = !fields.duties.isEmpty
        finding = wording.finding(trial)
        claims = wording.claims(trial)
        places = trial.places.prefix(10).map {
            Place(name: $0.name.isEmpty ? words("warning.county") : $0.name, hits: wording.count($0.hits))
        }
        hasPlaces = !places.isEmpty
        latest = trial.latest.map {
            Hit(day: "\($0.hit.day)", sentence: wording.sentence($0.hit.warning.reason, at: $0.place))
        }
        hasLatest = !latest.isEmpty
        let summary = trial.summary
        var hidden = fields.all
        func add(_ name: String, _ value: String?) {
            if let value { hidden.append(.init(name: name, value: value)) }
        }
        add("through", "\(trial.through)")
        add("number", "\(number)")
        add("hits", "\(summary.hits)")
        add("watched", "\(summary.watchedDays)")
        add("first", summary.days.map { "\($0.first)" })
        add("last", summary.days.map { "\($0.last)" })
        add("expected", summary.expectedFalseThousandths.map { "\($0)" })
        confirmed = hidden
    }

    /// What was typed can't be a rule: the standard is shown beside what is wrong.
    init(_ kind: WarningRule.Kind, typed: FormFields, fault: String, _ wording: Wording) {
        let words = wording.words
        self.kind = words(kind)
        means = words("warning.means.\(kind.rawValue)")
        sentence = nil
        self.fault = fault
        fields = WarningRuleFields(kind, typed: typed, words)
        hasItems = !fields.items.isEmpty
        hasDuties = !fields.duties.isEmpty
    }
}

extension Wording {
    fileprivate func finding(_ trial: WarningTrial) -> String {
        guard let days = trial.days else {
            return trial.learning.map {
                words(
                    "warning.trial.learning",
                    ["days": count($0), "least": count(RateSurvey.leastLearned)])
            } ?? words("warning.trial.noHistory")
        }
        return words(
            "warning.trial.finding",
            ["from": "\(days.first)", "to": "\(days.last)", "count": count(trial.test.hits.count)])
    }

    /// What the rule says of itself, honestly.
    fileprivate func claims(_ trial: WarningTrial) -> [String] {
        var claims: [String] = []
        if let expected = trial.test.expectedFalse, trial.days != nil {
            claims.append(
                words(
                    "warning.trial.expected",
                    [
                        "expected": Decimal.short(expected, places: 1), "days": count(trial.test.watchedDays),
                        "count": count(trial.test.hits.count),
                    ]))
            if let chance = trial.test.chanceOfSoMany {
                claims.append(
                    words(
                        "warning.trial.chance",
                        ["count": count(trial.test.hits.count), "share": "\(Decimal.short(chance * 100, places: 2))%"]))
            }
        } else if trial.test.expectedFalse == nil {
            claims.append(words("warning.trial.states"))
        }
        switch trial.rule {
        case .overdue: claims.append(words("warning.trial.overdueMeans"))
        case .camerasOff: claims.append(words("warning.trial.camerasMeans"))
        case .expiring: claims.append(words("warning.trial.papersMeans"))
        default: break
        }
        return claims
    }
}
