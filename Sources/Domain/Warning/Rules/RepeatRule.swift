/// Warns at the n-th of the same item at one school within a number of days. (短期重复)
public struct RepeatRule: Hashable, Sendable, Codable {
    public var item: CaptureItem
    /// 2…100.
    public var count: Int
    /// Days of 24 hours back from the last one: 1…90.
    public var days: Int

    public init(_ item: CaptureItem, count: Int = 3, days: Int = 7) {
        self.item = item
        self.count = count
        self.days = days
    }

    public var isValid: Bool { (2...100).contains(count) && (1...90).contains(days) }

    /// Every time the rule was met at one school. After a warning the count begins anew: the same ones never warn twice.
    /// - Parameter times: When the item was there, in any order.
    public func met(by times: some Sequence<UTCTime>) -> [RepeatedItem] {
        let window = Duration.seconds(days * 86_400)
        var (recent, found): ([UTCTime], [RepeatedItem]) = ([], [])
        for time in times.sorted() {
            recent.removeAll { $0 <= time - window }
            recent.append(time)
            if recent.count >= count {
                found.append(
                    RepeatedItem(item: item, count: recent.count, days: days, first: recent[0], last: time))
                recent = []
            }
        }
        return found
    }
}

/// `count` times the same within `days` days, the first and the last one.
public struct RepeatedItem: Hashable, Sendable, Codable {
    public var item: CaptureItem
    public var count: Int
    public var days: Int
    public var first: UTCTime
    public var last: UTCTime
}
