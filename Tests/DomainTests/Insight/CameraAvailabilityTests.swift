import Testing

@testable import Domain

struct CameraAvailabilityTests {
    @Test func `only working time counts, and what overlaps counts once`() {
        var random = SeededRandom(seed: 4)
        let start = Terms.moment("2026-11-02 00:00")
        let schools = (0..<2).map { _ in SchoolID(UUIDv7(at: start, using: &random)) }
        let cameras = (0..<3).map { _ in CameraID(UUIDv7(at: start, using: &random)) }
        let hours = WorkingHours(startMinute: 8 * 60, endMinute: 18 * 60, weekdays: Set(1...7))
        let time = SchoolTime(calendar: Terms.calendar, hours: hours)
        func span(_ from: String, _ to: String) -> TimeSpan {
            TimeSpan(start: Terms.moment(from), end: Terms.moment(to))
        }
        let found = CameraAvailability.of(
            [schools[0]: [cameras[0], cameras[1]], schools[1]: [cameras[2]]],
            blind: [
                cameras[0]: [
                    span("2026-11-02 07:00", "2026-11-02 09:00"), span("2026-11-02 08:30", "2026-11-02 10:00"),
                    // A night, and a Sunday.
                    span("2026-11-03 20:00", "2026-11-04 06:00"), span("2026-11-08 08:00", "2026-11-08 20:00"),
                ]
            ],
            times: Dictionary(uniqueKeysWithValues: schools.map { ($0, time) }),
            in: span("2026-11-02 00:00", "2026-11-09 00:00"))
        #expect(found.map(\.school) == schools)
        #expect(found[0].working == .seconds(2 * 5 * 10 * 3600))
        #expect(found[0].lost == .seconds(2 * 3600))
        #expect(found[0].share == 0.98)
        #expect(found[1].share == 1)
    }
}
