/// What a school has to do when: its plans on its calendar. (应做清单)
public struct DutySchedule: Hashable, Sendable {
    public var time: SchoolTime
    public var plans: DutyPlanHistory

    public init(_ time: SchoolTime, _ plans: DutyPlanHistory) {
        self.time = time
        self.plans = plans
    }

    /// Something to do and until when.
    public struct Due: Hashable, Sendable {
        public var slot: DutySlot
        /// The last school day of the period.
        public var day: Day
        public var time: UTCTime
        /// Whether leaving it out is held against the school: a plan held on its due day.
        public var counts: Bool
    }

    /// What is due on a day of a span, in the order of its time.
    public func due(in span: DaySpan) -> [Due] {
        var found: [Due] = []
        var day = span.first
        while day <= span.last {
            found += due(on: day)
            day = day + 1
        }
        return found
    }

    /// What is due on one day: nothing on a day without school.
    public func due(on day: Day) -> [Due] {
        guard time.calendar.isSchoolDay(day) else { return [] }
        return SchoolDuty.allCases.filter { isDueDay(day, of: $0) }.flatMap { dues(of: $0, on: day) }
            .sorted { ($0.time, $0.slot) < ($1.time, $1.slot) }
    }

    /// What can be done on a day: what is due then, and what is due later in its week or month.
    public func open(on day: Day) -> [Due] {
        SchoolDuty.allCases.flatMap { duty in
            lastSchoolDay(from: duty.period(of: day), through: DutySlot(of: duty, on: day).lastDay)
                .map { dues(of: duty, on: $0) } ?? []
        }.sorted { ($0.time, $0.slot) < ($1.time, $1.slot) }
    }

    /// nil = no such thing is due: no school in that period, or a meal that isn't served.
    public func due(_ slot: DutySlot) -> Due? {
        lastSchoolDay(from: slot.period, through: slot.lastDay)
            .flatMap { dues(of: slot.duty, on: $0).first { $0.slot == slot } }
    }

    private func isDueDay(_ day: Day, of duty: SchoolDuty) -> Bool {
        let last = DutySlot(of: duty, on: day).lastDay
        return day == last || lastSchoolDay(from: day, through: last) == day
    }

    private func lastSchoolDay(from first: Day, through last: Day) -> Day? {
        stride(from: last.number, through: first.number, by: -1).lazy.map(Day.init(number:))
            .first(where: time.calendar.isSchoolDay)
    }

    private func dues(of duty: SchoolDuty, on day: Day) -> [Due] {
        let held = plans.plan(on: day)
        let plan = held ?? .standard
        let meals: [Meal?] = duty.rhythm == .meal ? Meal.allCases.filter { plan.meals[$0] != nil } : [nil]
        return meals.map { meal in
            Due(
                slot: DutySlot(of: duty, on: day, meal: meal), day: day,
                time: day.time(minute: plan.dueMinute(of: duty, meal: meal), in: time.zone), counts: held != nil)
        }
    }
}

/// Where a school stands with something to do: computed when it is asked, never kept. (履行情况)
public enum DutyState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Its time is over and nobody has entered anything.
    case missed
    /// To be done.
    case open
    /// Entered after its time.
    case late
    case done

    /// - Parameter first: When it was first entered; corrections don't make it late.
    public init(first: UTCTime?, due: UTCTime, now: UTCTime) {
        self = first.map { $0 <= due ? .done : .late } ?? (due < now ? .missed : .open)
    }

    /// Somebody has entered it.
    public var isEntered: Bool { self == .late || self == .done }
}
