import Domain
import TestSupport

/// False warnings and found rises of the rate rule on simulated county-years, and how low a rate it can watch.
struct WarningMeasure: Measure {
    let name = "warning"

    /// Of no county that was looked at while the rule was made.
    private static let seed: UInt64 = 20_260_901
    private static let found = 10
    private static let schoolDaysPerFalseWarning = RateRule.schoolYearDays

    func run(_ bench: Bench) async throws {
        let counties = bench.isQuick ? 30 : 1000
        let charts = RateCharts(
            RateRule(schoolDaysPerFalseWarning: Self.schoolDaysPerFalseWarning, seed: Self.seed))
        bench.say(
            "\(counties) county-years of \(CountyYear.schoolsInCounty) schools, \(CountyYear.watchedDays.count) school days"
        )
        let quiet = Self.watch(counties, charts) { _ in nil }
        bench.add(
            Figure(
                "false warnings of the chosen one in \(Self.schoolDaysPerFalseWarning) school days, from below",
                quiet.ratio, "×", bar: .atLeast(0.8), raw: [Double(quiet.warnings), Double(quiet.days)]))
        bench.add(Figure("… from above", quiet.ratio, "×", bar: .atMost(1.2)))
        for (name, range) in Self.levels {
            let part = quiet.part(range)
            bench.add(Figure("… of schools with \(name) a day (\(part.schools) school-years)", part.ratio, "×"))
        }
        bench.add(Figure("… in the first 20 school days of a year", quiet.early, "×"))
        let doubled = Self.watch(counties, charts) { random in Self.rise(2, &random) }
        bench.add(
            Figure(
                "doubled rates found within \(Self.found) school days, all schools", doubled.found, "",
                bar: .atLeast(0.8), raw: [Double(doubled.hits), Double(doubled.schools.count)]))
        for (name, range) in Self.levels {
            bench.add(Figure("… of schools with \(name) a day", doubled.part(range).found, ""))
        }
        bench.add(
            Figure("… \"found\" where nothing rose", Self.watch(counties / 10, charts) { Self.rise(1, &$0) }.found, ""))
        lowest(bench, charts, counties: counties / 10)
    }

    private static let levels: [(String, Range<Double>)] = [
        ("less than 1.5", 0..<1.5), ("1.5 to 3", 1.5..<3), ("3 to 6", 3..<6), ("6 and more", 6..<1000),
    ]

    /// Every school at one level: the smallest at which the bar holds.
    private func lowest(_ bench: Bench, _ charts: RateCharts, counties: Int) {
        var reached: Double?
        for base in [0.02, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5] {
            let quiet = Self.watch(counties, charts, base: base) { _ in nil }
            let doubled = Self.watch(counties, charts, base: base) { random in Self.rise(2, &random) }
            bench.add(
                Figure(
                    "all schools at \(base) a day: doubled rates found (false warnings × \(Table.number(quiet.ratio)))",
                    doubled.found, "", raw: [quiet.ratio]))
            reached = doubled.found < 0.8 ? nil : reached ?? base
        }
        bench.add(Figure("smallest of these rates from which on 0.8 are found", reached ?? .nan, "a day"))
    }

    /// From some day on, of which there are ten left at least.
    private static func rise(_ factor: Double, _ random: inout SeededGenerator) -> CountyYear.Rise {
        CountyYear.Rise(
            firstDay: Int.random(in: 0...(CountyYear.watchedDays.count - found), using: &random), factor: factor)
    }

    private struct School {
        var base: Double
        var warnings = 0
        var days = 0
        var early = 0
        var isFound = false
    }

    private struct Result {
        var schools: [School] = []

        var warnings: Int { schools.reduce(0) { $0 + $1.warnings } }
        var days: Int { schools.reduce(0) { $0 + $1.days } }
        var hits: Int { schools.count { $0.isFound } }
        var found: Double { Double(hits) / Double(schools.count) }
        var ratio: Double { Self.ratio(warnings, days) }
        var early: Double { Self.ratio(schools.reduce(0) { $0 + $1.early }, schools.count * 20) }

        func part(_ range: Range<Double>) -> (ratio: Double, found: Double, schools: Int) {
            let part = Result(schools: schools.filter { range.contains($0.base) })
            return (part.ratio, part.found, part.schools.count)
        }

        private static func ratio(_ warnings: Int, _ days: Int) -> Double {
            Double(warnings) / Double(days) * Double(WarningMeasure.schoolDaysPerFalseWarning)
        }
    }

    private static func watch(
        _ counties: Int, _ charts: RateCharts, base: Double? = nil,
        rise: (inout SeededGenerator) -> CountyYear.Rise?
    ) -> Result {
        var result = Result()
        for number in 0..<counties {
            let county = CountyYear(seed: seed &+ UInt64(number), base: base, rise: rise)
            let profile = CountyProfile(history: county.schools.map(\.learned))
            result.schools += county.schools.map { watch($0, profile, charts) }
        }
        return result
    }

    private static func watch(
        _ school: CountyYear.SchoolYear, _ profile: CountyProfile, _ charts: RateCharts
    ) -> School {
        var result = School(base: school.base)
        var watch = RateWatch(
            charts, of: .school(school.id), baseline: Baseline(profile, history: school.learned))
        for (index, day) in school.watched.enumerated() {
            let isWarned = watch.take(day) != nil
            result.days += 1
            guard isWarned else { continue }
            result.warnings += 1
            if index < 20 { result.early += 1 }
            if let rise = school.rise, (rise.firstDay..<rise.firstDay + found).contains(index) { result.isFound = true }
        }
        return result
    }
}
