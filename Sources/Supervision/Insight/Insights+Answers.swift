public import Domain
import Store

/// The county's work from the pictures to the closed case. (总览)
public struct InsightOverview: Sendable {
    public var frames: Int
    public var records: Int
    public var captures: CaptureTally
    public var cases: CaseTally
    public var trend: Trend
}

/// How long each step takes, and who does the work. (时效与工作量)
public struct InsightSteps: Sendable {
    public struct Worker: Hashable, Sendable {
        public var person: Person
        public var verdicts: Int
        public var visits: Int
    }

    /// From a capture to its verdict.
    public var verdict: CaseTally.Spread?
    public var cases: CaseTally
    /// The most verdicts first; empty for who looks at less than the county.
    public var workers: [Worker]
}

/// Schools beside one another. (学校)
public struct InsightSchools: Sendable {
    public var ranking: SchoolRanking
    public var captures: CaptureTally
    public var cases: CaseTally
}

extension Insights {
    public func overview(_ question: InsightQuestion) async throws -> Progress<InsightOverview> {
        try await ground(question).map { ground in
            let tally = CaptureTally(
                question, of: ground.facts.captures, places: ground.places,
                seriesFrom: Trend.needed(for: question.days, ground.calendar), zone: zone)
            let analysis = ground.analysis(question)
            return InsightOverview(
                frames: analysis.frames, records: analysis.records, captures: tally, cases: cases(question, ground),
                trend: Trend(tally, watched: ground.watched(question), ground.calendar))
        }
    }

    /// By hour and weekday.
    public func hours(_ question: InsightQuestion) async throws -> Progress<CaptureTally> {
        try await ground(question).map { ground in
            CaptureTally(question, of: ground.facts.captures, places: ground.places, zone: zone)
        }
    }

    public func schools(_ question: InsightQuestion) async throws -> Progress<InsightSchools> {
        try await ground(question).map { ground in
            let tally = CaptureTally(question, of: ground.facts.captures, places: ground.places, zone: zone)
            return InsightSchools(
                ranking: SchoolRanking(
                    counts: tally.schools.mapValues(\.standing), cameraDays: ground.analysis(question).cameraDays),
                captures: tally, cases: cases(question, ground))
        }
    }

    public func steps(_ question: InsightQuestion) async throws -> Progress<InsightSteps> {
        try await ground(question).map { ground in
            let tally = CaptureTally(question, of: ground.facts.captures, places: ground.places, zone: zone)
            var workers: [InsightSteps.Worker] = []
            if question.territory == .county {
                let span = span(question.days)
                let (people, visits) = try await store.read { records in
                    (try records.people.all(), try records.facts.visits(in: span))
                }
                workers = people.map {
                    let isSupervising = CountyFigures.supervisingRoles.contains($0.role)
                    return .init(
                        person: $0, verdicts: tally.judges[$0.id] ?? 0, visits: isSupervising ? visits[$0.id] ?? 0 : 0)
                }.filter { $0.verdicts + $0.visits > 0 }
                    .sorted { ($1.verdicts, $1.visits, $0.person.name) < ($0.verdicts, $0.visits, $1.person.name) }
            }
            return InsightSteps(
                verdict: .init(tally.secondsToVerdict.map { .seconds(Int($0)) }), cases: cases(question, ground),
                workers: workers)
        }
    }

    /// How much of their schools' working time cameras could watch, the worst first.
    public func availability(_ question: InsightQuestion) async throws -> [CameraAvailability] {
        let span = span(question.days)
        let now = min(time.now(), span.end)
        guard span.start < now else { return [] }
        let past = TimeSpan(start: span.start, end: now)
        let (cameras, blind, times) = try await store.read { [zone] records in
            let places = try records.facts.cameraPlaces()
            var cameras: [SchoolID: [CameraID]] = [:]
            for camera in try records.cameras.all() {
                guard let place = places[camera.id], question.asks(about: place), let school = place.place.school
                else { continue }
                cameras[school, default: []].append(camera.id)
            }
            var times: [SchoolID: SchoolTime] = [:]
            for school in cameras.keys { times[school] = try records.rules.time(of: school, in: zone) }
            return (
                cameras, try records.facts.blindSpans(CameraAvailability.blind, in: past, now: now), times
            )
        }
        return CameraAvailability.of(
            cameras, blind: Dictionary(grouping: blind, by: \.camera).mapValues { $0.map(\.span) }, times: times,
            in: past)
    }

    func cases(_ question: InsightQuestion, _ ground: Ground) -> CaseTally {
        CaseTally(
            ground.facts.cases.opened(in: span(question.days)).filter { question.asks(about: $0, areas: ground.areas) },
            at: time.now())
    }
}

extension Insights.Ground {
    /// What was analysed of the cameras that are asked about; an item makes no difference.
    func analysis(_ question: InsightQuestion) -> AnalysisTally {
        AnalysisTally(question, of: facts.analysed, places: places)
    }

    /// The same with the term before, as a trend needs it.
    func watched(_ question: InsightQuestion) -> AnalysisTally {
        var question = question
        question.days = DaySpan(Trend.needed(for: question.days, calendar), through: question.days.last)
        return analysis(question)
    }
}
