import Domain
import Supervision

/// What the chapters of a county's year share: the clock, the use cases, who is who, and what is still to happen.
final class CountyStage {
    let plan: CountyPlan
    let clock: DemoClock
    let supervision: Supervision
    let evidence: EvidenceFolder
    let attachments: AttachmentShelf
    let checkpoints: Checkpoints
    let pictures: CountyPictures
    let press: CountyPress
    let zone: TerritoryZone
    /// The year's first and last day; the last is today.
    let days: DaySpan
    /// When the year is over.
    let end: UTCTime
    var agenda = Agenda()

    /// Set by the chapters of grid and people.
    var townships: [Township] = []
    var schools: [CountySchool] = []
    var people = CountyPeople()
    var calendar = SchoolCalendar()
    var lives = CaseLives()
    /// When somebody looked at a school on patrol.
    var lastLooks: [SchoolID: Day] = [:]
    /// What the blind sample's pictures show.
    var shown: [FrameCode: ShotSubject] = [:]

    init(
        _ plan: CountyPlan, clock: DemoClock, days: DaySpan, end: UTCTime, supervision: Supervision,
        evidence: EvidenceFolder, attachments: AttachmentShelf, checkpoints: Checkpoints, pictures: CountyPictures,
        press: CountyPress
    ) {
        self.plan = plan
        self.clock = clock
        self.days = days
        self.end = end
        self.supervision = supervision
        self.evidence = evidence
        self.attachments = attachments
        self.checkpoints = checkpoints
        self.pictures = pictures
        self.press = press
        zone = evidence.zone
    }

    var now: UTCTime { clock.now }
    var today: Day { Day(of: now, in: zone) }

    func dice(_ matter: String) -> DemoDice { DemoDice(seed: plan.seed, matter) }

    func lastLook(at school: CountySchool) -> Day { lastLooks[school.school.id] ?? Day(number: 0) }

    /// How offices count time: the county's school days, eight to half past five.
    var office: SchoolTime {
        SchoolTime(
            calendar: calendar, hours: WorkingHours(startMinute: 480, endMinute: 1050, weekdays: Set(1...7)), zone: zone
        )
    }

    /// - Parameter minutes: Of working time.
    func later(by minutes: Double, from start: UTCTime? = nil) -> UTCTime {
        office.addWorkingTime(.milliseconds(Int64(minutes * 60_000)), from: start ?? now)
    }

    /// The first school day from a day on.
    func schoolDay(from day: Day) -> Day { office.schoolDay(from: day) }

    /// Lets something happen at a minute of a day, when that comes after the moment at hand.
    func once(on day: Day, at minute: Int, _ happening: @escaping Agenda.Happening) {
        let time = day.time(minute: minute, in: zone)
        if time >= now { agenda.add(at: time, happening) }
    }

    /// Puts something on each day's agenda, one day after the other.
    /// - Parameter minute: After midnight.
    func each(
        dayAt minute: Int, onlySchoolDays: Bool = true, from first: Day? = nil,
        _ happening: @escaping (CountyStage, Day) async throws -> Void
    ) {
        var day = max(first ?? days.first, days.first)
        while onlySchoolDays, !calendar.isSchoolDay(day), day <= days.last { day = day + 1 }
        guard day <= days.last else { return }
        agenda.add(at: day.time(minute: minute, in: zone)) { [day] stage in
            try await happening(stage, day)
            stage.each(dayAt: minute, onlySchoolDays: onlySchoolDays, from: day + 1, happening)
        }
    }

    /// Lets everything happen that comes before the end.
    /// - Parameter progress: How much of the span is over, 0…1, and the day.
    func run(progress: (Double, Day) -> Void) async throws {
        let start = now
        while let next = agenda.next(until: end) {
            try Task.checkCancellation()
            clock.move(to: next.time)
            try await next.happening(self)
            progress((now - start).inSeconds / max(1, (end - start).inSeconds), today)
        }
        clock.move(to: end)
    }
}

/// A school of the county with what belongs to it.
struct CountySchool {
    var plan: CountyPlan.SchoolPlan
    var school: School
    /// In the order in which food goes through a kitchen.
    var cameras: [Camera]
    var kinds: [CameraID: Area.Kind]
    var officer: Principal
    /// Of its township.
    var handler: Principal
}

/// Those who act, as the use cases want them.
struct CountyPeople {
    var administrator = Principal.console
    var supervisors: [Principal] = []
    /// Of the county: the supervisors and those who are mostly out at schools.
    var inspectors: [Principal] = []
    var offices: [TownshipID: Principal] = [:]
    var education = Principal.console
    /// With initial passwords, by account: how they sign in.
    var passwords: [String: Secret] = [:]
    var everybody: [Person] = []
}
