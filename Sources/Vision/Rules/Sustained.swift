/// Whether something has been so for long enough: looks come in as yes, no or unknown. (持续时间)
///
/// Unknown neither proves nor disproves: the back of a head says nothing about its mask.
public struct Sustained: Sendable, Hashable {
    /// Of the looks that know, so many must be yes.
    public var leastShare: Double
    /// So many yes at least.
    public var leastLooks: Int
    /// A pause between two yes that ends the run, in seconds.
    public var longestPause: Double

    private struct Look: Hashable {
        var moment: Moment
        var isYes: Bool
    }

    private var looks: [Look] = []

    public init(leastShare: Double, leastLooks: Int, longestPause: Double) {
        self.leastShare = leastShare
        self.leastLooks = leastLooks
        self.longestPause = longestPause
    }

    /// - Returns: since when it has been so, once that is `seconds` long; nil before.
    public mutating func add(_ isYes: Bool?, at moment: Moment, for seconds: Double) -> Moment? {
        if let last = looks.last(where: \.isYes)?.moment, moment.seconds(since: last) > longestPause { looks = [] }
        guard let isYes else { return nil }
        // A run begins with a yes.
        if looks.isEmpty && !isYes { return nil }
        looks.append(Look(moment: moment, isYes: isYes))
        trim(to: seconds, now: moment)
        let yes = looks.reduce(0) { $0 + ($1.isYes ? 1 : 0) }
        guard isYes, let first = looks.first, yes >= leastLooks,
            Double(yes) >= leastShare * Double(looks.count), moment.seconds(since: first.moment) >= seconds
        else { return nil }
        return first.moment
    }

    /// No more than is asked for is remembered, beginning with a yes: what was long ago outweighs nothing. Where looks
    /// are rare, as many as are needed.
    private mutating func trim(to seconds: Double, now: Moment) {
        while looks.count > leastLooks, now.seconds(since: looks[1].moment) >= seconds,
            looks[1].isYes || !looks[0].isYes
        {
            looks.removeFirst()
        }
        // So many noes that the run is over.
        while let first = looks.first {
            let yes = looks.reduce(0) { $0 + ($1.isYes ? 1 : 0) }
            if first.isYes && Double(yes) >= leastShare * 0.6 * Double(looks.count) { break }
            looks.removeFirst()
        }
    }
}
