import Testing

@testable import Domain

struct TimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01", "08:00:00"), (1_795_392_900_123, "2026-11-23", "08:15:00"),
            (951_782_400_000, "2000-02-29", "08:00:00"), (-1, "1970-01-01", "07:59:59"),
            (4_102_444_799_999, "2100-01-01", "07:59:59"),
        ] as [(Int64, String, String)])
    func `moments read as people in Shanghai write them`(milliseconds: Int64, date: String, clock: String) {
        let civil = TerritoryZone.shanghai.civil(UTCTime(milliseconds: milliseconds))
        #expect(civil.date == date)
        #expect(civil.clock == clock)
    }

    @Test func `every moment of four centuries comes back from its written form`() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<20_000 {
            let time = UTCTime(milliseconds: Int64.random(in: -6_000_000_000_000...6_500_000_000_000, using: &random))
            let zone = TerritoryZone(name: "x", offsetMinutes: Int.random(in: -1080...1080, using: &random))
            #expect(zone.parse(zone.iso8601(time)) == time)
            #expect(TerritoryZone.shanghai.parse(zone.iso8601(time)) == time)
            #expect(zone.day(of: time).contains(time))
        }
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T", "2026-02-30T00:00", "2026-11-23T24:00", "2026-11-23T08:60",
        "2026-11-23T08:15:",
        "2026-11-23T08:15:00.", "2026-11-23T08:15:00+8", "2026-11-23T08:15:00Zx", "2026-13-01T00:00:00Z",
        "日-11-23T08:15:00",
    ])
    func `what is no time is not taken for one`(text: String) {
        #expect(TerritoryZone.shanghai.parse(text) == nil)
    }

    @Test func `spans share what lies in both`() {
        let a = TimeSpan(start: UTCTime(milliseconds: 0), duration: .seconds(10))
        let b = TimeSpan(start: UTCTime(milliseconds: 4000), duration: .seconds(10))
        #expect(a.intersection(b) == TimeSpan(start: b.start, end: a.end))
        #expect(a.intersection(TimeSpan(start: a.end, duration: .seconds(1))) == nil)
        #expect(!a.contains(a.end))
    }

    @Test func `media time keeps hours exactly and rounds milliseconds to the nearest`() {
        #expect(Time90k(.seconds(3600)).ticks == 324_000_000)
        #expect(Time90k(ticks: 134).milliseconds == 1)
        #expect(Time90k(ticks: 135).milliseconds == 2)
        #expect(Time90k(ticks: -135).milliseconds == -2)
        #expect(Time90k(ticks: 90_000).duration == .seconds(1))
    }
}
