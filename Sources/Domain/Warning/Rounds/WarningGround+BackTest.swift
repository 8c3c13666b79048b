extension WarningGround {
    /// What a rule would have done on what is known of the past: through a day, so that it can be computed again.
    ///
    /// - Returns: The days that it was tried on; nil = there is nothing to try it on yet.
    public func backTest(_ rule: WarningRule, through last: Day) -> (test: BackTest, days: DaySpan?) {
        let all = history.firstDay.flatMap { $0 <= last ? DaySpan($0, through: last) : nil }
        let end = (last + 1).time(minute: 0, in: history.zone)
        let schoolDays = all.map { county.calendar.openDays(in: $0).count } ?? 0
        switch rule {
        case .rate(let rule):
            let survey = RateSurvey(
                rule, counts: history.counts(of: rule.item, at: now, through: last), learned: .toTry)
            let hits = survey.rises().map {
                BackTest.Hit($0.rise.until, Warning(.school($0.school), .rateRise($0.rise, item: rule.item)))
            }
            let test = BackTest(
                hits: hits, watchedDays: survey.watchedDays,
                expectedFalse: Double(survey.watchedDays) / Double(rule.schoolDaysPerFalseWarning))
            return (test, survey.watchedFrom.map { DaySpan($0, through: max($0, last)) })
        case .cluster(let rule): return clusters(rule, through: last)
        case .repeated(let rule):
            return (
                BackTest(rule, times: history.times(of: rule.item, until: end), schoolDays: schoolDays, county), all
            )
        case .night(let rule):
            return (
                BackTest(rule, times: history.times(of: rule.item, until: end), schoolDays: schoolDays, county), all
            )
        case .backlog(let rule): return (backlog(rule, all), all)
        case .overdue(let rule): return (overdue(rule, all), all)
        case .camerasOff(let rule):
            let hits = (all.map { camerasOff(rule, $0) } ?? []).map { warning in
                guard case .camerasOff(let off) = warning.reason else { return BackTest.Hit(last, warning) }
                return BackTest.Hit(off.day, warning)
            }
            return (BackTest(hits: hits, watchedDays: schoolDays * history.schools.count, expectedFalse: nil), all)
        case .expiring(let rule): return (expiring(rule, all), all)
        case .duties(let rule):
            let records = duties.mapValues { $0.filter { $0.due <= last } }.filter { !$0.value.isEmpty }
            let days = records.values.flatMap { $0.map(\.due) }
            return (
                BackTest(rule, records: records),
                days.min().map { DaySpan($0, through: days.max() ?? $0) }
            )
        }
    }

    private func clusters(_ rule: ClusterRule, through last: Day) -> (test: BackTest, days: DaySpan?) {
        let survey = ClusterSurvey(
            rule, counts: history.counts(of: rule.item, at: now, through: last), townships: townships)
        let windows = survey.windows(anchor: nil)
        let hits = survey.clusters(windows).map {
            BackTest.Hit($0.days.last, Warning(.township($0.township), .cluster($0)))
        }
        let years = Double(windows.count * rule.schoolDays) / Double(RateRule.schoolYearDays)
        let test = BackTest(
            hits: hits, watchedDays: windows.reduce(0) { $0 + $1.parts.count * rule.schoolDays },
            expectedFalse: years * rule.falseWarningsPerSchoolYear)
        guard let first = windows.first, let end = windows.last else { return (test, nil) }
        return (test, DaySpan(first.days.first, through: end.days.last))
    }

    /// At the end of each past school day: how often a backlog began.
    private func backlog(_ rule: BacklogRule, _ days: DaySpan?) -> BackTest {
        // What waited for less than six hours is late in no calendar.
        let long = waits.filter { ($0.until ?? now) - $0.from > .seconds(21_600) }
        var (hits, wasMet): ([BackTest.Hit], Bool) = ([], false)
        let open = days.map { county.calendar.openDays(in: $0) } ?? []
        for day in open {
            let end = county.endOfWork(on: day.day)
            let waiting = long.filter { $0.from <= end && ($0.until.map { $0 > end } ?? true) }.map(\.from)
            let met = rule.met(by: waiting, at: end, county)
            if let met, !wasMet { hits.append(BackTest.Hit(day.day, Warning(.county, .backlog(met)))) }
            wasMet = met != nil
        }
        return BackTest(hits: hits, watchedDays: open.count, expectedFalse: nil)
    }

    /// At the end of each past day: how often a school began to have so many late cases.
    private func overdue(_ rule: OverdueRule, _ days: DaySpan?) -> BackTest {
        guard let days else { return BackTest(hits: [], watchedDays: 0, expectedFalse: nil) }
        var hits: [BackTest.Hit] = []
        for (school, late) in late.sorted(by: { $0.key < $1.key }) where history.schools[school] != nil {
            var wasMet = false
            for day in (days.first.number...days.last.number).map(Day.init(number:)) {
                let end = (day + 1).time(minute: 0, in: history.zone)
                let running = late.filter { $0.span.from < end && ($0.span.until.map { $0 > end } ?? true) }
                let met = rule.met(by: running.map { ($0.case, $0.span.from) }, at: end)
                if let met, !wasMet { hits.append(BackTest.Hit(day, Warning(.school(school), .overdue(met)))) }
                wasMet = met != nil
            }
        }
        return BackTest(
            hits: hits, watchedDays: (days.last - days.first + 1) * history.schools.count, expectedFalse: nil)
    }

    /// Steps that the papers of today reached in the past; those that were renewed are not known any more.
    private func expiring(_ rule: ExpiryRule, _ days: DaySpan?) -> BackTest {
        guard let days else { return BackTest(hits: [], watchedDays: 0, expectedFalse: nil) }
        var hits: [BackTest.Hit] = []
        for (school, papers) in papers where history.schools[school] != nil {
            for paper in papers {
                let steps = rule.daysBefore.map { paper.validThrough - $0 } + [paper.validThrough + 1]
                for day in steps where days.contains(day) {
                    guard let met = rule.met(by: paper, on: day) else { continue }
                    hits.append(BackTest.Hit(day, Warning(.school(school), .expiring(met))))
                }
            }
        }
        return BackTest(hits: hits, watchedDays: papers.values.reduce(0) { $0 + $1.count }, expectedFalse: nil)
    }

    /// One school's days as a rate rule saw them, up to a day.
    public func chart(_ rule: RateRule, of school: SchoolID, through last: Day) -> [RateChartDay] {
        RateSurvey(rule, counts: history.counts(of: rule.item, at: now, through: last)).chart(of: school)
    }

    /// How many open days a rate rule has learned from, when these are too few to warn; nil = enough.
    public func learning(_ rule: RateRule) -> Int? {
        let survey = RateSurvey(rule, counts: history.counts(of: rule.item, at: now))
        return survey.watchedFrom == nil ? survey.openDays : nil
    }
}
