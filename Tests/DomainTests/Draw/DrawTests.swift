import Crypto
import Domain
import Foundation
import TestSupport
import Testing

struct DrawTests {
    private static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    private static func plan(_ seed: UInt64) -> DrawPlan {
        var random = SeededRandom(seed: seed)
        let time = UTCTime(milliseconds: 1_790_000_000_000)
        let schools = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            DrawPlan.Candidate(
                SchoolID(UUIDv7(at: time, using: &random)),
                lots: seed % 2 == 0 ? 1 : Int.random(in: 1...9, using: &random))
        }
        let inspectors = (0..<Int.random(in: 4...12, using: &random)).map { _ in
            PersonID(UUIDv7(at: time, using: &random))
        }
        // Two remain for each school at least.
        let conflicts = schools.flatMap { school in
            inspectors.dropLast(2).filter { _ in random.next() % 4 == 0 }.map {
                DrawPlan.Conflict($0, school.school)
            }
        }
        return DrawPlan(
            title: "2026 年秋季学期 双随机 #\(seed)", schools: schools, inspectors: inspectors, conflicts: Set(conflicts),
            drawnSchools: Int.random(in: 1...schools.count, using: &random))
    }

    private static func draw(_ seed: UInt64) throws -> Draw {
        var random = SeededRandom(seed: seed + 1000)
        return try Draw(
            plan(seed), secret: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) },
            witness: "双色球 2026135: 03 08 17 21 26 30 + 0\(seed % 10)")
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `the script in the documents draws the same`(seed: UInt64) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let script = root.appendingPathComponent("docs/how-to/recompute-a-draw.py").path
        #expect(try String(contentsOfFile: script, encoding: .utf8).split(separator: "\n").count <= 20)
        let draw = try Self.draw(seed)
        let done = try await ChildProcess.run(["python3", script], input: draw.record)
        #expect(done.ending.isSuccess, "\(done.errors)")
        #expect(String(decoding: done.output, as: UTF8.self) == draw.outcome(Self.sha256).text)
    }

    /// By sha256sum, from the format's description alone.
    @Test func `commitment and record are as described`() throws {
        #expect(
            Draw.commitment(to: Array(repeating: 0, count: 32), Self.sha256)
                == "60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55")
        let id = "0199a000-0000-7000-8000-00000000000"
        let school = try #require(SchoolID(id + "1"))
        let people = try ["2", "3", "4"].map { try #require(PersonID(id + $0)) }
        let plan = DrawPlan(
            title: "T", schools: [.init(school)], inspectors: people.reversed(), conflicts: [.init(people[0], school)],
            drawnSchools: 1)
        let draw = try Draw(plan, secret: Array(repeating: 0xAB, count: 32), witness: "6 1 4")
        #expect(
            draw.record == """
                mingchu draw 1
                title T
                schools 1
                inspectors-each 2
                school \(id)1 1
                inspector \(id)2
                inspector \(id)3
                inspector \(id)4
                conflict \(id)2 \(id)1
                secret abababababababababababababababababababababababababababababababab
                witness 6 1 4

                """)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `a draw keeps its plan`(seed: UInt64) throws {
        let draw = try Self.draw(seed)
        let outcome = draw.outcome(Self.sha256)
        let plan = draw.plan
        #expect(outcome.visits.count == plan.drawnSchools)
        #expect(Set(outcome.visits.map(\.school)).count == plan.drawnSchools)
        #expect(Set(outcome.visits.map(\.school)).isSubset(of: plan.schools.map(\.school)))
        for visit in outcome.visits {
            #expect(Set(visit.inspectors).count == plan.inspectorsEach)
            #expect(visit.inspectors.allSatisfy(plan.inspectors.contains))
            #expect(visit.inspectors.allSatisfy { !plan.conflicts.contains(.init($0, visit.school)) })
        }
        // The order of the lists is no part of the plan; another secret is another draw.
        var shuffled = plan
        shuffled.schools.reverse()
        shuffled.inspectors.reverse()
        #expect(try Draw(shuffled, secret: draw.secret, witness: draw.witness).outcome(Self.sha256) == outcome)
        let other = try Draw(plan, secret: Array(repeating: 7, count: 32), witness: draw.witness)
        #expect(other.outcome(Self.sha256).seed != outcome.seed)
    }

    @Test func `a school comes first as often as its lots say`() throws {
        var random = SeededRandom(seed: 5)
        let time = UTCTime(milliseconds: 1_790_000_000_000)
        let schools = [1, 2, 3, 4].map { DrawPlan.Candidate(SchoolID(UUIDv7(at: time, using: &random)), lots: $0) }
        let inspectors = (0..<2).map { _ in PersonID(UUIDv7(at: time, using: &random)) }
        let plan = DrawPlan(title: "x", schools: schools, inspectors: inspectors, drawnSchools: 2)
        let rounds = 4000
        var (first, both) = ([SchoolID: Int](), 0)
        for round in 0..<rounds {
            let draw = try Draw(plan, secret: Array(repeating: 1, count: 32), witness: "\(round)")
            let drawn = draw.outcome(Self.sha256).visits.map(\.school)
            first[drawn[0], default: 0] += 1
            if drawn == [schools[3].school, schools[2].school] { both += 1 }
        }
        // χ² with 3 degrees of freedom: 16.27 is passed once in a thousand.
        let square = schools.reduce(0.0) {
            let expected = Double(rounds * $1.lots) / 10
            let difference = Double(first[$1.school] ?? 0) - expected
            return $0 + difference * difference / expected
        }
        #expect(square < 16.27)
        // 4/10 · 3/6 of four thousand, and four standard deviations.
        #expect(abs(both - 800) < 102)
    }

    @Test func `what can't be drawn is refused beforehand, with the reason`() throws {
        let good = Self.plan(4)
        func fault(_ change: (inout DrawPlan) -> Void) -> DrawPlan.Fault? {
            var plan = good
            change(&plan)
            do throws(DrawPlan.Fault) { try plan.check() } catch { return error }
            return nil
        }
        let (school, person) = (good.schools[0].school, good.inspectors[0])
        #expect(fault { _ in } == nil)
        #expect(fault { $0.title = "" } == .title)
        #expect(fault { $0.title = "a\nsecret b" } == .title)
        #expect(fault { $0.schools[0].lots = 101 } == .lots(school))
        #expect(fault { $0.schools.append($0.schools[0]) } == .schoolTwice(school))
        #expect(fault { $0.inspectors.append(person) } == .inspectorTwice(person))
        #expect(fault { $0.drawnSchools = $0.schools.count + 1 } == .tooFewSchools)
        #expect(fault { $0.drawnSchools = 0 } == .tooFewSchools)
        #expect(fault { ($0.schools, $0.drawnSchools, $0.conflicts) = ([], 1, []) } == .tooFewSchools)
        #expect(fault { $0.inspectorsEach = 0 } == .inspectorsEach)
        let all = Set(good.inspectors.map { DrawPlan.Conflict($0, school) })
        #expect(fault { $0.conflicts.formUnion(all) } == .tooFewInspectors(school))
        let stranger = DrawPlan.Conflict(person, SchoolID(UUIDv7(at: UTCTime(milliseconds: 5))))
        #expect(fault { $0.conflicts.insert(stranger) } == .unknownConflict(stranger))
        #expect(throws: Draw.Fault.secret) { try Draw(good, secret: [1, 2], witness: "x") }
        #expect(throws: Draw.Fault.witness) { try Draw(good, secret: Array(repeating: 0, count: 32), witness: "a\nb") }
    }
}
