/// What a rule watches: a county has at most one rule for each. (预警对象) As text `rate`, `repeated-rodent`,
/// `duties-disinfection`: it stands in addresses and in the ledger.
public struct WarningSubject: Hashable, Sendable {
    public var kind: WarningRule.Kind
    public var item: CaptureItem?
    public var duty: SchoolDuty?

    public init(_ kind: WarningRule.Kind, item: CaptureItem? = nil, duty: SchoolDuty? = nil) {
        self.kind = kind
        self.item = item
        self.duty = duty
    }
}

extension WarningSubject: LosslessStringConvertible, TextCodable {
    public var description: String {
        [kind.rawValue, item?.rawValue, duty?.rawValue].compactMap(\.self).joined(separator: "-")
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let kind = WarningRule.Kind(rawValue: parts[0]) else { return nil }
        let name = parts.count == 2 ? parts[1] : nil
        let item = name.flatMap(CaptureItem.init(rawValue:))
        let duty = name.flatMap(SchoolDuty.init(rawValue:))
        switch kind {
        case .rate, .cluster: guard name == nil || item != nil else { return nil }
        case .repeated, .night: guard item != nil else { return nil }
        case .duties: guard duty != nil else { return nil }
        case .backlog, .overdue, .expiring, .camerasOff: guard name == nil else { return nil }
        }
        self.init(kind, item: kind == .duties ? nil : item, duty: kind == .duties ? duty : nil)
    }
}

extension WarningRule {
    public var subject: WarningSubject {
        switch self {
        case .rate(let rule): WarningSubject(.rate, item: rule.item)
        case .repeated(let rule): WarningSubject(.repeated, item: rule.item)
        case .cluster(let rule): WarningSubject(.cluster, item: rule.item)
        case .backlog: WarningSubject(.backlog)
        case .overdue: WarningSubject(.overdue)
        case .expiring: WarningSubject(.expiring)
        case .duties(let rule): WarningSubject(.duties, duty: rule.duty)
        case .camerasOff: WarningSubject(.camerasOff)
        case .night(let rule): WarningSubject(.night, item: rule.item)
        }
    }
}

extension WarningReason {
    /// Of the rule that gave it.
    public var subject: WarningSubject {
        switch self {
        case .rateRise(_, let item): WarningSubject(.rate, item: item)
        case .repeated(let repeated): WarningSubject(.repeated, item: repeated.item)
        case .cluster(let cluster): WarningSubject(.cluster, item: cluster.item)
        case .backlog: WarningSubject(.backlog)
        case .overdue: WarningSubject(.overdue)
        case .expiring: WarningSubject(.expiring)
        case .dutiesMissed(let missed): WarningSubject(.duties, duty: missed.duty)
        case .camerasOff: WarningSubject(.camerasOff)
        case .nightActivity(let night): WarningSubject(.night, item: night.item)
        }
    }

    /// A state is over when its rule is no longer met; everything else has happened.
    public var isState: Bool {
        switch self {
        case .backlog, .overdue: true
        default: false
        }
    }
}
