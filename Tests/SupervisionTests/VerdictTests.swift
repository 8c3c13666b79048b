import Domain
import Store
import Testing

@testable import Supervision

struct VerdictTests {
    private func captured(_ office: Office, _ count: Int, item: CaptureItem = .noHat) async throws -> [Capture] {
        var captures: [Capture] = []
        for _ in 0..<count {
            office.clock.advance(by: .seconds(60))
            let capture = office.capture(item: item)
            try await office.supervision.captures.open(capture, first: nil)
            captures.append(capture)
        }
        return captures
    }

    @Test func `a verdict is kept with who and when, in records and ledger, once`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = try await captured(office, 1)[0]
        #expect(try await captures.count(CaptureFilter(judged: .waiting), for: office.supervisor).value == 1)
        let given = try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor)
        // An impatient second press.
        office.clock.advance(by: .seconds(1))
        #expect(try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor) == given)
        #expect(try await captures.capture(capture.id, for: office.supervisor).judgement == given)
        #expect(given.by == office.supervisor.person.id)
        #expect(try await captures.count(CaptureFilter(judged: .waiting), for: office.supervisor).value == 0)
        #expect(try await captures.list(CaptureFilter(judged: .confirmed), for: office.supervisor).count == 1)
        let entries = try await office.ledger(.captureJudged)
        #expect(entries.count == 1)
        #expect(entries.first?.subject == "capture/\(capture.id)")
        #expect(entries.first?.payload.contains("confirmed") == true)
    }

    @Test func `of two at once the second learns of the first, and may then still change it`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = try await captured(office, 1)[0]
        let colleague = Principal.person(
            try await office.supervision.people.add(
                account: "second", name: "Second", role: .supervisor, school: nil, by: .console
            ).person)
        let first = try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor)
        office.clock.advance(by: .seconds(5))
        await #expect(throws: SupervisionError.conflict(.judgedMeanwhile)) {
            try await captures.judge(capture.id, .rejected(reason: .hatPresent), seen: nil, by: colleague)
        }
        #expect(try await captures.capture(capture.id, for: colleague).judgement == first)
        try await captures.judge(capture.id, .rejected(reason: .hatPresent), seen: first.time, by: colleague)
        #expect(
            try await captures.capture(capture.id, for: colleague).judgement?.verdict == .rejected(reason: .hatPresent))
        #expect(try await office.ledger(.captureJudged).count == 2, "the ledger keeps both")
        #expect(try await office.supervision.ledger.verify(for: .console).fault == nil)
    }

    @Test func `who may not judge can't, and who may not look finds nothing`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = try await captured(office, 1)[0]
        for refused in [office.administrator, office.head, .console] {
            await #expect(throws: SupervisionError.notPermitted) {
                try await captures.judge(capture.id, .confirmed, seen: nil, by: refused)
            }
        }
        let stranger = Principal.person(
            try await office.supervision.people.add(
                account: "stranger", name: "Stranger", role: .school, school: office.otherSchool.id, by: .console
            ).person)
        await #expect(throws: SupervisionError.notFound) {
            try await captures.judge(capture.id, .confirmed, seen: nil, by: stranger)
        }
        #expect(try await office.ledger(.captureJudged).isEmpty)
    }

    @Test func `a verdict that the capture can't have is refused and changes nothing`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let all = try await captured(office, 3)
        let (one, two, three) = (all[0].id, all[1].id, all[2].id)
        let unknown = CaptureID(at: office.clock.now)
        let nonsense: [Verdict] = [
            .rejected(reason: .notAPest), .duplicate(of: two), .duplicate(of: unknown),
            .merged(into: CaseID(at: office.clock.now)),
        ]
        for verdict in nonsense {
            await #expect(throws: SupervisionError.self) {
                try await captures.judge(two, verdict, seen: nil, by: office.supervisor)
            }
        }
        #expect(try await captures.count(CaptureFilter(judged: .waiting), for: office.supervisor).value == 3)
        try await captures.judge(two, .duplicate(of: one), seen: nil, by: office.supervisor)
        // Only of the first of them: else two captures could each be the other's duplicate.
        await #expect(throws: SupervisionError.invalid(.verdict, .notAllowed)) {
            try await captures.judge(three, .duplicate(of: two), seen: nil, by: office.supervisor)
        }
    }

    @Test func `one after the other is offered, newest first, until none waits`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let all = try await captured(office, 4)
        var seen: [CaptureID] = []
        var next = try await captures.nextWaiting(after: nil, for: office.supervisor)
        while let id = next {
            seen.append(id)
            try await captures.judge(id, .confirmed, seen: nil, by: office.supervisor)
            next = try await captures.nextWaiting(after: id, for: office.supervisor)
        }
        #expect(seen == all.map(\.id).reversed())
        // What is passed over comes again after the oldest.
        let more = try await captured(office, 2)
        #expect(try await captures.nextWaiting(after: more[0].id, for: office.supervisor) == more[1].id)
    }

    @Test func `precision counts what was said, duplicates left out, and a bad camera gets advice`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        for number in 0..<40 {
            office.clock.advance(by: .seconds(60))
            var capture = office.capture(item: .noHat)
            // The weak half is wrong.
            capture.score = number < 20 ? 0.55 : 0.9
            try await captures.open(capture, first: nil)
            try await captures.judge(
                capture.id, number < 20 ? .rejected(reason: .hatPresent) : .confirmed, seen: nil,
                by: office.supervisor)
        }
        let pair = try await captured(office, 2, item: .rodent)
        try await captures.judge(pair[0].id, .confirmed, seen: nil, by: office.supervisor)
        try await captures.judge(pair[1].id, .duplicate(of: pair[0].id), seen: nil, by: office.supervisor)
        let start = office.clock.now - .seconds(86_400)
        let precision = try await captures.precision(
            since: start, thresholds: [.noHat: 0.5], for: office.supervisor)
        #expect(precision.items == [.noHat: Proportion(20, of: 40), .rodent: Proportion(1, of: 1)])
        #expect(precision.hours.values.reduce(0) { $0 + $1.successes } == 21)
        #expect(precision.hours.values.reduce(0) { $0 + $1.trials } == 41)
        for (zone, shift) in [(TerritoryZone.shanghai, 0), (TerritoryZone(name: "UTC", offsetMinutes: 0), 16)] {
            let shifted = try await captures.precision(since: start, in: zone, thresholds: [:], for: office.supervisor)
            let wanted = precision.hours.map { (($0.key + shift) % 24, $0.value) }
            #expect(shifted.hours == Dictionary(uniqueKeysWithValues: wanted))
        }
        let worst = try #require(precision.cameras.first)
        #expect(worst.camera == office.camera.id && worst.item == .noHat)
        let advice = try #require(worst.advice)
        #expect(advice.threshold > 0.55 && advice.threshold <= 0.9)
        #expect(advice.keptTrue == 1 && advice.sparedFalse == 1)
        #expect(
            try await captures.precision(since: office.clock.now, thresholds: [:], for: office.supervisor).items.isEmpty
        )
    }

    @Test(arguments: Engine.all) func `a verdict taken back leaves a capture that waits, and a proof without a fault`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let captures = office.supervision.captures
            let capture = office.capture()
            try await captures.open(capture, first: nil)
            let judged = try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor)
            try await captures.takeBack(capture.id, seen: judged.time, by: office.supervisor)
            #expect(try await captures.capture(capture.id, for: office.supervisor).judgement == nil)
            #expect(try await captures.list(CaptureFilter(judged: .waiting), for: office.supervisor).count == 1)
            #expect(try await captures.proofs().map(\.faults) == [[]])
            #expect(try await office.ledger(.captureJudged).count == 2)
            // Judged anew, it is as judged as any other.
            try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor)
            #expect(try await captures.proofs().map(\.faults) == [[]])
        }
    }

    @Test func `a verdict of somebody else, an old one, or one that a case rests on can't be taken back`() async throws
    {
        let county = try await County()
        let captures = county.office.supervision.captures
        let capture = try await county.captured()
        let judged = try await captures.judge(capture.id, .confirmed, seen: nil, by: county.supervisor)
        #expect(
            try await refusal { try await captures.takeBack(capture.id, seen: judged.time, by: county.township) }
                == .conflict(.judgedMeanwhile))
        _ = try await county.cases.open(CaseDraft(.captures([capture.id])), by: county.supervisor)
        #expect(
            try await refusal { try await captures.takeBack(capture.id, seen: judged.time, by: county.supervisor) }
                == .conflict(.notForCase))
        let other = try await county.captured()
        let late = try await captures.judge(other.id, .confirmed, seen: nil, by: county.supervisor)
        county.clock.advance(by: Captures.undoTime + .seconds(1))
        #expect(
            try await refusal { try await captures.takeBack(other.id, seen: late.time, by: county.supervisor) }
                == .conflict(.judgedMeanwhile))
    }

    @Test(arguments: Engine.all) func `a capture left to a colleague comes first there, and not back`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let captures = office.supervision.captures
            let waiting = try await captured(office, 3)
            let colleague = Principal.person(
                try await office.supervision.people.add(
                    account: "second", name: "Second", role: .supervisor, school: nil, by: .console
                ).person)
            #expect(
                try await captures.colleagues(for: waiting[0].id, of: office.supervisor).map(\.id)
                    == [colleague.person.id])
            try await captures.handOver(
                waiting[0].id, to: colleague.person.id, note: "您熟悉这家", by: office.supervisor)
            #expect(try await captures.nextWaiting(after: nil, for: colleague) == waiting[0].id)
            #expect(try await captures.handedTo(colleague, waiting[0].id)?.note == "您熟悉这家")
            #expect(try await captures.nextWaiting(after: waiting[0].id, for: colleague) == waiting[2].id)
            // Whoever left it goes round the others.
            #expect(try await captures.nextWaiting(after: waiting[1].id, for: office.supervisor) == waiting[2].id)
            #expect(try await office.ledger(.captureHandedOver).count == 1)
            try await captures.judge(waiting[0].id, .confirmed, seen: nil, by: colleague)
            #expect(try await captures.nextWaiting(after: nil, for: colleague) == waiting[2].id)
            #expect(try await captures.proofs().allSatisfy { $0.faults.isEmpty })
        }
    }

    @Test func `nobody leaves a capture to whoever may not judge it, nor a judged one`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = try await captured(office, 1)[0]
        for wrong in [office.head.person.id, office.supervisor.person.id, office.administrator.person.id] {
            #expect(
                try await refusal {
                    try await captures.handOver(capture.id, to: wrong, note: "", by: office.supervisor)
                }
                    == .invalid(.owner, .notAllowed))
        }
        #expect(
            try await refusal {
                try await captures.handOver(
                    capture.id, to: office.supervisor.person.id, note: "", by: office.administrator)
            } == .notPermitted)
        let colleague = try await office.supervision.people.add(
            account: "second", name: "Second", role: .supervisor, school: nil, by: .console
        ).person
        try await captures.judge(capture.id, .confirmed, seen: nil, by: office.supervisor)
        #expect(
            try await refusal {
                try await captures.handOver(capture.id, to: colleague.id, note: "", by: office.supervisor)
            } == .conflict(.judgedMeanwhile))
    }
}
