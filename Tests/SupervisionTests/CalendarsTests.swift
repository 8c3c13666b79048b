import Domain
import Store
import Testing

@testable import Supervision

struct CalendarsTests {
    private static func span(_ first: String, _ last: String) throws -> DaySpan {
        DaySpan(try #require(Day(first)), through: try #require(Day(last)))
    }

    private static func autumn() throws -> SchoolCalendar {
        SchoolCalendar(
            terms: [.init("autumn", try span("2026-09-01", "2027-01-22"))],
            holidays: [.init("National Day", try span("2026-10-01", "2026-10-07"))],
            makeUpDays: [try #require(Day("2026-10-10"))])
    }

    @Test func `a school goes by its own calendar and hours, the others by the county's`() async throws {
        let office = try await Office()
        let calendars = office.supervision.calendars
        let county = try Self.autumn()
        let hours = WorkingHours(startMinute: 360, endMinute: 1140, weekdays: [1, 2, 3, 4, 5])
        try await calendars.change(county, hours, by: office.administrator)
        let six = SchoolCalendar(weekdays: [1, 2, 3, 4, 5, 6])
        try await calendars.change(six, nil, of: office.school.id, by: office.administrator)
        let own = try await calendars.sheet(of: office.school.id, for: office.supervisor)
        #expect(own.calendar == six && own.own == six && own.ownHours == nil && own.hours == hours)
        let other = try await calendars.sheet(of: office.otherSchool.id, for: office.supervisor)
        #expect(other.own == nil && other.calendar == county)
        #expect(try await calendars.exceptions(for: office.supervisor) == [office.school])
        #expect(try await office.supervision.captures.hours() == [office.camera.id: hours])
        let entries = try await office.ledger(.calendarChanged)
        #expect(entries.map(\.subject) == ["school/\(office.school.id)", "county"])
        let terms = JSON(parsing: entries[1].payload)?["terms"]
        #expect(terms?["from"] == .null && terms?["to"] == ["autumn 2026-09-01/2027-01-22"])
        // The same again is no change.
        #expect(try await calendars.change(county, hours, by: office.administrator) == 0)
        #expect(try await office.ledger(.calendarChanged).count == 2)
    }

    @Test func `what nobody can mean is refused, with the field named`() async throws {
        let office = try await Office()
        func refused(_ change: (inout SchoolCalendar) throws -> Void) async throws -> SupervisionError? {
            var calendar = try Self.autumn()
            try change(&calendar)
            let wrong = calendar
            return try await refusal {
                try await office.supervision.calendars.change(wrong, nil, by: office.administrator)
            }
        }
        let overlap = try Self.span("2027-01-22", "2027-06-30")
        #expect(try await refused { $0.terms.append(.init("spring", overlap)) } == .invalid(.terms, .overlapping))
        #expect(try await refused { $0.holidays[0].name = " " } == .invalid(.holidays, .empty))
        #expect(
            try await refused { $0.holidays.append(.init("again", try Self.span("2026-10-07", "2026-10-08"))) }
                == .invalid(.holidays, .overlapping))
        #expect(
            try await refused { $0.makeUpDays.insert(try #require(Day("2026-10-03"))) }
                == .invalid(.makeUpDays, .overlapping))
        #expect(try await refused { $0.weekdays = [] } == .invalid(.weekdays, .empty))
        #expect(
            try await refused { $0.terms[0].days = try Self.span("2026-09-01", "2027-09-01") }
                == .invalid(.terms, .longerThanDays(250)))
        for (start, end, days, flaw) in [
            (600, 600, Set([1]), SupervisionError.Flaw.backwards), (0, 1441, [1], .implausible), (0, 600, [], .empty),
        ] {
            let hours = WorkingHours(startMinute: start, endMinute: end, weekdays: days)
            #expect(
                try await refusal {
                    try await office.supervision.calendars.change(nil, hours, by: office.administrator)
                } == .invalid(.hours, flaw))
        }
        #expect(
            try await refusal { try await office.supervision.calendars.change(nil, nil, by: office.head) }
                == .notPermitted)
        #expect(try await office.ledger(.calendarChanged).isEmpty)
    }

