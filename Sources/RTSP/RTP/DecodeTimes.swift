import Domain

/// Decoding times out of presentation times: the i-th picture is decoded when the (i − n)-th of all pictures so far is
/// shown, n being how many pictures a decoder holds back (`max_num_reorder_frames`). No picture is delayed by it.
struct DecodeTimes {
    /// Sorted; the n highest presentation times so far.
    private var recent: [Int64] = []
    private var last: Int64?

    /// Strictly increasing decoding times, each ≤ the returned presentation time, which differs from the given one only for
    /// cameras whose pictures are further out of order than they say.
    mutating func next(
        presentation: Time90k, maxReorderedFrames: Int, usualFrame: Int64
    ) -> (decode: Time90k, composition: Time90k) {
        let shown = presentation.ticks
        var decoded = shown
        if maxReorderedFrames > 0 {
            let index = recent.firstIndex { $0 > shown } ?? recent.count
            recent.insert(shown, at: index)
            if recent.count > maxReorderedFrames {
                decoded = recent.removeFirst()
                if recent.count > maxReorderedFrames { recent.removeFirst(recent.count - maxReorderedFrames) }
            } else {
                decoded = recent[0] - Int64(maxReorderedFrames - recent.count + 1) * usualFrame
            }
        } else {
            recent.removeAll(keepingCapacity: true)
        }
        if let last { decoded = max(decoded, last + 1) }
        last = decoded
        return (Time90k(ticks: decoded), Time90k(ticks: max(shown - decoded, 0)))
    }
}
