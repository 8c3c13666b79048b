import Glibc

/// Whether a transaction that failed through no fault of its own is run again.
///
/// Only for transactions of which nothing was kept.
struct Rerun {
    private var conflicts = 0
    private var losses = 0

    /// Conflicts come from others than our writers, who take turns: an SQL shell, a standby that catches up.
    private static let mostConflicts = 8

    /// Waits a moment, of a length by chance, when others were in the way: two that meet would else meet again.
    mutating func isDue(after session: PostgreSQLSession) -> Bool {
        if session.isLost {
            // What breaks a second time on a new connection would break a third time.
            losses += 1
            return losses <= 1
        }
        guard session.hasConflict, conflicts < Self.mostConflicts else { return false }
        conflicts += 1
        usleep(UInt32.random(in: 0...(1000 << UInt32(conflicts))))
        return true
    }
}
