import Domain
import Store
import Testing

@testable import Supervision

struct PapersTests {
    private func draft(_ kind: SchoolPaper.Kind, days: Int, _ office: Office, holder: String = "") -> PaperDraft {
        PaperDraft(
            kind, number: " JY34052100\(days + 100) ", holder: holder,
            validThrough: Day(of: office.clock.now, in: .shanghai) + days)
    }

    @Test(arguments: Engine.all) func `papers are kept, renewed and put away, and names stay out of the ledger`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let papers = office.supervision.papers
            let school = office.school.id
            try await papers.add(draft(.foodLicence, days: 300, office, holder: "ignored"), to: school, by: office.head)
            let held = try await papers.add(
                draft(.healthCertificate, days: 30, office, holder: "张三"), to: school, by: office.head)
            let expired = try await papers.add(
                draft(.healthCertificate, days: -1, office, holder: "李四"), to: school, by: office.head)
            let sheet = try await papers.sheet(of: school, for: office.head)
            #expect(sheet.papers.map(\.holder) == ["李四", "张三", ""] && sheet.health.valid == 1)
            #expect(sheet.papers.last?.number == "JY34052100400")
            let expiring = try await papers.expiring()
            #expect(expiring[school]?.map(\.daysLeft) == [-1, 30] && expiring[school]?.map(\.step) == [0, 30])
            try await papers.change(
                held.id, to: draft(.healthCertificate, days: 365, office, holder: "张三"), by: office.head)
            try await papers.remove(expired.id, by: office.head)
            #expect(try await papers.sheet(of: school, for: office.head).health.isComplete)
            #expect(try await papers.expiring().isEmpty)
            for act in [LedgerAct.paperAdded, .paperChanged, .paperRemoved] {
                #expect(try await !office.ledger(act).isEmpty)
            }
            let payloads = try await office.allPayloads
            #expect(!payloads.contains("张三") && !payloads.contains("李四"))
        }
    }

    @Test func `education sees how many hold and no names, others' papers are not there`() async throws {
        let county = try await County()
        let papers = county.office.supervision.papers
        let school = county.office.school.id
        let paper = try await papers.add(
            draft(.healthCertificate, days: 100, county.office, holder: "张三"), to: school, by: county.head)
        let sheet = try await papers.sheet(of: school, for: county.education)
        #expect(sheet.papers.map(\.holder) == [""] && sheet.health == sheet.health && sheet.health.total == 1)
        #expect(!"\(sheet)".contains(paper.number))
        #expect("\(try await papers.sheet(of: school, for: county.township))".contains("张三"))
        #expect(try await refusal { try await papers.sheet(of: school, for: county.otherHead) } == .notFound)
        #expect(try await refusal { try await papers.remove(paper.id, by: county.otherHead) } == .notFound)
        #expect(try await refusal { try await papers.remove(paper.id, by: county.supervisor) } == .notPermitted)
        #expect(try await papers.all(for: county.township).map(\.school.id) == [school])
        #expect(
            try await refusal {
                try await papers.add(
                    draft(.healthCertificate, days: 1, county.office), to: school, by: county.head)
            } == .invalid(.paperHolder, .empty))
    }

    @Test(arguments: Engine.all) func `a week's menu is set at once and counted in the ledger once`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let menus = office.supervision.menus
            let today = Day(of: office.clock.now, in: .shanghai)
            let monday = today - (today.weekday - 1)
            let week = [
                Menu(monday, .lunch, [.init("米饭")]), Menu(monday + 1, .lunch, [.init("面条", ingredients: "小麦")]),
            ]
            try await menus.set(week, week: monday, of: office.school.id, by: office.head)
            try await menus.set(week, week: monday, of: office.school.id, by: office.head)
            let kept = try await menus.week(of: today, at: office.school.id, for: office.supervisor)
            #expect(kept.menus == week && kept.meals == [.lunch] && kept.days.count == 5)
            let next = try await menus.week(of: today + 7, at: office.school.id, for: office.head)
            #expect(next.menus.isEmpty && next.lastWeek == week)
            try await menus.set([Menu(monday, .lunch, [])], week: monday, of: office.school.id, by: office.head)
            #expect(try await menus.week(at: office.school.id, for: office.head).menus == [week[1]])
            #expect(try await office.ledger(.menuChanged).count == 2)
            #expect(
                try await refusal {
                    try await menus.set(week, week: monday + 7, of: office.school.id, by: office.head)
                } == .invalid(.menuDay, .implausible))
            #expect(
                try await refusal { try await menus.set([], week: monday, of: office.school.id, by: office.supervisor) }
                    == .notPermitted)
        }
    }
}

