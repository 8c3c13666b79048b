/// What kind of work somebody does; ``PermissionMatrix`` says what each may do. (角色)
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Connects cameras, adds people, keeps the machines well. Decides nothing about cases.
    case administrator
    /// Of the county's market-regulation bureau (县市场监督管理局).
    case supervisor
    /// Of a township's market-regulation office (乡镇市场监督管理所).
    case township
    /// Of the education bureau (教育局).
    case education
    /// A school's food-safety officer or head teacher.
    case school
    /// A leader or a deputy, who looks and decides nothing.
    case viewer
    /// The screen in the supervision hall, with nobody at the keyboard.
    case hall

    /// What an account of this role must be bound to.
    public enum Ground: Sendable, Hashable {
        /// The county, unless the account is narrowed to a part of it.
        case county
        case township
        case school
    }

    public var ground: Ground {
        switch self {
        case .administrator, .supervisor, .education, .viewer, .hall: .county
        case .township: .township
        case .school: .school
        }
    }
}
