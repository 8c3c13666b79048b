/// Words of a checklist in both languages. (检查表文字)
public struct InspectionText: Hashable, Sendable, Codable {
    public var chinese: String
    /// Empty = the Chinese words are shown.
    public var english: String

    public init(_ chinese: String, _ english: String = "") {
        self.chinese = chinese
        self.english = english
    }
}
