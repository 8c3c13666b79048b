import Bitstream
import Domain

/// Maps a stream's own time to the wall clock, and notices when either of them jumps.
///
/// The wall clock of a stream is anchored at its first picture and then runs by the stream's own time, so that pictures
/// keep their true distances. It follows slow drift (a camera's crystal is off by up to 100 ppm, 8.6 s a day).
struct StreamClock {
    /// Why the time line was cut.
    enum Cut: Hashable {
        /// This machine's clock was set.
        case clockStepped
        /// The camera's time stamps jumped, or its pictures arrive too late or too early.
        case streamJumped
    }

    /// Beyond it, a difference is a jump; below it, the network or drift.
    private static let tolerance = Duration.seconds(2)
    /// Of the difference, what one picture takes away: at 15 pictures a second a crystal's drift is followed within six
    /// minutes, and a machine that is a second late for one minute moves the time line by less than 0.2 s. A recorded
    /// file doesn't follow it at all, and a capture's box must lie on the person in the recording.
    private static let gain = 0.0002

    private struct Anchor {
        var media: Time90k
        var wall: UTCTime
        var monotonic: Duration
        /// Slowly adjusted, in seconds: arrival minus what the stream's time says.
        var delay = 0.0
        var firstWall: UTCTime
        var firstMonotonic: Duration
    }

    private var anchor: Anchor?

    /// - Parameters:
    ///   - now: the wall clock at arrival.
    ///   - monotonic: the monotonic clock at arrival.
    /// - Returns: when the picture was taken, and whether the time line was cut before it.
    mutating func wallTime(of unit: AccessUnit, now: UTCTime, monotonic: Duration) -> (time: UTCTime, cut: Cut?) {
        guard var anchor else {
            let time = Self.firstTime(of: unit, now: now)
            self.anchor = Anchor(
                media: unit.decodeTime, wall: time, monotonic: monotonic, firstWall: now, firstMonotonic: monotonic)
            return (time, nil)
        }
        let stepped = (now - anchor.firstWall) - (monotonic - anchor.firstMonotonic)
        if stepped.magnitude > Self.tolerance {
            self.anchor = nil
            return (wallTime(of: unit, now: now, monotonic: monotonic).time, .clockStepped)
        }
        let media = (unit.decodeTime - anchor.media).duration
        let late = (monotonic - anchor.monotonic) - media
        if late.magnitude > Self.tolerance {
            self.anchor = nil
            return (wallTime(of: unit, now: now, monotonic: monotonic).time, .streamJumped)
        }
        anchor.delay += (late.inSeconds - anchor.delay) * Self.gain
        self.anchor = anchor
        let drift = Duration.milliseconds(Int64((anchor.delay * 1000).rounded()))
        return (anchor.wall + media + drift, nil)
    }

    /// The camera's own word, when its clock agrees with ours to two seconds: it knows nothing of the network's delay.
    private static func firstTime(of unit: AccessUnit, now: UTCTime) -> UTCTime {
        guard let captured = unit.captureTime, (now - captured).magnitude <= tolerance else { return now }
        return captured
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
