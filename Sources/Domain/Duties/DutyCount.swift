/// How a school stands with a duty over some time. (履行统计)
public struct DutyCount: Hashable, Sendable {
    /// Whose time is over, or which were entered before it was.
    public var due: Int
    /// Of them, in time.
    public var done: Int
    public var late: Int
    public var missed: Int
    /// Those that can still be done in time.
    public var open: Int
    /// Found and noted by the school itself.
    public var problems: Int

    /// Of what counts.
    public init(_ standings: some Sequence<DutyStanding>) {
        (due, done, late, missed, open, problems) = (0, 0, 0, 0, 0, 0)
        for standing in standings where standing.due.counts {
            switch standing.state {
            case .missed: missed += 1
            case .open: open += 1
            case .late: late += 1
            case .done: done += 1
            }
            problems += standing.problems
        }
        due = done + late + missed
    }

    public static func + (a: DutyCount, b: DutyCount) -> DutyCount {
        var sum = a
        sum.due += b.due
        sum.done += b.done
        sum.late += b.late
        sum.missed += b.missed
        sum.open += b.open
        sum.problems += b.problems
        return sum
    }
}
