import Domain
import Supervision

extension CountyChapter {
    /// Open days and joint inspections: planned, signed up for, held, told of; some are still to come. (公众开放日、你我同查)
    static let activities = CountyChapter { stage in
        for (number, planned) in PlannedActivity.year.enumerated() {
            let day = stage.schoolDay(from: stage.days.last - planned.daysAgo)
            let life = ActivityLife(stage: stage, planned: planned, day: day, number: number)
            stage.once(on: day - ActivityLife.daysAhead, at: 9 * 60 + 15) { _ in try await life.begin() }
        }
        stage.each(dayAt: 17 * 60 + 45, onlySchoolDays: false) { stage, _ in
            try await stage.supervision.activities.closeDue()
            _ = try await stage.supervision.activities.eraseContacts()
        }
    }
}

/// What is on the county's list for the year.
struct PlannedActivity {
    enum Fate {
        case held
        /// More want to come than may.
        case crowded
        case cancelled
    }

    var kind: Activity.Kind
    /// Before the year's last day; below 0 = after it.
    var daysAgo: Int
    var title: String
    /// Places in the county's list of schools.
    var schools: [Int]
    var capacity: Int
    var fate = Fate.held

    static let year = [
        PlannedActivity(kind: .openDay, daysAgo: 252, title: "“校园餐，看得见”公众开放日", schools: [0], capacity: 30),
        PlannedActivity(kind: .jointInspection, daysAgo: 230, title: "校园食安 你我同查（第一期）", schools: [1, 4], capacity: 16),
        PlannedActivity(kind: .jointInspection, daysAgo: 196, title: "校园食安 你我同查（第二期）", schools: [2], capacity: 12),
        PlannedActivity(kind: .openDay, daysAgo: 175, title: "“走进食堂”公众开放日", schools: [3], capacity: 24, fate: .crowded),
        PlannedActivity(
            kind: .other, daysAgo: 160, title: "食品安全宣传周进校园", schools: [5], capacity: 60, fate: .cancelled),
        PlannedActivity(kind: .jointInspection, daysAgo: 68, title: "校园食安 你我同查（第三期）", schools: [0, 3], capacity: 16),
        PlannedActivity(kind: .openDay, daysAgo: 40, title: "“家长陪餐日”公众开放日", schools: [4], capacity: 20, fate: .crowded),
        PlannedActivity(kind: .jointInspection, daysAgo: 10, title: "校园食安 你我同查（第四期）", schools: [5, 2], capacity: 14),
        PlannedActivity(
            kind: .openDay, daysAgo: -4, title: "“我为孩子尝一餐”公众开放日", schools: [0], capacity: 16, fate: .crowded),
        PlannedActivity(kind: .jointInspection, daysAgo: -8, title: "校园食安 你我同查（第五期）", schools: [1], capacity: 14),
    ]
}

/// An activity from its plan to its report.
struct ActivityLife {
    /// Between the plan and the day.
    static let daysAhead = 14

    let stage: CountyStage
    let planned: PlannedActivity
    let day: Day
    let number: Int

    private var organiser: Principal { stage.people.supervisors[0] }
    private var schools: [CountySchool] {
        planned.schools.filter(stage.schools.indices.contains).map { stage.schools[$0] }
    }

    func begin() async throws {
        guard !schools.isEmpty else { return }
        let activities = stage.supervision.activities
        let start = day.time(minute: 9 * 60 + 30, in: stage.zone)
        let activity = try await activities.plan(
            ActivityPlan(
                planned.kind, title: planned.title, schools: schools.map(\.school.id),
                place: "食堂门口集合", span: TimeSpan(start: start, duration: .seconds(9000)),
                signUpUntil: (day - 1).time(minute: 17 * 60, in: stage.zone),
                capacity: ActivityCapacity(planned.capacity, byRole: planned.kind == .openDay ? [.media: 2] : [:]),
                programme: programme, organizer: "县市场监督管理局、县教育局", invitation: ActivityWords.invitation(planned.kind)),
            by: organiser)
        stage.agenda.add(at: stage.now + .seconds(2700)) { stage in
            _ = try await stage.supervision.activities.handle(.publish, activity.id, by: organiser)
            signUps(to: activity)
        }
        if planned.fate == .cancelled {
            stage.once(on: day - 2, at: 10 * 60) { stage in
                _ = try await stage.supervision.activities.handle(
                    .cancel(reason: "天气预警，活动改期，另行通知。"), activity.id, by: organiser)
            }
            return
        }
        stage.agenda.add(at: start - .seconds(1200)) { _ in
            try await ActivityHolding(
                stage: stage, id: activity.id, code: activity.code, schools: schools, number: number
            )
            .open()
        }
    }

    private var programme: [ActivityPlan.Point] {
        let points: [(Int, String)] =
            planned.kind == .jointInspection
            ? [(570, "集合，说明检查要点"), (585, "分组查看切配、洗消、烹饪区域"), (640, "查验进货票据和食品留样"), (680, "品尝学生餐"), (700, "座谈反馈")]
            : [(570, "签到，介绍“互联网+明厨亮灶”"), (590, "参观后厨"), (630, "观看智慧监管平台演示"), (690, "陪餐"), (710, "填写评价")]
        return points.map { ActivityPlan.Point(minute: $0.0, $0.1) }
    }

    /// From the public page, over some days; deputies, journalists and a class by those who run it.
    private func signUps(to activity: Activity) {
        var dice = stage.dice("guests \(number)")
        let places = planned.capacity
        let parties = planned.fate == .crowded ? places + places / 4 : max(4, places / 2)
        for party in 0..<parties {
            let guest = ActivityWords.guest(party, of: planned.kind, &dice)
            let day = day - dice.whole(4...13)
            stage.once(on: day, at: dice.whole(420...1290)) { stage in
                do {
                    let form = try await stage.supervision.activities.board(activity.code).formToken
                    let signUp = try await stage.supervision.activities.signUp(
                        guest, for: activity.code, form: form, from: "192.0.2.\(party + 1)")
                    guard party % 9 == 4 else { return }
                    stage.agenda.add(at: stage.now + .seconds(50_000)) { stage in
                        do {
                            try await stage.supervision.activities.cancel(signUp.code, from: "192.0.2.\(party + 1)")
                        } catch SupervisionError.activity {
                            // The day had come meanwhile.
                        }
                    }
                } catch SupervisionError.activity {
                    // Closed, or called off.
                }
            }
        }
        guard planned.kind == .jointInspection else { return }
        for (index, guest) in ActivityWords.invited.enumerated() {
            stage.once(on: day - 11, at: 600 + index * 7) { stage in
                _ = try await stage.supervision.activities.add(guest, to: activity.id, by: organiser)
            }
        }
    }
}
