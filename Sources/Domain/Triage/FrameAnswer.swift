/// What a person saw in a frame without being told what the program thought. (盲审结论)
public enum FrameAnswer: Hashable, Sendable {
    /// Empty = nothing that should have been captured.
    case seen(Set<CaptureItem>)
    case cannotTell

    /// What one picture can show. That somebody is there at night is a matter of the hour.
    public static let items: [CaptureItem] = [.noHat, .noMask, .phone, .smoking, .rodent, .insect]

    /// The items that were seen, in the order of ``items``; nil = cannot tell.
    public var listed: [CaptureItem]? {
        guard case .seen(let seen) = self else { return nil }
        return CaptureItem.allCases.filter(seen.contains)
    }

    /// - Parameter listed: nil = cannot tell.
    public init(listed: [CaptureItem]?) { self = listed.map { .seen(Set($0)) } ?? .cannotTell }
}
