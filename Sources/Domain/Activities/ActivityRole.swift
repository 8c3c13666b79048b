/// As what somebody takes part. (身份)
public enum ActivityRole: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
    /// 家长
    case parent
    /// Under 14 as a rule: known by class or first name only, and never by a way to reach them. (学生)
    case pupil
    /// Of a people's congress or a political consultative conference. (人大代表、政协委员)
    case deputy
    /// 媒体
    case media
    case other

    /// Whether somebody may sign up as this from the public page. Pupils come along with a parent or are signed up by
    /// their school (Personal Information Protection Law, Art. 31).
    public var signsUpAlone: Bool { self != .pupil }
}

/// How many people of each role. (人数)
public struct HeadCount: Hashable, Sendable, Codable {
    /// Roles with nobody are left out.
    private var counts: [ActivityRole: Int]

    public static let none = HeadCount()

    public init(_ counts: [ActivityRole: Int] = [:]) { self.counts = counts.filter { $0.value > 0 } }

    public subscript(role: ActivityRole) -> Int {
        get { counts[role] ?? 0 }
        set { counts[role] = newValue > 0 ? newValue : nil }
    }

    public var total: Int { counts.values.reduce(0, +) }
    public var roles: Set<ActivityRole> { Set(counts.keys) }

    public static func + (a: HeadCount, b: HeadCount) -> HeadCount {
        HeadCount(a.counts.merging(b.counts) { $0 + $1 })
    }

    public static func += (a: inout HeadCount, b: HeadCount) { a = a + b }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([ActivityRole: Int].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(counts)
    }
}