    @Test func `a holiday that is entered later gives running cases their days back`() async throws {
        let county = try await County()
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        try await county.cases.act(.acknowledge, on: id, seen: 2, by: county.head)
        let before = try #require(try await county.cases.list(for: county.supervisor).first?.due?.time)
        let today = Day(of: county.clock.now, in: .shanghai)
        let calendar = SchoolCalendar(holidays: [.init("snow", DaySpan(today + 1, through: today + 14))])
        let concerned = try await county.office.supervision.calendars.change(
            calendar, nil, of: county.office.school.id, by: county.supervisor)
        #expect(concerned == 1)
        let summary = try #require(try await county.cases.list(for: county.supervisor).first)
        let sheet = try await county.cases.sheet(id, for: county.supervisor)
        #expect(summary.due?.time == sheet.clocks.first { $0.kind == .rectify }?.due)
        #expect(try #require(summary.due?.time) - before >= .seconds(10 * 86_400))
    }

    @Test func `after a power cut between mark and batches the next look makes the deadlines right`() async throws {
        let county = try await County()
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        try await county.cases.act(.acknowledge, on: id, seen: 2, by: county.head)
        let now = county.clock.now
        let today = Day(of: now, in: .shanghai)
        let calendar = SchoolCalendar(holidays: [.init("snow", DaySpan(today + 1, through: today + 14))])
        // As `change` leaves it when the power goes right after its transaction.
        try await county.office.store.write { records in
            try records.rules.set(calendar, nil, of: nil)
            #expect(try records.cases.lookAgain(at: now, school: nil) == 1)
        }
        let again = try await county.cases.escalate()
        #expect(again.steps == 0)
        let summary = try #require(try await county.cases.list(for: county.supervisor).first)
        let sheet = try await county.cases.sheet(id, for: county.supervisor)
        #expect(summary.due?.time == sheet.clocks.first { $0.kind == .rectify }?.due)
        #expect(again.lookAgain.map { $0 > now } == true)
    }
}

struct PoliciesTests {
    @Test func `a policy holds from its moment on, and older clocks keep what held`() async throws {
        let county = try await County()
        let policies = county.office.supervision.policies
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        func due() async throws -> UTCTime? {
            try await county.cases.sheet(id, for: county.supervisor).clocks.first { $0.kind == .rectify }?.due
        }
        let before = try await due()
        county.clock.advance(by: .seconds(60))
        var strict = CasePolicy.standard
        strict.two.rectify = .hours(1)
        try await policies.change(strict, by: county.supervisor)
        #expect(try await due() == before)
        #expect(try await policies.current(for: county.supervisor) == strict)
        var later = strict
        later.mostExtensions = 0
        let moment = county.clock.now + .seconds(86_400)
        try await policies.change(later, from: moment, by: county.office.administrator)
        #expect(try await policies.current(for: county.supervisor) == strict)
        let history = try await policies.history(for: county.supervisor)
        #expect(history.map(\.policy) == [later, strict, .standard])
        #expect(history.map(\.from) == [moment, county.clock.now, nil])
        #expect(
            history.map(\.person?.id) == [
                county.office.administrator.person.id, county.supervisor.person.id, nil,
            ])
        let entry = try #require(try await county.office.ledger(.policyChanged).last)
        #expect(JSON(parsing: entry.payload)?["grade2.rectify"] == ["from": "3 schoolDays", "to": "1 hours"])
        // A case of today goes by the new one.
        let fresh = try await county.opened()
        try await county.cases.dispatch(fresh, seen: 1, by: county.supervisor)
        let clocks = try await county.cases.sheet(fresh, for: county.supervisor).clocks
        #expect(clocks.first { $0.kind == .rectify }?.due == county.clock.now + .seconds(3600))
    }

    @Test func `a policy under which a case has no end, or of the past, is refused`() async throws {
        let office = try await Office()
        let policies = office.supervision.policies
        var endless = CasePolicy.standard
        endless.reinspectionDays = []
        #expect(
            try await refusal { try await policies.change(endless, by: office.administrator) }
                == .invalid(.policy, .implausible))
        var other = CasePolicy.standard
        other.recurrenceDays = 10
        let past = office.clock.now - .seconds(1)
        let policy = other
        #expect(
            try await refusal { try await policies.change(policy, from: past, by: office.administrator) }
                == .invalid(.validFrom, .past))
        #expect(try await refusal { try await policies.change(policy, by: office.head) } == .notPermitted)
        #expect(try await office.ledger(.policyChanged).isEmpty)
    }
}
