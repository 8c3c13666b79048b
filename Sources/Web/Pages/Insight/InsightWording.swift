import Documents
import Domain
import Supervision

/// Each view's answer in words and tables.
struct InsightWording: Sendable {
    let wording: Wording
    let query: InsightQuery

    private var words: Words { wording.words }
    private typealias Column = InsightTable.Column
    private typealias Cell = InsightTable.Cell

    @Sendable func overview(_ overview: InsightOverview) -> InsightAnswer {
        let (captures, cases) = (overview.captures.total, overview.cases)
        let judged = captures.all - captures[.waiting]
        let stages: [(String, Int, Int?)] = [
            ("frames", overview.frames, nil), ("records", overview.records, overview.frames),
            ("captured", captures.all, nil), ("judged", judged, captures.all),
            ("confirmed", captures.precision.successes, judged), ("opened", cases.opened, nil),
            ("dispatched", cases.dispatched, cases.opened), ("submitted", cases.submitted, cases.dispatched),
            ("inTime", cases.inTime, cases.dispatched), ("closed", cases.closed, cases.dispatched),
        ]
        let funnel = InsightTable(
            title: words("insight.funnel"), means: words("insight.funnel.means"),
            columns: [
                Column(words("insight.stage")), Column(words("insight.count"), .integer),
                Column(words("insight.shareBefore"), .percent(decimals: 1)), Column(words("insight.counted")),
            ],
            rows: stages.map { name, count, of in
                [
                    Cell(words("insight.stage.\(name)")), Cell(count, wording),
                    Cell(share: of.flatMap { $0 > 0 ? Double(count) / Double($0) : nil }),
                    Cell(words("insight.stage.\(name).means")),
                ]
            }, none: "")
        return InsightAnswer(
            finding: finding(overview), chart: TrendChart(overview.trend, wording),
            tables: [funnel, items(overview), trend(overview.trend)])
    }

    private func finding(_ overview: InsightOverview) -> String {
        let count = wording.count(overview.captures.total.standing)
        guard let change = overview.trend.change else { return words("insight.finding.count", ["count": count]) }
        let difference = Double(change.count) / change.expected - 1
        return words(
            difference >= 0 ? "insight.finding.more" : "insight.finding.fewer",
            [
                "count": count, "expected": Decimal.text(change.expected, places: 1),
                "told": wording.count(change.count),
                "share": Decimal.text(abs(difference) * 100, places: 0),
            ])
    }

    private func items(_ overview: InsightOverview) -> InsightTable {
        InsightTable(
            title: words("insight.items"), means: words("insight.items.means"),
            columns: [
                Column(words("captures.item")), Column(words("insight.stage.captured"), .integer),
                Column(words("outcome.waiting"), .integer), Column(words("insight.stage.confirmed"), .integer),
                Column(words("outcome.rejected"), .integer), Column(words("precision.title"), .percent(decimals: 1)),
                Column(words("precision.interval")),
            ],
            rows: CaptureItem.allCases.compactMap { item in
                overview.captures.items[item].map { count in
                    let precision = count.precision
                    let interval = precision.wilson()
                    return [
                        Cell(words(item)), Cell(count.all, wording), Cell(count[.waiting], wording),
                        Cell(precision.successes, wording), Cell(count[.rejected], wording),
                        Cell(share: precision.value),
                        Cell(
                            precision.trials == 0
                                ? "–"
                                : "\(PrecisionPage.percent(interval.lowerBound)) – \(PrecisionPage.percent(interval.upperBound))"
                        ),
                    ]
                }
            }, none: words("insight.none"))
    }

    private func trend(_ trend: Trend) -> InsightTable {
        InsightTable(
            title: words("insight.trend"), means: words("insight.trend.means"),
            columns: [
                Column(words("insight.days")), Column(words("insight.schoolDays"), .integer),
                Column(words("insight.standing"), .integer), Column(words("insight.expected"), .number(decimals: 1)),
            ],
            rows: trend.points.map { point in
                [
                    Cell(TrendChart.name(of: point, trend.step)), Cell(point.schoolDays, wording),
                    Cell(point.count, wording), Cell(point.expected, places: 1),
                ]
            }, none: words("insight.none"))
    }

