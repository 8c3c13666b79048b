/// Which of a camera's analysed frames of one day are kept for people to look at blindly. (盲审抽样)
///
/// Each frame draws a key; the `size` lowest keys stay. So every frame of the day is as likely to be kept as any other,
/// `size` in `offered`, and a restart goes on from the keys that were stored as though nothing had happened. A frame is
/// encoded only when it is taken: about `size · (1 + ln(offered / size))` times a day.
public struct FrameSample: Hashable, Sendable {
    public enum Choice: Hashable, Sendable {
        case passed
        /// Keep it under this key, in the place of the frame with the other; nil = there was room.
        case taken(key: Int64, replacing: Int64?)
    }

    /// Frames a day; 0 = none are kept.
    public let size: Int
    /// Frames that drew a key, kept or not.
    public private(set) var offered: Int
    /// Of those that are kept, the lowest first; 0…`Int64.max`.
    public private(set) var keys: [Int64]

    /// - Parameters:
    ///   - keys: As they were stored before a restart; of more than `size`, the lowest count.
    ///   - offered: Counted until then.
    public init(size: Int, keys: [Int64] = [], offered: Int = 0) {
        precondition(size >= 0 && offered >= 0, "a sample of what was offered")
        self.size = size
        self.keys = Array(keys.sorted().prefix(size))
        // What was counted last may be half a minute old, and a key newer than that.
        self.offered = max(offered, self.keys.count)
    }

    public mutating func offer(using random: inout some RandomNumberGenerator) -> Choice {
        offered += 1
        guard size > 0 else { return .passed }
        let key = Int64.random(in: 0...Int64.max, using: &random)
        var replaced: Int64?
        if keys.count == size {
            guard let last = keys.last, key < last else { return .passed }
            replaced = keys.removeLast()
        }
        keys.insert(key, at: keys.firstIndex { key < $0 } ?? keys.endIndex)
        return .taken(key: key, replacing: replaced)
    }

    /// For how many of the day's frames each that is kept stands; nil = none is.
    public var weight: Double? { keys.isEmpty ? nil : Double(offered) / Double(keys.count) }
}
