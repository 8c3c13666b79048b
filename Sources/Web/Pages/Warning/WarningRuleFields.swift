import Domain

/// The parameters of a rule as fields, and as the hidden ones of its confirmation.
struct WarningRuleFields: Sendable {
    struct Field: Sendable {
        let name: String
        let label: String
        let value: String
        let least: String?
        let most: String?
        let step: String?
        let isText: Bool

        func with(_ value: String) -> Field {
            Field(name: name, label: label, value: value, least: least, most: most, step: step, isText: isText)
        }
    }

    struct Hidden: Sendable {
        let name: String
        let value: String
    }

    private(set) var items: [Choice] = []
    private(set) var duties: [Choice] = []
    private(set) var numbers: [Field] = []
    private(set) var hidden: [Hidden] = []

    init(_ rule: WarningRule, _ words: Words) {
        hidden.append(Hidden(name: "kind", value: rule.kind.rawValue))
        let subject = rule.subject
        switch rule.kind {
        case .rate, .cluster: items = Self.items(subject.item, words, mayBeAll: true)
        case .repeated, .night: items = Self.items(subject.item, words, mayBeAll: false)
        case .duties:
            duties = SchoolDuty.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == subject.duty)
            }
        case .backlog, .overdue, .expiring, .camerasOff: break
        }
        switch rule {
        case .rate(let rule):
            add("falseDays", "\(rule.schoolDaysPerFalseWarning)", 20, 2000, words)
            add("rise", Decimal.short(rule.rise, places: 1), 1.2, 10, step: "0.1", words)
            hidden.append(Hidden(name: "seed", value: "\(rule.seed)"))
        case .repeated(let rule):
            add("count", "\(rule.count)", 2, 100, words)
            add("days", "\(rule.days)", 1, 90, words)
        case .cluster(let rule):
            add("schoolDays", "\(rule.schoolDays)", 1, 20, words)
            add("falseRate", Decimal.short(rule.falseWarningsPerSchoolYear, places: 1), 0.1, 10, step: "0.1", words)
        case .backlog(let rule):
            add("count", "\(rule.count)", 1, 10_000, words)
            add("schoolDays", "\(rule.schoolDays)", 1, 100, words)
        case .overdue(let rule):
            add("count", "\(rule.count)", 1, 1000, words)
            add("hours", "\(rule.hours)", 0, 1000, words)
        case .expiring(let rule):
            numbers.append(
                Field(
                    name: "steps", label: words("warning.field.steps"),
                    value: rule.daysBefore.sorted(by: >).map { "\($0)" }.joined(separator: ", "), least: nil,
                    most: nil, step: nil, isText: true))
        case .duties(let rule):
            add("missed", "\(rule.missed)", 1, 50, words)
            add("due", "\(rule.due)", 1, 50, words)
        case .camerasOff(let rule):
            add("share", Decimal.short(rule.share * 100, places: 1), 1, 100, step: "0.1", words)
        case .night(let rule):
            add("nights", "\(rule.nights)", 1, 30, words)
            add("ofNights", "\(rule.ofNights)", 1, 60, words)
        }
    }

    /// The fields of a kind with what was typed, right or wrong.
    init(_ kind: WarningRule.Kind, typed: FormFields, _ words: Words) {
        let chosen = typed.text("item").flatMap(CaptureItem.init(rawValue:))
        let duty = typed.text("duty").flatMap(SchoolDuty.init(rawValue:))
        self.init(WarningRuleForm.fresh(kind, chosen, duty) { typed.text("seed").flatMap(UInt64.init) ?? 0 }, words)
        numbers = numbers.map { $0.with(typed.text($0.name) ?? $0.value) }
        hidden.removeAll { $0.name == "seed" }
    }

    /// Everything, as the confirmation sends it back.
    var all: [Hidden] {
        let chosen = (items.map { ("item", $0) } + duties.map { ("duty", $0) }).filter { $0.1.isSelected }
        return hidden + chosen.map { Hidden(name: $0.0, value: $0.1.value) }
            + numbers.map { Hidden(name: $0.name, value: $0.value) }
    }

    private mutating func add(
        _ name: String, _ value: String, _ least: Double, _ most: Double, step: String = "1", _ words: Words
    ) {
        numbers.append(
            Field(
                name: name, label: words("warning.field.\(name)"), value: value,
                least: Decimal.short(least, places: 1), most: Decimal.short(most, places: 1), step: step,
                isText: false))
    }

    private static func items(_ chosen: CaptureItem?, _ words: Words, mayBeAll: Bool) -> [Choice] {
        (mayBeAll ? [Choice(value: "", label: words("warning.anyItem"), isSelected: chosen == nil)] : [])
            + CaptureItem.allCases.filter { !$0.isCameraState }.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == chosen)
            }
    }
}