    @Sendable func hours(_ tally: CaptureTally) -> InsightAnswer {
        let all = tally.total.standing
        var answer = InsightAnswer(tally: tally)
        if let most = tally.hours.max(), most > 0, let place = tally.hours.firstIndex(of: most) {
            answer.finding = words(
                "insight.finding.hour",
                [
                    "weekday": words("weekday.\(place / 24 + 1)"), "hour": wording.clock(minute: place % 24 * 60),
                    "end": wording.clock(minute: (place % 24 + 1) * 60), "count": wording.count(most),
                    "share": wording.share(Double(most) / Double(max(1, all))),
                ])
        } else {
            answer.finding = words("insight.none")
        }
        answer.tables = [
            InsightTable(
                title: words("insight.byHour"), means: words("insight.byHour.means"),
                columns: [Column(words("insight.hour"))]
                    + (1...7).map { Column(words("weekday.\($0)"), .integer) }
                    + [Column(words("insight.sum"), .integer)],
                rows: (0..<24).compactMap { hour in
                    let counts = (0..<7).map { tally.hours[$0 * 24 + hour] }
                    let sum = counts.reduce(0, +)
                    guard sum > 0 else { return nil }
                    return [Cell("\(wording.clock(minute: hour * 60)) – \(wording.clock(minute: (hour + 1) * 60))")]
                        + counts.map { Cell($0, wording) } + [Cell(sum, wording)]
                }, none: words("insight.none"))
        ]
        return answer
    }

    @Sendable func schools(_ schools: InsightSchools) -> InsightAnswer {
        let ranking = schools.ranking
        let table = InsightTable(
            title: words("insight.ranking"),
            means: words("insight.ranking.means", ["days": "\(SchoolRanking.leastCameraDays)"]),
            columns: [
                Column(words("insight.rank")), Column(words("fact.school")),
                Column(words("insight.standing"), .integer),
                Column(words("insight.cameraDays"), .integer), Column(words("insight.rate"), .number(decimals: 2)),
                Column(words("precision.interval")),
            ],
            rows: ranking.entries.map { entry in
                [
                    Cell(
                        entry.ranks.count == 1
                            ? "\(entry.ranks.lowerBound)" : "\(entry.ranks.lowerBound) – \(entry.ranks.upperBound)"),
                    Cell(name(entry.school), address: query.addressOfSchool(entry.school)), Cell(entry.count, wording),
                    Cell(entry.cameraDays, wording), Cell(entry.rate, places: 2),
                    Cell(
                        "\(Decimal.text(entry.interval.lowerBound, places: 2)) – \(Decimal.text(entry.interval.upperBound, places: 2))"
                    ),
                ]
            }
                + ranking.tooLittle.map { school in
                    [
                        Cell(words("insight.tooLittle")), Cell(name(school), address: query.addressOfSchool(school)),
                        Cell(schools.captures.schools[school]?.standing ?? 0, wording), Cell("–"), Cell(nil, places: 2),
                        Cell("–"),
                    ]
                }, none: words("insight.none"))
        let repeated = InsightTable(
            title: words("insight.repeated"), means: words("insight.repeated.means"),
            columns: [
                Column(words("fact.school")), Column(words("captures.item")), Column(words("insight.cases"), .integer),
                Column(words("insight.reopenings"), .integer), Column(words("insight.last")),
            ],
            rows: schools.cases.repeated.prefix(200).map { repeated in
                [
                    Cell(name(repeated.school), address: query.addressOfSchool(repeated.school)),
                    Cell(words(repeated.matter), address: SiteURL.casePage(.value(repeated.newest)).path),
                    Cell(repeated.cases, wording), Cell(repeated.reopenings, wording),
                    Cell(wording.zone.civil(repeated.last).date),
                ]
            }, none: words("insight.repeated.none"))
        return InsightAnswer(finding: finding(ranking), tables: [table, repeated])
    }

