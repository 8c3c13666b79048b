@testable import Domain

/// The autumn term of 2026 with its national holidays, and the spring term after it.
enum Terms {
    static let calendar = SchoolCalendar(
        terms: [
            .init("2026–2027 学年第一学期", span("2026-09-01", "2027-01-22")),
            .init("2026–2027 学年第二学期", span("2027-02-22", "2027-06-30")),
        ],
        holidays: [
            .init("中秋节", span("2026-09-25", "2026-09-27")), .init("国庆节", span("2026-10-01", "2026-10-07")),
            .init("元旦", span("2027-01-01", "2027-01-03")),
        ],
        makeUpDays: [day("2026-09-20"), day("2026-10-10")])

    static let time = SchoolTime(calendar: calendar)

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    static func span(_ first: String, _ last: String) -> DaySpan { DaySpan(day(first), through: day(last)) }

    /// `2026-11-23 10:00`, in Shanghai.
    static func moment(_ text: String) -> UTCTime {
        guard let time = TerritoryZone.shanghai.parse(text) else { preconditionFailure("\(text) is no time") }
        return time
    }

    static func text(_ time: UTCTime) -> String {
        let civil = TerritoryZone.shanghai.civil(time)
        return "\(civil.date) \(civil.clock.prefix(5))"
    }
}
