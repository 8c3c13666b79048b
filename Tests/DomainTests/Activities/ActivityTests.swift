import Domain
import Testing

struct ActivityTests {
    private static let start = UTCTime(milliseconds: 1_795_000_000_000)

    private static let school = SchoolID(at: start)

    private static func plan() -> ActivityPlan {
        ActivityPlan(
            .openDay, title: "Open day", schools: [school], place: "Gate",
            span: TimeSpan(start: start, duration: .seconds(7200)), signUpUntil: start - .seconds(3600),
            capacity: ActivityCapacity(30), organizer: "Bureau")
    }

    private static func draft() throws -> Activity {
        var random = SystemRandomNumberGenerator()
        return try Activity(id: ActivityID(at: start), code: .random(using: &random), plan: plan())
    }

    /// What each event makes of each state; what is missing is refused.
    private static let table: [(Activity.State, Activity.Event, Activity.State, [Activity.Effect])] = [
        (.draft, .publish, .published, []), (.published, .closeSignUp, .closed, []),
        (.closed, .reopenSignUp, .published, [.moveUp]), (.published, .begin, .running, []),
        (.closed, .begin, .running, []), (.running, .finish, .done, [.markAbsent]),
        (.done, .report("x"), .reported, []), (.reported, .report("x"), .reported, []),
        (.draft, .cancel(reason: "x"), .cancelled, [.tellCancelled]),
        (.published, .cancel(reason: "x"), .cancelled, [.tellCancelled]),
        (.closed, .cancel(reason: "x"), .cancelled, [.tellCancelled]), (.draft, .change(plan()), .draft, []),
        (.published, .change(plan()), .published, [.moveUp]), (.closed, .change(plan()), .closed, [.moveUp]),
    ]

    @Test func `each event leads from each state where the table says, or is refused`() throws {
        let events: [Activity.Event] = [
            .publish, .closeSignUp, .reopenSignUp, .begin, .finish, .report("x"), .cancel(reason: "x"),
            .change(Self.plan()),
        ]
        let draft = try Self.draft()
        for state in Activity.State.allCases {
            for event in events {
                var activity = Activity(id: draft.id, code: draft.code, plan: draft.plan, state: state, version: 4)
                let wanted = Self.table.first { $0.0 == state && $0.1 == event }
                do throws(Activity.Refusal) {
                    let effects = try activity.handle(event, at: Self.start - .seconds(86_400))
                    #expect(activity.state == wanted?.2 && effects == wanted?.3, "\(event) in \(state)")
                    #expect(activity.version == 5)
                } catch {
                    #expect(wanted == nil && error == .notNow(state), "\(event) in \(state)")
                    #expect(activity.state == state && activity.version == 4)
                }
            }
        }
    }

    @Test func `nobody signs up after the time for it, and it isn't published or opened again then`() throws {
        var activity = try Self.draft()
        let until = activity.plan.signUpUntil
        #expect(throws: Activity.Refusal.tooLate) { try activity.handle(.publish, at: until) }
        _ = try activity.handle(.publish, at: until - .seconds(1))
        #expect(activity.isOpenForSignUp(at: until - .seconds(1)) && !activity.isOpenForSignUp(at: until))
        _ = try activity.handle(.closeSignUp, at: until)
        #expect(!activity.isOpenForSignUp(at: until - .seconds(1)))
        #expect(throws: Activity.Refusal.tooLate) { try activity.handle(.reopenSignUp, at: until) }
    }

    @Test func `a plan that nobody can mean is refused`() {
        let flaws: [(ActivityPlan.Flaw, (inout ActivityPlan) -> Void)] = [
            (.schools, { $0.schools = [] }), (.schools, { $0.schools += $0.schools }),
            (.span, { $0.span = TimeSpan(start: Self.start, end: Self.start) }),
            (.span, { $0.span = TimeSpan(start: Self.start, duration: .seconds(4 * 86_400)) }),
            (.signUpUntil, { $0.signUpUntil = $0.span.start + .seconds(1) }), (.capacity, { $0.capacity.total = 0 }),
            (.capacity, { $0.capacity.byRole[.media] = 31 }),
            (.programme, { $0.programme = [.init(minute: 1440, "x")] }),
        ]
        #expect(throws: Never.self) { try Self.plan().check() }
        for (flaw, change) in flaws {
            var plan = Self.plan()
            change(&plan)
            #expect(throws: flaw) { try plan.check() }
        }
    }

    @Test func `pupils sign up through others, and nothing is kept by which to reach them`() {
        #expect(throws: Guest.Flaw.roleAlone) { try Guest("小明", as: .pupil).check(byStaff: false) }
        #expect(throws: Never.self) { try Guest("三（2）班", as: .pupil, count: 40).check(byStaff: true) }
        #expect(throws: Guest.Flaw.contactOfPupil) {
            try Guest("小明", as: .pupil, phone: "13800000000").check(byStaff: true)
        }
        #expect(throws: Never.self) { try Guest("王女士", as: .parent, pupils: 2).check(byStaff: false) }
        #expect(throws: Guest.Flaw.pupils) { try Guest("王女士", as: .media, pupils: 1).check(byStaff: false) }
        #expect(throws: Guest.Flaw.count) { try Guest("王女士", as: .parent, count: 11).check(byStaff: false) }
    }

    @Test func `addresses are read as people paste them`() {
        let read = PastedAddresses.read(
            "Zhang <zhang@example.org>; li.si@a.example.cn，\nLI.SI@a.example.cn  王五 wang@@x @ a@b bad@-x.cn x@y.cn\"")
        #expect(read.addresses == ["zhang@example.org", "li.si@a.example.cn", "x@y.cn"])
        #expect(read.wrong == ["wang@@x", "@", "a@b", "bad@-x.cn"])
        for text in ["a@b.cn\r\nBcc: c@d.cn", "a b@c.cn", "é@b.cn", "@b.cn", ".a@b.cn", "a@b..cn"] {
            #expect(!PastedAddresses.isAddress(text), "\(text)")
        }
    }
}
