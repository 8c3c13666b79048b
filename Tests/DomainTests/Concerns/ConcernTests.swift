import Domain
import Testing

struct ConcernTests {
    private static let start = UTCTime(milliseconds: 1_795_363_200_000)
    private static let school = SchoolID(at: start)
    private static let office = LedgerActor.person(PersonID(at: start))

    private static func received() throws -> Concern {
        try Concern(
            ConcernID(at: start), at: school,
            [ConcernStep(.received(text: "后厨有老鼠", photos: []), by: .anybody, at: start)])
    }

    private static let changes: [ConcernChange] = [
        .received(text: "again", photos: []), .taken, .askedBack(question: "when?"), .added(text: "at noon"),
        .answered(text: "cleaned"), .caseOpened(caseID: CaseID(at: start)), .closed, .rejected(reason: "not ours"),
        .withdrawn,
    ]

    @Test func `an answer is due a day after it came, and not any more once it is there`() throws {
        var concern = try Self.received()
        #expect(concern.due == Self.start + .seconds(86_400))
        #expect(!concern.isOverdue(at: Self.start + .seconds(86_400)))
        #expect(concern.isOverdue(at: Self.start + .seconds(86_401)))
        try concern.apply(ConcernStep(.taken, by: Self.office, at: Self.start + .seconds(60)))
        #expect(concern.state == .taken && concern.due == Self.start + .seconds(86_400))
        try concern.apply(ConcernStep(.answered(text: "x"), by: Self.office, at: Self.start + .seconds(120)))
        #expect(concern.due == nil && concern.answeredAt == Self.start + .seconds(120))
    }

    @Test func `while its sender is asked, the time stands still`() throws {
        var concern = try Self.received()
        try concern.apply(ConcernStep(.askedBack(question: "?"), by: Self.office, at: Self.start + .seconds(3600)))
        #expect(concern.due == nil && !concern.isOverdue(at: Self.start + .seconds(900_000)))
        try concern.apply(ConcernStep(.added(text: "!"), by: .anybody, at: Self.start + .seconds(3600 + 50_000)))
        #expect(concern.state == .received && concern.due == Self.start + .seconds(86_400 + 50_000))
    }

    @Test func `it is closed by itself a week after the answer, or when its case has ended`() throws {
        var concern = try Self.received()
        try concern.apply(ConcernStep(.answered(text: "x"), by: Self.office, at: Self.start))
        #expect(!concern.closesItself(at: Self.start + .seconds(7 * 86_400 - 1), caseEnded: nil))
        #expect(concern.closesItself(at: Self.start + .seconds(7 * 86_400), caseEnded: nil))
        #expect(!concern.closesItself(at: Self.start + .seconds(70 * 86_400), caseEnded: false))
        #expect(concern.closesItself(at: Self.start, caseEnded: true))
        try concern.apply(ConcernStep(.closed, by: .node, at: Self.start))
        #expect(!concern.closesItself(at: Self.start + .seconds(70 * 86_400), caseEnded: nil))
    }

    @Test func `after any row of steps, what is allowed can be applied and nothing else`() throws {
        var random = SeededRandom(seed: 18)
        for _ in 0..<500 {
            var concern = try Self.received()
            var time = Self.start
            for _ in 0..<12 {
                time = time + .seconds(Int.random(in: -100...5000, using: &random))
                let change = Self.changes.randomElement(using: &random)!
                let before = concern
                let isAllowed = before.allows(change)
                do {
                    try concern.apply(ConcernStep(change, by: Self.office, at: time))
                    #expect(isAllowed && concern.version == before.version + 1)
                } catch {
                    #expect(!isAllowed && concern == before)
                }
                #expect((concern.due != nil) == concern.state.isUnanswered)
                #expect((concern.endedAt != nil) == concern.state.isFinal)
                #expect(concern.steps.map(\.time) == concern.steps.map(\.time).sorted())
                if before.state.isFinal { #expect(concern == before) }
            }
            // Read back from its steps it is the same.
            let again = try Concern(concern.id, at: Self.school, concern.steps)
            #expect(again == concern)
        }
    }

    @Test func `a history that doesn't begin with what came is none`() {
        #expect(throws: ConcernFault(version: 1)) {
            _ = try Concern(
                ConcernID(at: Self.start), at: Self.school, [ConcernStep(.taken, by: .node, at: Self.start)])
        }
        #expect(throws: ConcernFault.self) { _ = try Concern(ConcernID(at: Self.start), at: Self.school, []) }
    }

    @Test(arguments: [
        ("7k2m-9q4r-0a1b-zzxy", "7k2m9q4r0a1bzzxy"), (" 7K2M 9Q4R OAIB ZZXY ", "7k2m9q4r0a1bzzxy"), ("short", nil),
        ("7k2m-9q4r-0a1b-zzxu", nil),
    ]) func `a code is read as people type it`(typed: String, code: String?) {
        #expect(ConcernCode(typed: typed)?.rawValue == code)
    }

    @Test func `a code shown in groups is read back`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<100 {
            let code = ConcernCode.random(using: &random)
            #expect(ConcernCode(typed: code.grouped) == code && code.grouped.count == 19)
        }
    }
}
