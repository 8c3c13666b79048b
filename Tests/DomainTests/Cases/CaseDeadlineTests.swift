import Testing

@testable import Domain

/// Deadlines as docs/design/cases.md lists them, over weekends, holidays and make-up days.
struct CaseDeadlineTests {
    @Test(
        arguments: [
            (.one, "2026-11-23 09:00", "2026-11-23 09:15", "2026-11-24 09:00", "on a working day"),
            (.one, "2026-11-20 19:20", "2026-11-23 05:35", "2026-11-21 19:20", "the clock's hours know no weekend"),
            (.one, "2026-09-30 19:20", "2026-10-08 05:35", "2026-10-01 19:20", "before the national holiday"),
            (.one, "2026-10-09 19:20", "2026-10-10 05:35", "2026-10-10 19:20", "before a make-up Saturday"),
            (.two, "2026-11-23 09:00", "2026-11-23 11:00", "2026-11-26 19:30", "on a Monday"),
            (.two, "2026-11-20 18:30", "2026-11-23 06:30", "2026-11-25 19:30", "over a weekend"),
            (.two, "2026-11-21 12:00", "2026-11-23 07:30", "2026-11-25 19:30", "on a Saturday"),
            (.two, "2026-09-30 09:00", "2026-09-30 11:00", "2026-10-10 19:30", "holiday and make-up day"),
            (.two, "2027-01-21 09:00", "2027-01-21 11:00", "2027-02-23 19:30", "over the winter holiday"),
            (.three, "2026-11-23 09:00", "2026-11-24 19:30", "2026-11-30 19:30", "seven days"),
            (.three, "2026-09-30 09:00", "2026-10-08 19:30", "2026-10-07 19:30", "seven days, holidays counted"),
        ] as [(Grade, String, String, String, String)])
    func `the school acknowledges and rectifies by`(
        grade: Grade, dispatchedAt: String, acknowledge: String, rectify: String, why: String
    ) throws {
        var file = try CaseFile(grade: grade, openedAt: dispatchedAt)
        try file.does(.dispatch(CaseFile.notice), CaseFile.supervisor)
        #expect(file.due(.acknowledge) == acknowledge, "\(why)")
        #expect(file.due(.rectify) == rectify, "\(why)")
        #expect(file.clock(.dispatch) == nil)
    }

    @Test(
        arguments: [
            (.one, "2026-11-23 10:00", "2026-11-23 13:00", "2026-11-24 19:30"),
            (.two, "2026-11-23 13:00", "2026-11-25 19:30", "2026-11-25 19:30"),
            (.three, "2026-11-24 19:30", "2026-11-26 19:30", "2026-11-26 19:30"),
        ] as [(Grade, String, String, String)])
    func `the regulator dispatches, reviews and decides appeals by`(
        grade: Grade, dispatch: String, review: String, appeal: String
    ) throws {
        #expect(try CaseFile(grade: grade).due(.dispatch) == dispatch)
        #expect(try CaseFile.inState(.submitted, grade: grade).due(.review) == review)
        #expect(try CaseFile.inState(.appealed, grade: grade).due(.appeal) == appeal)
    }

    @Test func `re-inspections are due after 7 and 30 days, each within three school days`() throws {
        var file = try CaseFile.inState(.reinspection)
        let first = try #require(file.clock(.reinspection))
        #expect(first.notBefore == Terms.moment("2026-11-30 00:00") && file.due(.reinspection) == "2026-12-02 19:30")
        try file.does(.reinspect(CaseFile.onSite, passed: true), CaseFile.officer, at: "2026-12-02 10:00")
        let second = try #require(file.clock(.reinspection))
        #expect(second.ordinal == 1 && second.notBefore == Terms.moment("2026-12-23 00:00"))
        #expect(file.due(.reinspection) == "2026-12-25 19:30")
    }

    @Test func `a re-inspection that falls on a holiday is due after it`() throws {
        var file = try CaseFile(openedAt: "2026-09-24 09:00")
        try file.does(.dispatch(CaseFile.notice), CaseFile.supervisor)
        try file.does(.submit(CaseFile.submission), CaseFile.head)
        try file.does(.pass(CaseFile.onSite), CaseFile.officer)
        // 1 October and the week after it are off; 8, 9 and the make-up Saturday follow.
        #expect(file.due(.reinspection) == "2026-10-10 19:30")
    }

