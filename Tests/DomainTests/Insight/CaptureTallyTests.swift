import Testing

@testable import Domain

struct CaptureTallyTests {
    private static let zone = TerritoryZone.shanghai

    private struct County {
        var facts: [CaptureFact] = []
        var places: [CameraID: CameraPlace] = [:]
        var townships: [TownshipID] = []
        var schools: [SchoolID] = []

        init(_ random: inout SeededRandom, captures: Int) {
            let start = Terms.moment("2026-08-20 00:00")
            townships = (0..<2).map { _ in TownshipID(UUIDv7(at: start, using: &random)) }
            schools = (0..<5).map { _ in SchoolID(UUIDv7(at: start, using: &random)) }
            let people = (0..<3).map { _ in PersonID(UUIDv7(at: start, using: &random)) }
            let cameras = (0..<12).map { _ in CameraID(UUIDv7(at: start, using: &random)) }
            for (index, camera) in cameras.enumerated() {
                let school = index % 5
                places[camera] = CameraPlace(
                    PlacePath(township: townships[school % 2], school: schools[school], camera: camera),
                    Area.Kind.allCases[index % 4])
            }
            for _ in 0..<captures {
                let met = start + .milliseconds(Int64.random(in: 0..<120 * 86_400_000, using: &random))
                let outcome = CaptureOutcome.allCases[Int.random(in: 0..<7, using: &random)]
                let judge = people[Int.random(in: 0..<3, using: &random)]
                let after = Int.random(in: 0...9999, using: &random)
                facts.append(
                    CaptureFact(
                        id: CaptureID(UUIDv7(at: met, using: &random)),
                        camera: cameras[Int.random(in: 0..<12, using: &random)],
                        item: CaptureItem.allCases[Int.random(in: 0..<13, using: &random)], metAt: met,
                        outcome: outcome,
                        judgement: outcome == .waiting ? nil : .init(by: judge, at: met + .seconds(after))))
            }
        }

        var questions: [InsightQuestion] {
            let days = Terms.span("2026-09-05", "2026-11-20")
            return [
                InsightQuestion(days), InsightQuestion(days, in: .township(townships[1])),
                InsightQuestion(days, in: .school(schools[3]), item: .noHat),
                InsightQuestion(days, item: .rodent, area: .washing), InsightQuestion(days, area: .cooking),
                InsightQuestion(Terms.span("2030-01-01", "2030-01-02")),
            ]
        }

        /// What a question asks for, found one by one.
        func asked(_ question: InsightQuestion) -> [CaptureFact] {
            facts.filter { fact in
                guard let place = places[fact.camera], question.territory.contains(place.place) else { return false }
                return (question.area ?? place.area) == place.area && (question.item ?? fact.item) == fact.item
            }
        }
    }

    private func stands(_ fact: CaptureFact) -> Bool { fact.outcome != .rejected && fact.outcome != .duplicate }
    private func day(_ fact: CaptureFact) -> Day { Day(of: fact.metAt, in: Self.zone) }

    @Test(arguments: UInt64(1)...20) func `one pass counts what counting one by one does`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let county = County(&random, captures: 800)
        var facts = CaptureFacts()
        // In any order, some of them twice.
        for fact in county.facts.shuffled(using: &random) + county.facts.prefix(50) { facts.set(fact) }
        #expect(facts.count == county.facts.count)
        for question in county.questions {
            let tally = CaptureTally(
                question, of: facts, places: county.places, seriesFrom: Terms.day("2026-09-01"), zone: Self.zone)
            let asked = county.asked(question)
            let counted = asked.filter { question.days.contains(day($0)) }
            for outcome in CaptureOutcome.allCases {
                #expect(tally.total[outcome] == counted.count { $0.outcome == outcome })
            }
            #expect(tally.total.standing == counted.count(where: stands))
            for item in CaptureItem.allCases {
                #expect((tally.items[item]?.all ?? 0) == counted.count { $0.item == item })
            }
            for school in county.schools {
                let own = counted.filter { county.places[$0.camera]?.place.school == school }
                #expect((tally.schools[school]?.standing ?? 0) == own.count(where: stands))
            }
            for (person, count) in tally.judges { #expect(count == counted.count { $0.judgement?.by == person }) }
            #expect(tally.judges.values.reduce(0, +) == counted.count { $0.judgement != nil })
            let seconds = counted.compactMap { fact in
                fact.judgement.map { Int32(($0.time - fact.metAt).inMilliseconds / 1000) }
            }
            #expect(tally.secondsToVerdict.sorted() == seconds.sorted())
            for index in 0..<7 * 24 {
                let here = counted.count {
                    stands($0) && Self.zone.civil($0.metAt).hour == index % 24 && day($0).weekday == index / 24 + 1
                }
                #expect(tally.hours[index] == here)
            }
            for offset in 0..<80 {
                let day = tally.seriesFrom + offset
                guard day <= question.days.last else { break }
                #expect(tally.standing(on: day) == asked.count { stands($0) && self.day($0) == day })
            }
        }
    }

    @Test func `a later word on a capture takes the place of the earlier one`() {
        var random = SeededRandom(seed: 5)
        let county = County(&random, captures: 60)
        var facts = CaptureFacts()
        for fact in county.facts { facts.set(fact) }
        for var fact in county.facts {
            fact.outcome = .closed
            facts.set(fact)
        }
        let tally = CaptureTally(
            InsightQuestion(Terms.span("2026-08-01", "2027-01-31")), of: facts, places: county.places, zone: Self.zone)
        #expect(tally.total[.closed] == 60 && tally.total.all == 60)
    }

    @Test func `captures of a camera that nobody knows are in no figure`() {
        var random = SeededRandom(seed: 6)
        var facts = CaptureFacts()
        for fact in County(&random, captures: 40).facts { facts.set(fact) }
        let tally = CaptureTally(
            InsightQuestion(Terms.span("2026-08-01", "2027-01-31")), of: facts, places: [:], zone: Self.zone)
        #expect(facts.count == 40 && tally.total.all == 0)
    }
}
