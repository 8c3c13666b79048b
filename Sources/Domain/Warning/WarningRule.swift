/// A rule of the early warning with its parameters, as the county sets it. (预警规则)
public enum WarningRule: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case rate
        case repeated
        case cluster
        case backlog
        case overdue
        case expiring
        case duties
        case camerasOff
        case night
    }

    case rate(RateRule)
    case repeated(RepeatRule)
    case cluster(ClusterRule)
    case backlog(BacklogRule)
    case overdue(OverdueRule)
    case expiring(ExpiryRule)
    case duties(DutyRule)
    case camerasOff(CamerasOffRule)
    case night(NightRule)

    public var kind: Kind {
        switch self {
        case .rate: .rate
        case .repeated: .repeated
        case .cluster: .cluster
        case .backlog: .backlog
        case .overdue: .overdue
        case .expiring: .expiring
        case .duties: .duties
        case .camerasOff: .camerasOff
        case .night: .night
        }
    }

    /// Whether each parameter lies in its range.
    public var isValid: Bool {
        switch self {
        case .rate(let rule): rule.isValid
        case .repeated(let rule): rule.isValid
        case .cluster(let rule): rule.isValid
        case .backlog(let rule): rule.isValid
        case .overdue(let rule): rule.isValid
        case .expiring(let rule): rule.isValid
        case .duties(let rule): rule.isValid
        case .camerasOff(let rule): rule.isValid
        case .night(let rule): rule.isValid
        }
    }
}