    private func finding(_ ranking: SchoolRanking) -> String {
        guard let first = ranking.entries.first else { return words("insight.none") }
        guard ranking.tellsAnything else { return words("insight.finding.noRanking") }
        return words(
            "insight.finding.ranking",
            [
                "school": name(first.school), "rate": Decimal.text(first.rate, places: 1),
                "low": Decimal.text(first.interval.lowerBound, places: 1),
                "high": Decimal.text(first.interval.upperBound, places: 1),
                "ranks": first.ranks.count == 1
                    ? "1" : "\(first.ranks.lowerBound) – \(first.ranks.upperBound)", "of": "\(ranking.entries.count)",
            ])
    }

    @Sendable func steps(_ steps: InsightSteps) -> InsightAnswer {
        let spreads: [(String, CaseTally.Spread?)] =
            [("verdict", steps.verdict)] + CaseStep.allCases.map { ($0.rawValue, steps.cases.steps[$0]) }
        let table = InsightTable(
            title: words("insight.times"), means: words("insight.times.means"),
            columns: [
                Column(words("insight.step")), Column(words("insight.count"), .integer),
                Column(words("insight.median"), .number(decimals: 1)),
                Column(words("insight.ninth"), .number(decimals: 1)),
            ],
            rows: spreads.map { name, spread in
                [
                    Cell(words("insight.step.\(name)")), Cell(spread?.count ?? 0, wording),
                    Cell(spread?.median, wording),
                    Cell(spread?.ninth, wording),
                ]
            }, none: "")
        var tables = [table]
        if query.question.territory == .county {
            tables.append(
                InsightTable(
                    title: words("insight.workload"), means: words("insight.workload.means"),
                    columns: [
                        Column(words("insight.person")), Column(words("field.role")),
                        Column(words("insight.verdicts"), .integer), Column(words("figure.visits"), .integer),
                    ],
                    rows: steps.workers.map {
                        [
                            Cell($0.person.name), Cell(words("role.\($0.person.role.rawValue)")),
                            Cell($0.verdicts, wording),
                            Cell($0.visits, wording),
                        ]
                    }, none: words("insight.none")))
        }
        let finding =
            steps.cases.steps[.submit].map {
                words("insight.finding.steps", ["median": words($0.median), "ninth": words($0.ninth)])
            } ?? words("insight.finding.noSteps")
        return InsightAnswer(finding: finding, tables: tables)
    }

    func cameras(_ schools: [CameraAvailability]) -> InsightAnswer {
        let working = schools.reduce(Duration.zero) { $0 + $1.working }
        let lost = schools.reduce(Duration.zero) { $0 + $1.lost }
        let table = InsightTable(
            title: words("insight.availability"), means: words("insight.availability.means"),
            columns: [
                Column(words("fact.school")), Column(words("nav.cameras"), .integer),
                Column(words("insight.available"), .percent(decimals: 2)),
                Column(words("insight.lost"), .number(decimals: 1)),
                Column(words("insight.working"), .number(decimals: 1)),
            ],
            rows: schools.map { school in
                [
                    Cell(name(school.school), address: query.addressOfSchool(school.school)),
                    Cell(school.cameras, wording),
                    Cell(share: school.share), Cell(school.lost, wording), Cell(school.working, wording),
                ]
            }, none: words("insight.none"))
        guard let worst = schools.first, let least = worst.share, working > .zero else {
            return InsightAnswer(finding: words("insight.finding.noWork"), tables: [table])
        }
        let all = Decimal.text((1 - lost.inSeconds / working.inSeconds) * 100, places: 1)
        return InsightAnswer(
            finding: words(
                "insight.finding.cameras",
                [
                    "share": all, "school": name(worst.school), "least": Decimal.text(least * 100, places: 1),
                    "schools": wording.count(schools.count),
                ]), tables: [table])
    }

    private func name(_ school: SchoolID) -> String { query.schoolNames[school] ?? "…\("\(school)".suffix(6))" }
}
