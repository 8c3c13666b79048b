import Testing

@testable import Domain

struct DutyRosterTests {
    let people = (1...4).map { PersonID(at: UTCTime(milliseconds: $0)) }

    func hours(_ range: ClosedRange<Int64>) -> TimeSpan {
        TimeSpan(
            start: UTCTime(milliseconds: range.lowerBound * 3_600_000),
            end: UTCTime(milliseconds: range.upperBound * 3_600_000))
    }

    @Test(
        arguments: [
            (0, 3, "nobody's turn: the lead"), (8, 0, "on turn"), (13, 1, "absent: the first substitute"),
            (14, 2, "both absent: the second"), (15, 3, "all absent: the lead"), (17, 1, "an exchange over the plan"),
            (20, 3, "the turn has ended"),
        ] as [(Int64, Int, String)])
    func `there is always somebody on duty`(hour: Int64, expected: Int, why: String) {
        let roster = DutyRoster(
            of: .marketRegulation, lead: people[3],
            turns: [
                .init(hours(8...20), person: people[0], substitutes: [people[1], people[2]]),
                .init(hours(17...18), person: people[1]),
            ],
            absences: [
                .init(people[0], hours(13...16)), .init(people[1], hours(14...16)), .init(people[2], hours(15...16)),
                .init(people[3], hours(0...24)),
            ])
        #expect(roster.onDuty(at: UTCTime(milliseconds: hour * 3_600_000)).person == people[expected], "\(why)")
    }
}
