import Testing

@testable import Domain

struct AnalysisTallyTests {
    @Test func `one pass counts what going through all days one by one counts`() throws {
        var random = SeededRandom(seed: 3)
        let start = UTCTime(milliseconds: 1_795_000_000_000)
        let schools = (0..<4).map { _ in SchoolID(UUIDv7(at: start, using: &random)) }
        let cameras = (0..<9).map { _ in CameraID(UUIDv7(at: start, using: &random)) }
        var places: [CameraID: CameraPlace] = [:]
        for (index, camera) in cameras.enumerated() {
            places[camera] = CameraPlace(
                PlacePath(school: schools[index % 4], camera: camera), Area.Kind.allCases[index % 4])
        }
        let first = Day("2026-09-01")!
        var facts = AnalysedFacts()
        var all: [AnalysedDay] = []
        for offset in 0..<80 {
            for camera in cameras where Int.random(in: 0..<3, using: &random) > 0 {
                let day = AnalysedDay(
                    camera: camera, day: first + offset, frames: Int.random(in: 0..<3, using: &random) * 100,
                    records: Int.random(in: 0..<9, using: &random))
                facts.append(day)
                all.append(day)
            }
        }
        for question in [
            InsightQuestion(DaySpan(first + 10, through: first + 40)),
            InsightQuestion(DaySpan(first - 9, through: first + 99), in: .school(schools[2])),
            InsightQuestion(DaySpan(first + 40, through: first + 40), area: .cooking),
            InsightQuestion(DaySpan(first + 200, through: first + 201)),
        ] {
            let tally = AnalysisTally(question, of: facts, places: places)
            let asked = all.filter { question.days.contains($0.day) && question.asks(about: places[$0.camera]!) }
            #expect(tally.frames == asked.reduce(0) { $0 + $1.frames })
            #expect(tally.records == asked.reduce(0) { $0 + $1.records })
            #expect(tally.cameras == Set(asked.map(\.camera)).count)
            #expect(tally.schools == Set(asked.map { places[$0.camera]!.place.school }).count)
            let watched = asked.filter { $0.frames > 0 }
            #expect(
                tally.cameraDays
                    == Dictionary(grouping: watched) { places[$0.camera]!.place.school! }.mapValues(\.count))
            for number in question.days.first.number...question.days.last.number {
                let day = Day(number: number)
                #expect(tally.cameras(on: day) == watched.count { $0.day == day })
            }
        }
        for (camera, day) in facts.firstDays() {
            #expect(all.first { $0.camera == camera && $0.frames > 0 }?.day == day)
        }
        facts.removeAll(from: first + 30)
        #expect(facts.lastDay == first + 29 && facts.count == all.count { $0.day < first + 30 })
    }
}
