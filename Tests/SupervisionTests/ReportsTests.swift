import Crypto
import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct ReportsTests {
    private static let document = Array("%PDF-1.7 a report".utf8)

    private func report(
        _ office: Office, _ name: String, in territory: Territory? = nil, for principal: Principal
    ) async throws -> Report {
        try await office.supervision.insights.warmUp()
        guard
            case .ready(let report) = try await office.supervision.reports.report(
                try #require(ReportName(name)), in: territory, for: principal)
        else { throw SupervisionError.notFound }
        return report
    }

    private func month(_ clock: FakeClock) throws -> String {
        let today = Day(of: clock.now, in: .shanghai)
        return try #require(ReportSpan.holding(today, .month, SchoolCalendar())).name.description
    }

    @Test(arguments: Engine.all)
    func `a report counts what the lists count, for everybody their own part`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            _ = try await county.captured(.rodent)
            let rejected = try await county.captured(.noMask)
            try await office.supervision.captures.judge(
                rejected.id, .rejected(reason: .maskPresent), seen: nil, by: county.supervisor)
            let id = try await county.opened()
            try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
            try await office.supervision.captures.count(
                office.camera.id, hour: office.clock.now, frames: 30, records: 5)
            let look = try await office.supervision.patrols.look(at: office.school.id, by: county.supervisor)
            office.clock.advance(by: .seconds(60))
            let name = try month(office.clock)
            let all = try await report(office, name, for: county.supervisor)
            #expect(all.period.outcomes.captured == 3 && all.period.outcomes.handled == 1 && !all.isOver)
            #expect(all.period.analysis.records == 5 && all.period.cases.dispatched == 1 && all.overdue.isEmpty)
            #expect(all.before == nil && all.termBefore == nil)
            #expect(all.finding(of: .figures) == .handled(1, of: 3))
            #expect(all.finding(of: .change) == .nothingBefore(2))
            #expect(all.finding(of: .precision) == .tooFewJudged(2))
            let own = try #require(all.duties?.first { $0.person.id == look.by })
            // The verdict, and the one that opening the case gave.
            #expect(own.verdicts == 2 && own.looks == 1)
            for (principal, captured) in [
                (county.township, 3), (county.head, 3), (county.otherTownship, 0), (county.otherHead, 0),
            ] {
                let part = try await report(office, name, for: principal)
                #expect(part.period.outcomes.captured == captured && part.duties == nil && part.period.visits == nil)
                #expect(!part.sections.contains(.duties))
            }
            // Long after the deadline, at the end of a later month, it is overdue.
            office.clock.advance(by: .seconds(70 * 86_400))
            let late = try await report(office, try month(office.clock), for: county.supervisor)
            #expect(late.overdue.map(\.id) == [id] && late.finding(of: .overdue) == .overdue(1, schools: 1))
            let then = try await report(office, name, for: county.supervisor)
            #expect(then.isOver && then.period.outcomes == all.period.outcomes)
        }
    }

    @Test func `what is no span, is yet to come or lies elsewhere is not there`() async throws {
        let county = try await County()
        let reports = county.office.supervision.reports
        try await county.office.supervision.insights.warmUp()
        for name in ["month-2099-01", "term-2026-09-01", "week-2050-W01"] {
            let name = try #require(ReportName(name))
            #expect(try await refusal { _ = try await reports.report(name, for: county.supervisor) } == .notFound)
        }
        let name = try #require(ReportName(try month(county.clock)))
        let school = Territory.school(county.office.school.id)
        for outsider in [county.otherHead, county.otherTownship] {
            for place in [school, .county, .school(SchoolID(at: county.clock.now))] {
                #expect(
                    try await refusal { _ = try await reports.report(name, in: place, for: outsider) } == .notFound)
                #expect(try await refusal { _ = try await reports.list(in: place, for: outsider) } == .notFound)
            }
        }
        #expect(try await reports.list(for: county.head).territory == school)
    }

    @Test(arguments: Engine.all)
    func `a finished report stands, and the ledger proves it`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let reports = office.supervision.reports
            let name = try #require(ReportName(try month(office.clock)))
            let school = Territory.school(office.school.id)
            func finish(_ territory: Territory, _ principal: Principal) async throws -> ReportIssue {
                try await reports.issue(
                    name, in: territory, .simplifiedChinese, document: Self.document, by: principal)
            }
            #expect(
                try await refusal { try await finish(.county, county.supervisor) } == .invalid(.span, .notAllowed))
            office.clock.advance(by: .seconds(40 * 86_400))
            #expect(try await refusal { try await finish(school, county.head) } == .notPermitted)
            #expect(try await refusal { try await finish(school, county.otherTownship) } == .notFound)
            let issue = try await finish(school, county.township)
            let hash = Array(SHA256.hash(data: Self.document))
            #expect(issue.sha256 == hash && issue.sizeBytes == Self.document.count)
            let entry = try #require(try await office.ledger(.reportIssued).first)
            #expect(entry.payload.contains(hash.hexadecimal) && entry.subject == "report/\(issue.id)")
            #expect(entry.payload.contains("\"from\":\"\(issue.days.first)\""))
            for reader in [county.supervisor, county.township, county.head, county.education] {
                #expect(try await reports.document(of: issue.id, for: reader).bytes == Self.document)
            }
            for outsider in [county.otherHead, county.otherTownship] {
                #expect(
                    try await refusal { _ = try await reports.document(of: issue.id, for: outsider) } == .notFound)
            }
            let known = try await reports.issues(of: name, in: school, for: county.head)
            #expect(known == [IssuedReport(issue: issue, isProven: true)])
            #expect(try await reports.list(in: school, for: county.supervisor).issues == [issue])
            // Whoever changes document and row can't change the ledger.
            let zero = engine == .sqlite ? "x'25504446'" : "'\\x25504446'::bytea"
            try await office.tamper("update report_issue set document = \(zero)")
            #expect(try await reports.issues(of: name, in: school, for: county.head).map(\.isProven) == [false])
        }
    }

    @Test(arguments: Engine.all)
    func `a scheduled report is sent once, whoever looks how often and after a restart`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let reports = office.supervision.reports
            let mail = try await office.supervision.channels.add(
                ChannelDraft(
                    owner: .body(.educationBureau), kind: .mail, name: "Mail", address: Secret("a@example.org")),
                by: office.administrator)
            _ = try await office.supervision.channels.add(
                ChannelDraft(
                    owner: .body(.educationBureau), kind: .wecom, name: "Robot",
                    address: Secret("https://example.org/send?key=x")), by: office.administrator)
            let schedule = try await reports.schedule(
                ReportScheduleDraft(kind: .week, territory: .county, receiver: .body(.educationBureau)),
                by: county.supervisor)
            #expect(try await reports.due().isEmpty)
            let next = try #require(try await reports.schedules(for: county.supervisor).first?.next)
            #expect(try await reports.schedules(for: county.supervisor).first?.channels == 1)
            office.clock.advance(by: (next - office.clock.now) - .seconds(1))
            #expect(try await reports.due().isEmpty)
            office.clock.advance(by: .seconds(1))
            let due = try #require(try await reports.due().first)
            #expect(due.schedule == schedule)
            // Two processes at the same moment, and one that was started anew.
            let restarted = Supervision(
                store: office.store, time: office.clock.source, passwordCost: Office.cheap
            ).reports
            async let one = reports.send(due, document: Self.document)
            async let two = restarted.send(due, document: Self.document)
            let sent = try await [one, two].compactMap(\.self)
            #expect(sent.count == 1)
            #expect(try await restarted.due().isEmpty)
            #expect(try await reports.due().isEmpty)
            #expect(try await restarted.send(due, document: Self.document) == nil)
            let deliveries = office.supervision.deliveries
            let outgoing = try await deliveries.claim(limit: 9)
            #expect(outgoing.map(\.channel.id) == [mail.id])
            guard case .report(let issue, let bytes)? = outgoing.first?.content else {
                Issue.record("no report")
                return
            }
            #expect(issue == sent.first && bytes == Self.document)
            try await deliveries.finish(outgoing[0], with: .later(SendFault(.busy)))
            office.clock.advance(by: .seconds(60))
            let again = try #require(try await deliveries.claim(limit: 9).first)
            #expect(again.delivery.id == outgoing[0].delivery.id)
            try await deliveries.finish(again, with: .sent(answer: "250"))
            let log = try await deliveries.list(for: office.administrator)
            #expect(log.map(\.delivery.state) == [.sent])
            guard case .report(issue)? = log.first?.content else {
                Issue.record("the log knows of no report")
                return
            }
            #expect(try await office.ledger(.reportIssued).count == 1)
            #expect(try await office.ledger(.noticeSent).first?.payload.contains("\(issue.id)") == true)
        }
    }

    @Test func `nobody is sent more than they may read`() async throws {
        let county = try await County()
        let reports = county.office.supervision.reports
        let (school, other) = (county.office.school.id, county.office.otherSchool.id)
        func refused(_ territory: Territory, _ receiver: NoticeChannel.Owner) async throws -> SupervisionError? {
            try await refusal {
                try await reports.schedule(
                    ReportScheduleDraft(kind: .month, territory: territory, receiver: receiver),
                    by: county.supervisor)
            }
        }
        let notAllowed = SupervisionError.invalid(.owner, .notAllowed)
        #expect(try await refused(.county, .body(.school(school))) == notAllowed)
        #expect(try await refused(.school(other), .body(.school(school))) == notAllowed)
        #expect(try await refused(.school(school), .person(county.otherHead.person.id)) == notAllowed)
        #expect(try await refused(.county, .person(county.township.person.id)) == notAllowed)
        #expect(try await refused(.school(SchoolID(at: county.clock.now)), .body(.marketRegulation)) != nil)
        #expect(try await refused(.school(school), .body(.school(school))) == nil)
        #expect(try await refused(.school(school), .person(county.township.person.id)) == nil)
        #expect(try await refused(.county, .body(.countyLeadership)) == nil)
        let draft = ReportScheduleDraft(kind: .week, territory: .county, receiver: .body(.marketRegulation))
        for principal in [county.township, county.head, county.education] {
            #expect(try await refusal { try await reports.schedule(draft, by: principal) } == .notPermitted)
            #expect(try await refusal { _ = try await reports.schedules(for: principal) } == .notPermitted)
        }
        // Who has lost the right since gets nothing any more.
        let head = county.head.person.id
        try await reports.schedule(
            ReportScheduleDraft(kind: .week, territory: .school(school), receiver: .person(head)),
            by: county.supervisor)
        try await county.office.supervision.people.setEnabled(false, of: head, by: county.office.administrator)
        county.clock.advance(by: .seconds(8 * 86_400))
        #expect(try await reports.due().filter { $0.schedule.receiver == .person(head) }.isEmpty)
    }

    @Test func `what was due while a schedule was off is not sent, and a removed one is gone`() async throws {
        let county = try await County()
        let reports = county.office.supervision.reports
        let schedule = try await reports.schedule(
            ReportScheduleDraft(kind: .week, territory: .county, receiver: .body(.marketRegulation)),
            by: county.supervisor)
        try await reports.setEnabled(false, of: schedule.id, by: county.supervisor)
        county.clock.advance(by: .seconds(15 * 86_400))
        try await reports.setEnabled(true, of: schedule.id, by: county.supervisor)
        #expect(try await reports.due().isEmpty)
        county.clock.advance(by: .seconds(7 * 86_400))
        let due = try #require(try await reports.due().first)
        #expect(try await reports.due().count == 1)
        try await reports.removeSchedule(schedule.id, by: county.supervisor)
        #expect(try await reports.due().isEmpty)
        #expect(try await reports.send(due, document: Self.document) == nil)
        #expect(try await county.office.ledger(.reportScheduleChanged).count == 2)
        #expect(try await county.office.ledger(.reportScheduleRemoved).count == 1)
    }
}
