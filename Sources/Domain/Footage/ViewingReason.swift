/// Why somebody opens recordings of a school. (查看事由) Decree 799 of 2025, Art. 15–16: every viewing with who, what and
/// why.
public struct ViewingReason: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// 日常巡查
        case inspection
        /// 案件核查
        case caseWork = "case"
        /// 投诉举报
        case complaint
        /// 上级督查
        case superior
        /// 设备维护
        case maintenance
        /// 质量抽检: pictures of the blind sample. Given by the page itself.
        case qualitySample
        /// As the note says, which must not be empty then.
        case other

        /// Those that people choose from.
        public static let choices = allCases.filter { $0 != .qualitySample }
    }

    public var kind: Kind
    /// In the person's own words: 200 characters at most.
    public var note: String
    /// The case that it is about, by the number that people call it by.
    public var caseNumber: Int?

    public init(_ kind: Kind, note: String = "", caseNumber: Int? = nil) {
        self.kind = kind
        self.note = note
        self.caseNumber = caseNumber
    }

    /// How long a reason holds in the session of work in which it was given; signing out ends it before.
    public static let validity = Duration.seconds(8 * 3600)
}
