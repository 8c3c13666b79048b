/// How many there are, counted no further than a limit: the length of a list that nobody reads to its end.
public struct LimitedCount: Sendable, Hashable {
    /// What lists count to.
    public static let ofLists = 10_000
    /// What searches for words count to.
    public static let ofSearches = 1000

    /// 0 … limit.
    public let value: Int
    /// There are more than ``value``.
    public let isMore: Bool

    /// - Parameter found: Of a count that stopped at one more than `limit`.
    public init(found: Int, limit: Int) {
        value = min(found, limit)
        isMore = found > limit
    }
}
