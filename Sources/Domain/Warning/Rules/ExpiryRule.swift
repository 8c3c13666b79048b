/// Warns before a licence or a health certificate runs out, in steps, and once it has. (证照到期)
public struct ExpiryRule: Hashable, Sendable, Codable {
    /// Days left at which to warn, each 1…365; once more on the day after the last.
    public var daysBefore: Set<Int>

    public init(daysBefore: Set<Int> = [60, 30, 7]) { self.daysBefore = daysBefore }

    private enum CodingKeys: String, CodingKey { case daysBefore }

    /// The same rule is always the same text, as ledger and rows are held against each other: a set has another order in
    /// each process.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(daysBefore.sorted(by: >), forKey: .daysBefore)
    }

    public var isValid: Bool { daysBefore.count <= 10 && daysBefore.allSatisfy((1...365).contains) }

    /// - Returns: nil while more days are left than in the largest step.
    public func met(by paper: Paper, on today: Day) -> ExpiringPaper? {
        let left = paper.validThrough - today
        guard let step = left < 0 ? 0 : daysBefore.filter({ left <= $0 }).min() else { return nil }
        return ExpiringPaper(
            kind: paper.kind, paper: paper.number, validThrough: paper.validThrough, daysLeft: left, step: step)
    }

    public struct Paper: Hashable, Sendable, Codable {
        public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
            /// 食品经营许可证
            case foodLicence
            /// 健康证 of somebody in the kitchen.
            case healthCertificate
            /// 食品安全管理员 training
            case training
            case other
        }

        public var kind: Kind
        /// By which it is known; no name of a person.
        public var number: String
        /// The last day on which it holds.
        public var validThrough: Day

        public init(_ kind: Kind, number: String, validThrough: Day) {
            self.kind = kind
            self.number = number
            self.validThrough = validThrough
        }
    }
}

/// A paper that holds for `daysLeft` more days.
public struct ExpiringPaper: Hashable, Sendable, Codable {
    public var kind: ExpiryRule.Paper.Kind
    public var paper: String
    public var validThrough: Day
    /// Below 0: it has run out, so many days ago.
    public var daysLeft: Int
    /// The rule's step that was reached; 0 = it has run out.
    public var step: Int

    public var hasExpired: Bool { daysLeft < 0 }
}
