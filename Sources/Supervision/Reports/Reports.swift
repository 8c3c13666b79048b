public import Domain
import Store

/// Reports of weeks, months and terms. (报告)
public struct Reports: Sendable {
    let store: Store
    let time: TimeSource
    public let zone: TerritoryZone
    let insights: Insights
    let subscribers: Subscribers<DeliveryID?>

    /// Which spans there are to be read about, and what was finished of them.
    /// - Parameter territory: nil = all that the asker may look at.
    /// - Throws: ``SupervisionError/notFound`` for a place that the asker may not see.
    public func list(in territory: Territory? = nil, for principal: Principal) async throws -> ReportList {
        let today = Day(of: time.now(), in: zone)
        let asked = try await insights.question(DaySpan(today, through: today), in: territory, for: principal).territory
        return try await store.read { records in
            let calendar = try records.rules.calendar() ?? SchoolCalendar()
            var spans: [ReportKind: [ReportSpan]] = [:]
            for (kind, count) in [(ReportKind.week, 10), (.month, 13), (.term, 8)] {
                spans[kind] = ReportSpan.last(count, kind, upTo: today, calendar)
            }
            return ReportList(
                territory: asked, today: today, spans: spans,
                issues: try records.reports.issues(in: asked, limit: 500), calendar: calendar)
        }
    }

    /// - Parameter territory: nil = all that the asker may look at.
    /// - Throws: ``SupervisionError/notFound`` for a span that has not begun or is none, and for a place that the asker may
    ///   not see.
    public func report(
        _ name: ReportName, in territory: Territory? = nil, for principal: Principal
    ) async throws -> Insights.Progress<Report> {
        let now = time.now()
        let today = Day(of: now, in: zone)
        let calendar = try await store.read { try $0.rules.calendar() } ?? SchoolCalendar()
        guard let span = ReportSpan(name, calendar), span.days.first <= today else { throw SupervisionError.notFound }
        let question = try await insights.question(span.days, in: territory, for: principal)
        return try await insights.ground(question).map { ground in
            let builder = ReportBuilder(
                question: question, ground: ground, insights: insights, today: today, now: now)
            let period = try await builder.period(
                span.days, seriesFrom: Trend.needed(for: span.days, ground.calendar))
            return Report(
                span: span, territory: question.territory, madeAt: now, isOver: span.days.last < today, period: period,
                before: try await builder.known(span.before(in: calendar)?.days),
                termBefore: try await builder.known(span.aTermBefore(in: calendar)),
                trend: Trend(period.captures, watched: ground.watched(question), ground.calendar),
                ranking: SchoolRanking(
                    counts: period.captures.schools.mapValues(\.standing), cameraDays: period.analysis.cameraDays),
                availability: try await insights.availability(question), overdue: builder.overdue(span.days),
                duties: try await builder.duties(period))
        }
    }

    static func path(of territory: Territory, _ records: Records) throws -> PlacePath? {
        switch territory {
        case .county: .county
        case .township(let id): try records.places.township(id).map { PlacePath(township: $0.id) }
        case .school(let id): try records.places.school(id)?.path
        case .canteen: nil
        }
    }
}

/// Spans of which there is a report, of one place.
public struct ReportList: Sendable {
    public var territory: Territory
    public var today: Day
    /// The newest first; the first one may still go on.
    public var spans: [ReportKind: [ReportSpan]]
    /// The newest first.
    public var issues: [ReportIssue]
    public var calendar: SchoolCalendar
}

/// Puts a report together out of the facts of one moment.
struct ReportBuilder {
    let question: InsightQuestion
    let ground: Insights.Ground
    let insights: Insights
    let today: Day
    let now: UTCTime

    /// nil = nothing was watched or captured then: there is nothing to hold against.
    func known(_ days: DaySpan?) async throws -> ReportPeriod? {
        guard let days else { return nil }
        let period = try await period(days, seriesFrom: days.first)
        return period.analysis.frames == 0 && period.captures.total.all == 0 ? nil : period
    }

    func period(_ days: DaySpan, seriesFrom: Day) async throws -> ReportPeriod {
        let asked = InsightQuestion(days, in: question.territory)
        let span = insights.span(days)
        return ReportPeriod(
            captures: CaptureTally(
                asked, of: ground.facts.captures, places: ground.places, seriesFrom: seriesFrom, zone: insights.zone),
            analysis: ground.analysis(asked), cases: insights.cases(asked, ground),
            closed: ground.facts.cases.all.count { fact in
                fact.closedAt.map(span.contains) == true && question.territory.contains(fact.place)
            }, visits: question.territory == .county ? try await insights.visits(in: span) : nil,
            calendar: ground.calendar, today: today)
    }

    /// As of the span's end, or now while it goes on.
    func overdue(_ days: DaySpan) -> [CaseFact] {
        let end = min(now, insights.span(days).end)
        return ground.facts.cases.all.filter { fact in
            guard question.territory.contains(fact.place), fact.state != .withdrawn, fact.openedAt < end,
                fact.closedAt.map({ $0 > end }) ?? true
            else { return false }
            return fact.isLate(at: end)
        }.sorted { ($0.lateFrom ?? end, $0.number) < ($1.lateFrom ?? end, $1.number) }
    }

    /// Who did anything, and every supervisor: the most verdicts first.
    func duties(_ period: ReportPeriod) async throws -> [ReportDuty]? {
        guard question.territory == .county else { return nil }
        let span = insights.span(period.days)
        let (people, visits, looks) = try await insights.store.read { records in
            (try records.people.all(), try records.facts.visits(in: span), try records.facts.looks(in: span))
        }
        return people.compactMap { person in
            let isSupervising = CountyFigures.supervisingRoles.contains(person.role)
            let duty = ReportDuty(
                person: person, verdicts: period.captures.judges[person.id] ?? 0,
                visits: isSupervising ? visits[person.id] ?? 0 : 0, looks: looks[person.id] ?? 0)
            return isSupervising && person.isEnabled || duty.verdicts + duty.visits + duty.looks > 0 ? duty : nil
        }.sorted {
            ($1.verdicts, $1.visits, $1.looks, $0.person.name) < ($0.verdicts, $0.visits, $0.looks, $1.person.name)
        }
    }
}
