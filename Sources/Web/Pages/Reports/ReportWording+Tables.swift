import Documents
import Domain

extension ReportWording {
    func tables(_ section: ReportSection, _ report: Report) -> [InsightTable] {
        switch section {
        case .figures: [figureTable(report)]
        case .change: [changeTable(report), trendTable(report)]
        case .funnel: [funnel(report.period)]
        case .items: [items(report)]
        case .schools: [ranking(report)]
        case .overdue: [overdue(report)]
        case .repeated: [repeated(report)]
        case .precision: [precision(report)]
        case .cameras: [cameras(report)]
        case .duties: [duties(report)]
        }
    }

    private func table(_ name: String, _ columns: [Column], _ rows: [[Cell]]) -> InsightTable {
        InsightTable(
            title: words("report.table.\(name)"), means: words("report.table.\(name).means"), columns: columns,
            rows: rows, none: words("report.table.none"))
    }

    private func figureTable(_ report: Report) -> InsightTable {
        table(
            "figures",
            [
                Column(words("report.figure")), Column(words("report.thisSpan"), .integer),
                Column(since(false, report), .integer), Column(since(true, report), .integer),
            ],
            figures.map { figure in
                let none = Cell(nil, places: 0)
                return [
                    Cell(words("report.figure.\(figure.name)")), figure.cell(report.period),
                    report.before.map(figure.cell) ?? none, report.termBefore.map(figure.cell) ?? none,
                ]
            })
    }

    private func changeTable(_ report: Report) -> InsightTable {
        let changes = [(false, report.change), (true, report.changeOfTerm)].compactMap { sinceTerm, change in
            change.map { (sinceTerm, $0) }
        }
        return table(
            "change",
            [
                Column(words("report.heldAgainst")), Column(words("report.rateNow"), .number(decimals: 2)),
                Column(words("report.rateThen"), .number(decimals: 2)),
                Column(words("report.ratio"), .number(decimals: 2)), Column(words("precision.interval")),
                Column(words("report.verdict")),
            ],
            changes.map { sinceTerm, change in
                func rate(_ count: Int, _ exposure: Int) -> Double? {
                    exposure > 0 ? Double(count) / Double(exposure) * 100 : nil
                }
                return [
                    Cell(since(sinceTerm, report)), Cell(rate(change.count, change.exposure), places: 2),
                    Cell(rate(change.countBefore, change.exposureBefore), places: 2),
                    Cell(change.ratio, places: 2),
                    Cell(change.interval.map { Self.range($0, places: 2) } ?? "–"),
                    Cell(words("report.verdict.\(change.verdict.rawValue)")),
                ]
            })
    }

    private func trendTable(_ report: Report) -> InsightTable {
        table(
            "trend",
            [
                Column(words("insight.days")), Column(words("insight.schoolDays"), .integer),
                Column(words("report.figure.standing"), .integer),
                Column(words("insight.expected"), .number(decimals: 1)),
            ],
            report.trend.points.map { point in
                [
                    Cell(TrendChart.name(of: point, report.trend.step)), Cell(point.schoolDays, wording),
                    Cell(point.count, wording), Cell(point.expected, places: 1),
                ]
            })
    }

    private func funnel(_ period: ReportPeriod) -> InsightTable {
        let (captures, cases) = (period.captures.total, period.cases)
        let judged = captures.all - captures[.waiting]
        let stages: [(String, Int, Int?)] = [
            ("frames", period.analysis.frames, nil), ("records", period.analysis.records, period.analysis.frames),
            ("captured", captures.all, nil), ("judged", judged, captures.all),
            ("confirmed", captures.precision.successes, judged), ("opened", cases.opened, nil),
            ("dispatched", cases.dispatched, cases.opened), ("submitted", cases.submitted, cases.dispatched),
            ("inTime", cases.inTime, cases.dispatched), ("closed", cases.closed, cases.dispatched),
        ]
        return table(
            "funnel",
            [
                Column(words("insight.stage")), Column(words("insight.count"), .integer),
                Column(words("insight.shareBefore"), .percent(decimals: 1)),
            ],
            stages.map { name, count, of in
                [
                    Cell(words("insight.stage.\(name)")), Cell(count, wording),
                    Cell(share: of.flatMap { $0 > 0 ? Double(count) / Double($0) : nil }),
                ]
            })
    }

    private func items(_ report: Report) -> InsightTable {
        func standing(_ period: ReportPeriod?, _ item: CaptureItem) -> Cell {
            period.map { Cell($0.captures.items[item]?.standing ?? 0, wording) } ?? Cell(nil, places: 0)
        }
        let all = max(1, report.period.captures.total.standing)
        return table(
            "items",
            [
                Column(words("captures.item")), Column(words("report.thisSpan"), .integer),
                Column(words("report.share"), .percent(decimals: 1)), Column(since(false, report), .integer),
                Column(since(true, report), .integer),
            ],
            CaptureItem.allCases.compactMap { item -> (Int, [Cell])? in
                let count = report.period.captures.items[item]?.standing ?? 0
                guard count > 0 || report.before?.captures.items[item] != nil else { return nil }
                return (
                    count,
                    [
                        Cell(words(item)), Cell(count, wording), Cell(share: Double(count) / Double(all)),
                        standing(report.before, item), standing(report.termBefore, item),
                    ]
                )
            }.sorted { $0.0 > $1.0 }.map(\.1))
    }

