/// What a case is about: the same matter at the same school soon after closing reopens the case. (违规事项)
public enum CaseMatter: Hashable, Sendable {
    case item(CaptureItem)
    /// What no program captures, as the supervisor named it on a patrol.
    case other(String)

    public var item: CaptureItem? {
        switch self {
        case .item(let item): item
        case .other: nil
        }
    }
}

extension CaseMatter: LosslessStringConvertible, TextCodable {
    public var description: String {
        switch self {
        case .item(let item): "item/\(item.rawValue)"
        case .other(let name): "other/\(name)"
        }
    }

    public init?(_ text: String) {
        if text.hasPrefix("item/"), let item = CaptureItem(rawValue: String(text.dropFirst(5))) {
            self = .item(item)
        } else if text.hasPrefix("other/"), text.utf8.count > 6 {
            self = .other(String(text.dropFirst(6)))
        } else {
            return nil
        }
    }
}
