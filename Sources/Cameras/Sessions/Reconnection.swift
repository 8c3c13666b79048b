/// How long to wait before the next attempt: a fifth of the time since the picture was lost, 1 s at least, 30 s at most,
/// each ± 15 % so that a county's cameras don't all come back in the same second after a power cut.
///
/// That is exponential growth (each wait is 1.2 × the one before), and a camera that was away for twenty seconds is
/// back within five.
struct Reconnection {
    static let shortest = Duration.seconds(1)
    static let longest = Duration.seconds(30)
    private var lostAt: Duration?

    /// Pictures are coming: the next loss begins anew.
    mutating func succeeded() { lostAt = nil }

    /// - Parameter now: monotonic time.
    mutating func delay(now: Duration, using random: inout some RandomNumberGenerator) -> Duration {
        let lost = lostAt ?? now
        lostAt = lost
        let wait = min(max((now - lost) / 5, Self.shortest), Self.longest)
        return wait * Double.random(in: 0.85...1.15, using: &random)
    }
}
