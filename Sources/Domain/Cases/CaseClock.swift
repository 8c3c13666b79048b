/// A deadline of a case, computed whenever it is read: from the events, the school's time and the policy. (时限)
public struct CaseClock: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// The county's bureau sends the notice.
        case dispatch
        /// The school says that it has it.
        case acknowledge
        /// The school rectifies and hands in.
        case rectify
        /// Somebody looks at what was handed in.
        case review
        /// The county's bureau decides about an objection.
        case appeal
        case reinspection
    }

    public var kind: Kind
    /// Of the re-inspections: 0 = the first. Else 0.
    public var ordinal: Int
    /// From when it is counted.
    public var from: UTCTime
    /// Re-inspections only: it makes no sense to look earlier.
    public var notBefore: UTCTime?
    /// The last moment that is in time. While the clock is paused: as if it went on at once.
    public var due: UTCTime
    public var pausedSince: UTCTime?
    /// nil = not done yet.
    public var stoppedAt: UTCTime?
    /// Version of the event that set this deadline: an extension or a return sets a new one.
    public var setBy: Int

    public var isPaused: Bool { pausedSince != nil }
    public var isRunning: Bool { pausedSince == nil && stoppedAt == nil }

    public func isOverdue(at time: UTCTime) -> Bool { due < reading(at: time) }

    /// By the clock on the wall; negative when overdue, standing still while paused.
    public func remaining(at time: UTCTime) -> Duration { due - reading(at: time) }

    private func reading(at time: UTCTime) -> UTCTime {
        min(time, pausedSince ?? time, stoppedAt ?? time)
    }
}

/// What the events say of one clock. Its deadline is not among it: calendar and policy have a say in that.
struct ClockRun: Hashable, Sendable {
    let kind: CaseClock.Kind
    let ordinal: Int
    /// The case's when the clock began.
    let grade: Grade
    /// From when it is counted.
    let from: UTCTime
    /// When it was started: later than `from` for the second re-inspection, earlier for a review by appointment.
    let startedAt: UTCTime
    var setBy: Int
    /// Set by somebody, in place of the policy's.
    var explicitDue: UTCTime?
    var explicitSince: UTCTime
    var pauses: [TimeSpan] = []
    var pausedSince: UTCTime?
    var stoppedAt: UTCTime?

    var isOpen: Bool { stoppedAt == nil }

    mutating func pause(at time: UTCTime) { pausedSince = pausedSince ?? time }

    mutating func resume(at time: UTCTime) {
        guard let since = pausedSince else { return }
        pauses.append(TimeSpan(start: since, end: max(since, time)))
        pausedSince = nil
    }

    /// A clock that stops while it is paused has been read for the last time when the pause began.
    mutating func stop(at time: UTCTime) {
        stoppedAt = pausedSince ?? time
        pausedSince = nil
    }
}