    private func ranking(_ report: Report) -> InsightTable {
        let ranking = report.ranking
        return table(
            "schools",
            [
                Column(words("insight.rank")), Column(words("fact.school")),
                Column(words("report.figure.standing"), .integer), Column(words("insight.cameraDays"), .integer),
                Column(words("insight.rate"), .number(decimals: 2)), Column(words("precision.interval")),
            ],
            ranking.entries.map { entry in
                [
                    Cell(
                        entry.ranks.count == 1
                            ? "\(entry.ranks.lowerBound)" : "\(entry.ranks.lowerBound) – \(entry.ranks.upperBound)"),
                    Cell(names.school(entry.school)), Cell(entry.count, wording), Cell(entry.cameraDays, wording),
                    Cell(entry.rate, places: 2), Cell(Self.range(entry.interval, places: 2)),
                ]
            }
                + ranking.tooLittle.map { school in
                    [
                        Cell(words("insight.tooLittle")), Cell(names.school(school)),
                        Cell(report.period.captures.schools[school]?.standing ?? 0, wording),
                        Cell(report.period.analysis.cameraDays[school] ?? 0, wording), Cell(nil, places: 2),
                        Cell("–"),
                    ]
                })
    }

    private func overdue(_ report: Report) -> InsightTable {
        table(
            "overdue",
            [
                Column(words("report.case"), .integer), Column(words("fact.school")), Column(words("captures.item")),
                Column(words("captures.grade")), Column(words("report.lateSince")), Column(words("report.state")),
            ],
            report.overdue.map { fact in
                [
                    Cell(fact.number, wording), Cell(names.school(fact.school)), Cell(words(fact.matter)),
                    Cell(words(fact.grade)), Cell(fact.lateFrom.map { wording.exactMinute($0) } ?? "–"),
                    Cell(words("report.case.\(fact.state == .closed ? "closedSince" : "open")")),
                ]
            })
    }

    private func repeated(_ report: Report) -> InsightTable {
        table(
            "repeated",
            [
                Column(words("fact.school")), Column(words("captures.item")), Column(words("insight.cases"), .integer),
                Column(words("insight.reopenings"), .integer), Column(words("insight.last")),
            ],
            report.period.cases.repeated.prefix(200).map { repeated in
                [
                    Cell(names.school(repeated.school)), Cell(words(repeated.matter)), Cell(repeated.cases, wording),
                    Cell(repeated.reopenings, wording), Cell(wording.zone.civil(repeated.last).date),
                ]
            })
    }

    private func precision(_ report: Report) -> InsightTable {
        func row(_ name: String, _ count: CaptureTally.Count) -> [Cell] {
            let precision = count.precision
            return [
                Cell(name), Cell(precision.trials, wording), Cell(precision.successes, wording),
                Cell(count[.rejected], wording), Cell(share: precision.value),
                Cell(precision.trials == 0 ? "–" : percent(precision.wilson())),
            ]
        }
        return table(
            "precision",
            [
                Column(words("captures.item")), Column(words("report.judged"), .integer),
                Column(words("insight.stage.confirmed"), .integer), Column(words("outcome.rejected"), .integer),
                Column(words("precision.title"), .percent(decimals: 1)), Column(words("precision.interval")),
            ],
            CaptureItem.allCases.compactMap { item in
                report.period.captures.items[item].map { row(words(item), $0) }
            } + (report.period.captures.total.all > 0 ? [row(words("report.all"), report.period.captures.total)] : []))
    }

    private func cameras(_ report: Report) -> InsightTable {
        table(
            "cameras",
            [
                Column(words("fact.school")), Column(words("nav.cameras"), .integer),
                Column(words("insight.available"), .percent(decimals: 2)),
                Column(words("insight.lost"), .number(decimals: 1)),
            ],
            report.availability.map { school in
                [
                    Cell(names.school(school.school)), Cell(school.cameras, wording), Cell(share: school.share),
                    Cell(school.lost, wording),
                ]
            })
    }

    private func duties(_ report: Report) -> InsightTable {
        table(
            "duties",
            [
                Column(words("insight.person")), Column(words("field.role")),
                Column(words("insight.verdicts"), .integer), Column(words("figure.visits"), .integer),
                Column(words("report.looks"), .integer),
            ],
            (report.duties ?? []).map {
                [
                    Cell($0.person.name), Cell(words("role.\($0.person.role.rawValue)")), Cell($0.verdicts, wording),
                    Cell($0.visits, wording), Cell($0.looks, wording),
                ]
            })
    }
}
