/// What of a school's kitchens the public may see, and when. (向社会公开)
public struct Publication: Hashable, Sendable, Codable {
    /// The picture taken away at once, by a supervisor or the school. (切断)
    public struct Cut: Hashable, Sendable, Codable {
        /// In the words of whoever cut it: 2…200 characters; not shown to the public.
        public var reason: String
        public var start: UTCTime
        /// nil = until somebody opens it again.
        public var end: UTCTime?

        public init(reason: String, start: UTCTime, end: UTCTime? = nil) {
            self.reason = reason
            self.start = start
            self.end = end
        }

        public func holds(at time: UTCTime) -> Bool { end.map { time < $0 } ?? true }
    }

    /// Whether the public has a page of this school at all.
    public var isOn: Bool
    /// Those that are opted in; no other is ever shown.
    public var cameras: Set<CameraID>
    /// When pictures are shown; inside the school's working hours on its school days, whatever is said here.
    public var hours: WorkingHours
    /// How late a picture is seen: 10…30.
    public var delaySeconds: Int
    public var cut: Cut?
    /// What signed-in parents see in addition; nil = nothing.
    public var parents: ParentShowing?

    public static let delays = 10...30

    public init(
        isOn: Bool = false, cameras: Set<CameraID> = [], hours: WorkingHours = .publicStandard, delaySeconds: Int = 12,
        cut: Cut? = nil, parents: ParentShowing? = nil
    ) {
        self.isOn = isOn
        self.cameras = cameras
        self.hours = hours
        self.delaySeconds = delaySeconds
        self.cut = cut
        self.parents = parents
    }
}

extension WorkingHours {
    /// While school meals are made and eaten.
    public static let publicStandard = WorkingHours(startMinute: 540, endMinute: 780, weekdays: Set(1...7))
}

/// Whether pictures are shown at a moment, and if not, why. (公开状态)
public enum PublicOpening: Hashable, Sendable {
    /// The public has no page of this school.
    case off
    case noCameras
    /// nil = until somebody opens it again.
    case cut(until: UTCTime?)
    /// When it opens next; nil = not within two weeks.
    case shut(opens: UTCTime?)
    case open(until: UTCTime)

    public var isOpen: Bool { if case .open = self { true } else { false } }
}

extension Publication {
    /// - Parameter school: how time counts for the school.
    public func opening(at time: UTCTime, _ school: SchoolTime) -> PublicOpening {
        guard isOn else { return .off }
        guard !cameras.isEmpty else { return .noCameras }
        if let cut, cut.holds(at: time) { return .cut(until: cut.end) }
        let today = school.day(of: time)
        if let span = span(on: today, school), span.contains(time) { return .open(until: span.end) }
        for offset in 0...14 {
            if let span = span(on: today + offset, school), span.start > time { return .shut(opens: span.start) }
        }
        return .shut(opens: nil)
    }

    /// What the hours have in common with the school's own; nil when nothing is shown that day.
    private func span(on day: Day, _ school: SchoolTime) -> TimeSpan? {
        guard hours.weekdays.contains(day.weekday), hours.startMinute < hours.endMinute else { return nil }
        let wanted = TimeSpan(
            start: day.time(minute: hours.startMinute, in: school.zone),
            end: day.time(minute: hours.endMinute, in: school.zone))
        return school.workingSpan(on: day)?.intersection(wanted)
    }
}
