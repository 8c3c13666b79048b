import Domain
import Supervision

/// A rule as a form has it: its parameters by name, as they were typed. (预警规则表单)
struct WarningRuleForm: Sendable {
    let kind: WarningRule.Kind
    private let fields: FormFields
    private let standard: WarningRule

    /// - Parameters:
    ///   - fields: Of an address or a form; where a parameter is missing, the standard holds.
    ///   - known: The rules in force, whose parameters are the standard of their subject.
    init(_ fields: FormFields, known: [WarningRuleVersion], seed: () -> UInt64) throws(WebError) {
        guard let kind = fields.text("kind").flatMap(WarningRule.Kind.init(rawValue:)) else {
            throw .badRequest("choice")
        }
        self.kind = kind
        self.fields = fields
        let item = try Self.item(fields)
        let duty = try Self.duty(fields)
        let fresh = Self.fresh(kind, item, duty, seed)
        standard = known.first { $0.subject == fresh.subject }?.rule ?? fresh
    }

    static func fresh(
        _ kind: WarningRule.Kind, _ item: CaptureItem?, _ duty: SchoolDuty?, _ seed: () -> UInt64
    ) -> WarningRule {
        switch kind {
        case .rate: .rate(RateRule(item: item, seed: seed()))
        case .repeated: .repeated(RepeatRule(item ?? .rodent))
        case .cluster: .cluster(ClusterRule(item: item))
        case .backlog: .backlog(BacklogRule())
        case .overdue: .overdue(OverdueRule())
        case .expiring: .expiring(ExpiryRule())
        case .duties: .duties(DutyRule(duty ?? .dailyControl))
        case .camerasOff: .camerasOff(CamerasOffRule())
        case .night: .night(NightRule(item ?? .rodent))
        }
    }

    /// What was typed. Whether its parameters lie in their ranges, the rule itself knows.
    func rule() throws -> WarningRule {
        switch standard {
        case .rate(let rule):
            return .rate(
                RateRule(
                    item: rule.item, schoolDaysPerFalseWarning: try whole("falseDays", rule.schoolDaysPerFalseWarning),
                    rise: try number("rise", rule.rise), seed: try seed(rule.seed)))
        case .repeated(let rule):
            return .repeated(
                RepeatRule(rule.item, count: try whole("count", rule.count), days: try whole("days", rule.days)))
        case .cluster(let rule):
            return .cluster(
                ClusterRule(
                    item: rule.item, schoolDays: try whole("schoolDays", rule.schoolDays),
                    falseWarningsPerSchoolYear: try number("falseRate", rule.falseWarningsPerSchoolYear)))
        case .backlog(let rule):
            return .backlog(
                BacklogRule(
                    count: try whole("count", rule.count), schoolDays: try whole("schoolDays", rule.schoolDays)))
        case .overdue(let rule):
            return .overdue(
                OverdueRule(count: try whole("count", rule.count), hours: try whole("hours", rule.hours)))
        case .expiring(let rule):
            guard let text = fields.text("steps") else { return .expiring(rule) }
            let steps = text.split(whereSeparator: { ",，、 ".contains($0) }).map { Int($0) ?? -1 }
            return .expiring(ExpiryRule(daysBefore: Set(steps)))
        case .duties(let rule):
            return .duties(
                DutyRule(rule.duty, missed: try whole("missed", rule.missed), of: try whole("due", rule.due)))
        case .camerasOff(let rule):
            return .camerasOff(CamerasOffRule(share: try number("share", rule.share * 100) / 100))
        case .night(let rule):
            return .night(
                NightRule(rule.item, nights: try whole("nights", rule.nights), of: try whole("ofNights", rule.ofNights))
            )
        }
    }

    private static func item(_ fields: FormFields) throws(WebError) -> CaptureItem? {
        guard let text = fields.text("item") else { return nil }
        guard let item = CaptureItem(rawValue: text) else { throw .badRequest("choice") }
        return item
    }

    private static func duty(_ fields: FormFields) throws(WebError) -> SchoolDuty? {
        guard let text = fields.text("duty") else { return nil }
        guard let duty = SchoolDuty(rawValue: text) else { throw .badRequest("choice") }
        return duty
    }

    private func whole(_ name: String, _ standard: Int) throws -> Int {
        guard let text = fields.text(name) else { return standard }
        guard let value = Int(text) else { throw SupervisionError.invalid(.policy, .implausible) }
        return value
    }

    private func number(_ name: String, _ standard: Double) throws -> Double {
        guard let text = fields.text(name) else { return standard }
        guard let value = Double(text), value.isFinite else { throw SupervisionError.invalid(.policy, .implausible) }
        return value
    }

    private func seed(_ standard: UInt64) throws -> UInt64 {
        guard let text = fields.text("seed") else { return standard }
        guard let value = UInt64(text) else { throw SupervisionError.invalid(.policy, .implausible) }
        return value
    }
}