    @Test func `rectification stands still while others have the ball`() throws {
        var file = try CaseFile.inState(.dispatched, grade: .one)
        try file.does(.appeal(reason: "不属实"), CaseFile.head, at: "2026-11-23 10:00")
        let paused = try #require(file.clock(.rectify))
        #expect(paused.isPaused && paused.remaining(at: Terms.moment("2027-01-01 00:00")) == .seconds(23 * 3600))
        #expect(!paused.isOverdue(at: Terms.moment("2027-01-01 00:00")))
        #expect(file.clock(.acknowledge)?.isPaused == true && file.clock(.appeal)?.isRunning == true)
        try file.does(
            .decideAppeal(isUpheld: false, reason: "不成立"), CaseFile.supervisor, at: "2026-11-25 12:00")
        #expect(file.due(.rectify) == "2026-11-26 11:00")
        // It was overdue by 45 minutes when the appeal came, and stays so.
        #expect(file.clock(.acknowledge)?.isOverdue(at: file.now) == true)
    }

    @Test func `a deadline that somebody names holds, and an appeal moves it`() throws {
        var file = try CaseFile()
        try file.does(.dispatch(CaseFile.notice, due: Terms.moment("2026-11-24 12:00")), CaseFile.supervisor)
        #expect(file.due(.rectify) == "2026-11-24 12:00")
        try file.does(.appeal(reason: "不属实"), CaseFile.head, at: "2026-11-23 10:00")
        try file.does(
            .decideAppeal(isUpheld: false, reason: "不成立"), CaseFile.supervisor, at: "2026-11-23 16:00")
        #expect(file.due(.rectify) == "2026-11-24 18:00")
        try file.does(.extend(until: Terms.moment("2026-11-27 12:00"), reason: "停水"), CaseFile.officer)
        #expect(file.due(.rectify) == "2026-11-27 12:00")
    }

    @Test func `what is returned has a new deadline, by the policy or by name`() throws {
        var file = try CaseFile.inState(.submitted)
        try file.does(.return(CaseFile.onSite), CaseFile.officer, at: "2026-11-26 10:00")
        #expect(file.due(.rectify) == "2026-12-01 19:30")
        try file.does(.submit(CaseFile.submission), CaseFile.head)
        try file.does(.return(CaseFile.onSite, due: Terms.moment("2026-11-27 10:00")), CaseFile.officer)
        #expect(file.due(.rectify) == "2026-11-27 10:00")
    }

    @Test func `a review by appointment is counted from the appointment`() throws {
        var file = try CaseFile.inState(.rectifying, grade: .one)
        let appointment = Terms.moment("2026-11-24 09:00")
        try file.does(.submit(Submission(text: "", appointment: appointment)), CaseFile.head)
        #expect(file.due(.review) == "2026-11-24 13:00")
    }

    @Test func `a clock goes by the policy that was in force when it began`() throws {
        var stricter = CasePolicy.standard
        stricter.two.rectify = .hours(1)
        stricter.reinspectionDays = [3]
        let policies = PolicyHistory([.init(from: Terms.moment("2026-11-25 00:00"), stricter)])
        var file = try CaseFile(policies: policies)
        try file.does(.dispatch(CaseFile.notice), CaseFile.supervisor)
        #expect(file.due(.rectify) == "2026-11-26 19:30")
        try file.does(.submit(CaseFile.submission), CaseFile.head, at: "2026-11-26 10:00")
        #expect(file.due(.rectify) == "2026-11-26 19:30")
        try file.does(.return(CaseFile.onSite), CaseFile.officer)
        #expect(file.due(.rectify) == "2026-11-26 11:00")
        try file.does(.submit(CaseFile.submission), CaseFile.head)
        try file.does(.pass(CaseFile.onSite), CaseFile.officer)
        try file.does(.reinspect(CaseFile.onSite, passed: true), CaseFile.officer, at: "2026-11-29 10:00")
        #expect(file.current.state == .closed)
    }

    @Test func `the standard policy is valid, and one that could lose a deadline is not`() {
        #expect(CasePolicy.standard.isValid)
        let breaks: [(inout CasePolicy) -> Void] = [
            { $0.reinspectionDays = [] }, { $0.reinspectionDays = [7, 7] }, { $0.two.rectify = .hours(0) },
            { $0.one.ladder += $0.one.ladder }, { $0.recurrenceDays = -1 }, { $0.reinspectionWindowSchoolDays = 0 },
        ]
        for change in breaks {
            var policy = CasePolicy.standard
            change(&policy)
            #expect(!policy.isValid)
        }
    }

    @Test func `a machine whose clock was set back makes no history that runs backwards`() throws {
        var file = try CaseFile.inState(.dispatched)
        try file.does(.acknowledge, CaseFile.head, at: "2026-11-23 08:00")
        #expect(file.events.map(\.time) == file.events.map(\.time).sorted())
    }
}
