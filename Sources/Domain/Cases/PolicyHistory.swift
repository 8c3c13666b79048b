/// All policies that ever held: a clock goes by the one in force when it began. (规则沿革)
public struct PolicyHistory: Hashable, Sendable, Codable {
    public struct Version: Hashable, Sendable, Codable {
        public var from: UTCTime
        public var policy: CasePolicy

        public init(from: UTCTime, _ policy: CasePolicy) {
            self.from = from
            self.policy = policy
        }
    }

    /// What held before the first version.
    public var initial: CasePolicy
    /// By `from`, ascending.
    public private(set) var versions: [Version]

    public init(initial: CasePolicy = .standard, _ versions: [Version] = []) {
        self.initial = initial
        self.versions = versions.sorted { $0.from < $1.from }
    }

    public func inForce(at time: UTCTime) -> CasePolicy { versions.last { $0.from <= time }?.policy ?? initial }

    /// A version in force from the same moment is replaced: it never held.
    public mutating func add(_ policy: CasePolicy, from time: UTCTime) {
        versions.removeAll { $0.from == time }
        versions.append(Version(from: time, policy))
        versions.sort { $0.from < $1.from }
    }
}
