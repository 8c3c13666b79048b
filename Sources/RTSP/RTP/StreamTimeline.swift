import Domain

/// Turns RTP timestamps into one time line that begins at zero: unwraps them (32 bits, RFC 3550 §5.1), and goes on evenly
/// when a camera's timestamps jump although its pictures come regularly.
struct StreamTimeline {
    /// A step ahead of more than this must agree with the clock on our wall.
    private static let largestStep: Int64 = 3 * 90_000
    /// By how much such a step may differ from the time between arrivals.
    private static let agreement: Int64 = 2 * 90_000
    /// A step back of less than this is disorder, of more a jump.
    private static let largestStepBack: Int64 = 90_000
    private static let longestFrame: Int64 = 90_000
    /// Between pictures whose timestamps don't grow.
    private static let shortestFrame: Int64 = 90

    private let clockRate: Int64
    private var last: (timestamp: UInt32, time: Int64, arrived: Duration)?
    private var highest: Int64 = 0
    /// Usual distance of pictures in ticks of 1/90,000 s; 25 pictures a second until it is known.
    private(set) var usualFrame: Int64 = 3600
    private var framesSeen = 0
    /// The last timestamp was not believed: what RTCP said about timestamps holds no more.
    private(set) var jumped = false

    /// - Parameter clockRate: ticks per second of the timestamps, > 0.
    init(clockRate: Int) { self.clockRate = Int64(clockRate) }

    /// The presentation time of a picture; strictly increasing unless pictures are reordered.
    ///
    /// - Parameters:
    ///   - reorders: pictures don't come in the order in which they are shown, so that small steps back are right.
    ///   - arrived: monotonic.
    mutating func time(of timestamp: UInt32, reorders: Bool, arrived: Duration) -> Time90k {
        jumped = false
        guard let last else {
            self.last = (timestamp, 0, arrived)
            return .zero
        }
        let step = Int64(Int32(bitPattern: timestamp &- last.timestamp)) * 90_000 / clockRate
        var time = last.time + step
        if isBelievable(step: step, elapsed: arrived - last.arrived) {
            learn(time - highest)
        } else {
            time = highest + continuation(after: arrived - last.arrived)
            jumped = true
        }
        self.last = (timestamp, time, arrived)
        // Disorder does not move the scale, so that it can't make the time line longer.
        if !reorders { time = max(time, highest + Self.shortestFrame) }
        highest = max(highest, time)
        return Time90k(ticks: time)
    }

    /// Another sender took over: its timestamps have nothing to do with those before.
    mutating func restart(at timestamp: UInt32, arrived: Duration) {
        guard let last else { return }
        // As if the picture before had come so much earlier on the new sender's scale.
        let step = continuation(after: arrived - last.arrived) * clockRate / 90_000
        self.last = (timestamp &- UInt32(truncatingIfNeeded: step), highest, last.arrived)
    }

    private func isBelievable(step: Int64, elapsed: Duration) -> Bool {
        if step <= Self.largestStep { return step > -Self.largestStepBack }
        return (step - Time90k(elapsed).ticks).magnitude <= UInt64(Self.agreement)
    }

    /// Pictures that stayed away for long did so in truth too.
    private func continuation(after elapsed: Duration) -> Int64 {
        let ticks = Time90k(elapsed).ticks
        return ticks > Self.longestFrame ? ticks : usualFrame
    }

    private mutating func learn(_ step: Int64) {
        guard step > 0, step <= Self.longestFrame else { return }
        framesSeen += 1
        usualFrame = framesSeen < 8 ? step : (usualFrame * 7 + step) / 8
    }
}