struct RemindersTests {
    @Test(arguments: Engine.all) func `a school is reminded of each thing once, whoever looks how often`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let canteen = try await Canteen(office)
            let reminders = office.supervision.reminders
            _ = try await office.supervision.channels.add(
                ChannelDraft(
                    owner: .body(.school(office.school.id)), kind: .mail, name: "Mail", address: Secret("a@example.org")
                ),
                by: .console)
            // At seven nothing is near; at half past seven the health check is.
            let next = try await reminders.make()
            #expect(next == canteen.day.time(minute: 450, in: .shanghai))
            #expect(try await reminders.claim(limit: 10).isEmpty)
            office.clock.advance(by: .seconds(1800))
            _ = try await reminders.make()
            _ = try await reminders.make()
            let claimed = try await reminders.claim(limit: 10)
            let first = try #require(claimed.first)
            #expect(claimed.count == 1 && first.school == office.school.name)
            let slot = try #require(DutySlot(.morningHealthCheck, period: canteen.day))
            #expect(
                first.reminder.content == .duties([slot], due: canteen.day.time(minute: 510, in: .shanghai)))
            #expect(try await reminders.claim(limit: 10).isEmpty)
            try await reminders.finish(first, with: .sent(answer: "250 ok"))
            #expect(try await office.ledger(.reminderSent).count == 1)
            // Of both schools; the other has no channel.
            #expect(try await office.ledger(.schoolReminded).count == 2)
            office.clock.advance(by: .seconds(600))
            _ = try await reminders.make()
            #expect(try await reminders.claim(limit: 10).isEmpty)
            #expect(try await reminders.nextTime() == nil)
        }
    }

    @Test func `what is done is not reminded of, and what a crash left is sent again by mail`() async throws {
        let office = try await Office()
        let canteen = try await Canteen(office)
        let reminders = office.supervision.reminders
        _ = try await office.supervision.channels.add(
            ChannelDraft(
                owner: .body(.school(office.school.id)), kind: .mail, name: "Mail", address: Secret("a@example.org")),
            by: .console)
        try await canteen.enter(.morningHealthCheck(HealthCheck(staff: [.init(name: "张三", isFit: true)])))
        try await office.supervision.papers.add(
            PaperDraft(.foodLicence, number: "JY1", validThrough: canteen.day + 7), to: office.school.id,
            by: office.head)
        office.clock.advance(by: .seconds(3600))
        _ = try await reminders.make()
        let lost = try #require(try await reminders.claim(limit: 10).first)
        guard case .paper(let paper) = lost.reminder.content else {
            Issue.record("not of the paper")
            return
        }
        #expect(paper.daysLeft == 7 && paper.step == 7)
        office.clock.advance(by: SendingPolicy.standard.lease)
        #expect(try await reminders.claim(limit: 10).isEmpty)
        office.clock.advance(by: .seconds(60))
        let again = try #require(try await reminders.claim(limit: 10).first)
        #expect(again.delivery.id == lost.delivery.id && again.delivery.attempts == 2)
        try await reminders.finish(lost, with: .sent(answer: "too late"))
        try await reminders.finish(again, with: .refused(SendFault(.rejected)))
        #expect(try await office.ledger(.reminderFailed).count == 1)
        #expect(try await office.ledger(.reminderSent).isEmpty)
    }
}
