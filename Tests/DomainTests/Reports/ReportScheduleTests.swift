import Testing

@testable import Domain

struct ReportScheduleTests {
    private static let calendar = SchoolCalendar(terms: [
        .init("autumn", DaySpan(Day("2026-09-01")!, through: Day("2027-01-22")!))
    ])

    private func time(_ text: String) throws -> UTCTime { try #require(TerritoryZone.shanghai.parse(text)) }

    private func schedule(_ kind: ReportKind, delay: Int = 0, since: String = "2026-11-01T00:00") throws
        -> ReportSchedule
    {
        ReportSchedule(
            id: ReportScheduleID(at: try time(since)), kind: kind, territory: .county,
            receiver: .body(.marketRegulation), language: .simplifiedChinese, delayDays: delay, minute: 450,
            since: try time(since))
    }

    private func due(_ schedule: ReportSchedule, _ now: String) throws -> [String] {
        schedule.due(at: try time(now), Self.calendar, in: .shanghai).map(\.name.description)
    }

    @Test func `a week is due on Monday at half past seven, and not a moment before`() throws {
        let weekly = try schedule(.week)
        #expect(try due(weekly, "2026-11-02T07:29:59") == [])
        #expect(try due(weekly, "2026-11-02T07:30") == ["week-2026-W44"])
        #expect(try due(weekly, "2026-11-16T12:00") == ["week-2026-W44", "week-2026-W45", "week-2026-W46"])
        #expect(
            weekly.next(after: try time("2026-11-16T12:00"), Self.calendar, in: .shanghai)
                == (try time("2026-11-23T07:30")))
    }

    @Test func `a month is due on the first, or so many days later`() throws {
        #expect(try due(try schedule(.month), "2026-12-01T07:30") == ["month-2026-10", "month-2026-11"])
        #expect(try due(try schedule(.month, delay: 4), "2026-12-04T23:00") == ["month-2026-10"])
        #expect(try due(try schedule(.month, delay: 4), "2026-12-05T07:30") == ["month-2026-10", "month-2026-11"])
        let late = try schedule(.month, since: "2026-12-01T07:31")
        #expect(try due(late, "2026-12-20T00:00") == [])
    }

    @Test func `a term is due the day after it, and none follows until the calendar has one`() throws {
        let termly = try schedule(.term)
        #expect(try due(termly, "2027-01-23T07:29") == [])
        #expect(try due(termly, "2027-01-23T07:30") == ["term-2026-09-01"])
        #expect(
            termly.next(after: try time("2027-01-20T00:00"), Self.calendar, in: .shanghai)
                == (try time("2027-01-23T07:30")))
        #expect(termly.next(after: try time("2027-01-23T07:30"), Self.calendar, in: .shanghai) == nil)
    }

    @Test func `what is older than five weeks is not sent any more, and nothing while it is off`() throws {
        var weekly = try schedule(.week, since: "2026-01-01T00:00")
        #expect(try due(weekly, "2026-11-02T07:30").count == 6)
        weekly.isEnabled = false
        #expect(try due(weekly, "2026-11-02T07:30") == [])
    }
}
