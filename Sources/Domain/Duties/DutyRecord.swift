/// What somebody enters for a duty. (自查记录)
public enum DutyRecord: Hashable, Sendable, Codable {
    case dailyControl(DutyChecklist)
    case weeklyInspection(DutyChecklist)
    case monthlyMeeting(DutyMeeting)
    case morningHealthCheck(HealthCheck)
    case accompaniedMeal(AccompaniedMeal)
    case sampleRetention(SampleRetention)
    case disinfection(Disinfection)

    public var duty: SchoolDuty {
        switch self {
        case .dailyControl: .dailyControl
        case .weeklyInspection: .weeklyInspection
        case .monthlyMeeting: .monthlyMeeting
        case .morningHealthCheck: .morningHealthCheck
        case .accompaniedMeal: .accompaniedMeal
        case .sampleRetention: .sampleRetention
        case .disinfection: .disinfection
        }
    }

    /// How many things were not as they should be; what was done about them stands in the record.
    public var problems: Int {
        switch self {
        case .dailyControl(let list), .weeklyInspection(let list): list.findings.count
        case .monthlyMeeting(let meeting): meeting.openIssues
        case .morningHealthCheck(let check): check.staff.count { !$0.isFit }
        case .accompaniedMeal(let meal): meal.quality == .poor ? 1 : 0
        case .sampleRetention(let samples): samples.isCold ? 0 : 1
        case .disinfection: 0
        }
    }

    /// - Throws: The first thing that can't be taken.
    public func check(at now: UTCTime) throws(DutyFlaw) {
        switch self {
        case .dailyControl(let list): try list.check(DutyChecklist.daily)
        case .weeklyInspection(let list): try list.check(DutyChecklist.weekly)
        case .monthlyMeeting(let meeting): try meeting.check()
        case .morningHealthCheck(let check): try check.check()
        case .accompaniedMeal(let meal): try meal.check()
        case .sampleRetention(let samples): try samples.check(at: now)
        case .disinfection(let disinfection): try disinfection.check()
        }
    }

    /// For those who have to know that staff were checked and not who was ill.
    public var withoutPeople: DutyRecord {
        guard case .morningHealthCheck(var check) = self else { return self }
        check.staff = check.staff.map { .init(name: "", isFit: $0.isFit, tenths: nil, symptom: "") }
        return .morningHealthCheck(check)
    }

    /// What the next one of its kind most probably looks like: the same people, the same kettle. Nothing of it counts until
    /// somebody has looked at it and sent it.
    public func proposal(at now: UTCTime) -> DutyRecord {
        switch self {
        case .dailyControl: .dailyControl(.clean(DutyChecklist.daily))
        case .weeklyInspection: .weeklyInspection(.clean(DutyChecklist.weekly))
        case .monthlyMeeting(let last): .monthlyMeeting(DutyMeeting(attendees: last.attendees))
        case .morningHealthCheck(let last):
            .morningHealthCheck(HealthCheck(staff: last.staff.map { .init(name: $0.name, isFit: true) }))
        case .accompaniedMeal(let last): .accompaniedMeal(AccompaniedMeal(companion: last.companion))
        case .sampleRetention(let last):
            .sampleRetention(
                SampleRetention(
                    samples: [], taken: now, keptUntil: now + SampleRetention.leastKept, fridgeTenths: last.fridgeTenths
                ))
        case .disinfection: self
        }
    }
}
