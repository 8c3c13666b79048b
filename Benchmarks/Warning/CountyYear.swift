import Domain
import TestSupport

/// Two school years of a simulated county's counts: one to learn from, one to watch.
///
/// Nothing of it is the model's own: levels are lognormal where the rule takes gamma, each school has weekdays and
/// terms of its own, and how much its days differ is a number that the rule has to learn.
struct CountyYear {
    /// A rise that was put in: from this day of the watched year on, counts are drawn from `factor` times the mean.
    struct Rise {
        var firstDay: Int
        var factor: Double
    }

    struct SchoolYear {
        var id: SchoolID
        /// Mean count of an average school day in the watched year, before any rise.
        var base: Double
        var learned: [DayCount]
        var watched: [DayCount]
        var rise: Rise?
    }

    static let schoolsInCounty = 120
    /// Captures on an average school day: median, and deviation of the logarithm.
    static let medianBase = 3.0
    static let spreadOfBase = 0.6
    static let overdispersion = 0.05...0.25

    var schools: [SchoolYear]

    /// - Parameters:
    ///   - base: Every school's own, in place of the county's spread of them.
    ///   - rise: Draws a school's rise.
    init(
        seed: UInt64, schools count: Int = schoolsInCounty, base: Double? = nil,
        rise: (inout SeededGenerator) -> Rise?
    ) {
        var random = SeededGenerator(seed: seed)
        let seasonSpring = random.logNormal(median: 1, deviation: 0.15)
        let weekdays = (0..<7).map { _ in random.logNormal(median: 1, deviation: 0.15) }
        schools = (0..<count).map { _ in
            let level = base ?? random.logNormal(median: Self.medianBase, deviation: Self.spreadOfBase)
            let phi = Double.random(in: Self.overdispersion, using: &random)
            let own = weekdays.map { $0 * random.logNormal(median: 1, deviation: 0.05) }
            let rise = rise(&random)
            var expected = 0.0
            func year(_ days: [OpenDay], _ rise: Rise?) -> [DayCount] {
                var term: (first: Day?, factor: Double) = (nil, 1)
                return days.enumerated().map { index, open in
                    if index == 0 || open.term != term.first {
                        term = (open.term, random.logNormal(median: 1, deviation: 0.1))
                    }
                    let mean =
                        level * own[open.day.weekday - 1] * term.factor * (open.season == .spring ? seasonSpring : 1)
                    expected += mean
                    let factor = rise.map { index >= $0.firstDay ? $0.factor : 1 } ?? 1
                    return DayCount(open, random.negativeBinomial(mean: mean * factor, overdispersion: phi))
                }
            }
            let learned = year(Self.learnedDays, nil)
            expected = 0
            let watched = year(Self.watchedDays, rise)
            return SchoolYear(
                id: SchoolID(UUIDv7(at: UTCTime(milliseconds: 1_790_000_000_000), using: &random)),
                base: expected / Double(watched.count), learned: learned, watched: watched, rise: rise)
        }
    }
}

/// School years 2024–2025 and 2025–2026, with the holidays and make-up days of the State Council's notices.
extension CountyYear {
    static let learnedDays = calendar.openDays(in: span("2024-09-02", "2025-07-04"))
    static let watchedDays = calendar.openDays(in: span("2025-09-01", "2026-07-03"))

    private static let calendar = SchoolCalendar(
        terms: [
            .init("2024 autumn", span("2024-09-02", "2025-01-17")),
            .init("2025 spring", span("2025-02-17", "2025-07-04")),
            .init("2025 autumn", span("2025-09-01", "2026-01-30")),
            .init("2026 spring", span("2026-03-02", "2026-07-03")),
        ],
        holidays: [
            .init("中秋节", span("2024-09-15", "2024-09-17")), .init("国庆节", span("2024-10-01", "2024-10-07")),
            .init("元旦", span("2025-01-01", "2025-01-01")), .init("清明节", span("2025-04-04", "2025-04-06")),
            .init("劳动节", span("2025-05-01", "2025-05-05")), .init("端午节", span("2025-05-31", "2025-06-02")),
            .init("国庆节、中秋节", span("2025-10-01", "2025-10-08")), .init("元旦", span("2026-01-01", "2026-01-03")),
            .init("清明节", span("2026-04-04", "2026-04-06")), .init("劳动节", span("2026-05-01", "2026-05-05")),
            .init("端午节", span("2026-06-19", "2026-06-21")),
        ],
        makeUpDays: Set(
            [
                "2024-09-14", "2024-09-29", "2024-10-12", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
                "2026-05-09",
            ].map(day)))

    private static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    private static func span(_ first: String, _ last: String) -> DaySpan { DaySpan(day(first), through: day(last)) }
}
