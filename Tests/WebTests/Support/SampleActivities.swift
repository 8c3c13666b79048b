import Domain
import Supervision
import TestSupport

extension SiteUnderTest {
    func plan(at school: SchoolID, capacity: ActivityCapacity = ActivityCapacity(20)) -> ActivityPlan {
        let start = time.now + .seconds(7 * 86_400)
        return ActivityPlan(
            .openDay, title: "秋季 <开放日>", schools: [school], place: "东门",
            span: TimeSpan(start: start, duration: .seconds(7200)), signUpUntil: start - .seconds(86_400),
            capacity: capacity, programme: [.init(minute: 540, "参观 <烹饪区>")], organizer: "县市场监管局",
            invitation: "欢迎 & 光临")
    }

    /// An open day that people may sign up for.
    func published(at school: SchoolID, capacity: ActivityCapacity = ActivityCapacity(20)) async throws -> Activity {
        let activity = try await supervision.activities.plan(plan(at: school, capacity: capacity), by: .console)
        return try await supervision.activities.handle(.publish, activity.id, by: .console)
    }

    func signUp(_ guest: Guest, for activity: Activity) async throws -> SignUp {
        let form = try await supervision.activities.board(activity.code).formToken
        return try await supervision.activities.signUp(guest, for: activity.code, form: form, from: "192.0.2.1")
    }
}
