/// An authority or school that notices go to and that has people. (单位)
public enum Body: Hashable, Sendable {
    /// The county's market-regulation bureau. (县市场监督管理局)
    case marketRegulation
    /// A township's market-regulation office. (乡镇市场监督管理所)
    case townshipOffice(TownshipID)
    case educationBureau
    case school(SchoolID)
    /// The leader in charge in the county's government, where the ladder of escalation ends. (县分管领导)
    case countyLeadership

    /// Who urges when this body is late. (逐级)
    public var superior: Body {
        switch self {
        case .school, .townshipOffice: .marketRegulation
        case .marketRegulation, .educationBureau, .countyLeadership: .countyLeadership
        }
    }
}

/// As rows and the ledger keep it.
extension Body: LosslessStringConvertible, TextCodable {
    public var description: String {
        switch self {
        case .marketRegulation: "market-regulation"
        case .townshipOffice(let id): "township/\(id)"
        case .educationBureau: "education"
        case .school(let id): "school/\(id)"
        case .countyLeadership: "county-leadership"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "market-regulation": self = .marketRegulation
        case "education": self = .educationBureau
        case "county-leadership": self = .countyLeadership
        default:
            switch Territory(text) {
            case .township(let id): self = .townshipOffice(id)
            case .school(let id): self = .school(id)
            default: return nil
            }
        }
    }
}
