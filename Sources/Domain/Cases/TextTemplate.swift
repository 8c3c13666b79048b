/// Words that are written again and again in one kind of act, kept once. (文书模板)
public struct TextTemplate: Hashable, Sendable {
    /// What stands for something of the case at hand, in braces.
    public enum Placeholder: String, Sendable, Hashable, CaseIterable {
        case school = "学校"
        case matter = "事项"
        case grade = "等级"
        case number = "案件编号"
        /// Until when it must be rectified.
        case deadline = "整改期限"
        case date = "日期"
    }

    /// Characters.
    public static let longest = 1000
    /// As many as there may be for all acts.
    public static let most = 100

    public let id: TextTemplateID
    public var move: CaseMove
    public var text: String

    public init(id: TextTemplateID, move: CaseMove, text: String) {
        self.id = id
        self.move = move
        self.text = text
    }

    /// Names in braces that stand for nothing, in their order.
    public static func unknownPlaceholders(in text: String) -> [String] {
        names(in: text).filter { Placeholder(rawValue: $0) == nil }
    }

    /// With the values of a case; a placeholder without a value stays as it is, so that nobody overlooks it.
    public func filled(with values: [Placeholder: String]) -> String {
        values.reduce(text) { $0.replacing("{\($1.key.rawValue)}", with: $1.value) }
    }

    private static func names(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }
}

public typealias TextTemplateID = Identifier<TextTemplate>
