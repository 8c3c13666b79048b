import Domain
import Testing

struct PublicationTests {
    /// 2026-11-23, a Monday, 00:00 in Shanghai.
    private static let monday = UTCTime(milliseconds: 1_795_363_200_000)
    private static let school = SchoolTime(calendar: SchoolCalendar())
    private static let camera = CameraID(at: monday)

    private func opening(_ publication: Publication, day: Int = 0, minute: Int) -> PublicOpening {
        publication.opening(at: Self.monday + .seconds((day * 1440 + minute) * 60), Self.school)
    }

    @Test func `nothing is public unless it is switched on and a camera is chosen`() {
        #expect(opening(Publication(cameras: [Self.camera]), minute: 600) == .off)
        #expect(opening(Publication(isOn: true), minute: 600) == .noCameras)
        #expect(opening(Publication(isOn: true, cameras: [Self.camera]), minute: 600).isOpen)
    }

    @Test func `pictures are shown in the published hours alone`() {
        let publication = Publication(isOn: true, cameras: [Self.camera])
        #expect(!opening(publication, minute: 539).isOpen)
        #expect(opening(publication, minute: 540) == .open(until: Self.monday + .seconds(780 * 60)))
        #expect(opening(publication, minute: 779).isOpen)
        #expect(opening(publication, minute: 780) == .shut(opens: Self.monday + .seconds((1440 + 540) * 60)))
    }

    @Test func `hours beyond the school's own show nothing more`() {
        let publication = Publication(
            isOn: true, cameras: [Self.camera],
            hours: WorkingHours(startMinute: 0, endMinute: 1440, weekdays: Set(1...7)))
        #expect(!opening(publication, minute: 329).isOpen)
        #expect(opening(publication, minute: 330).isOpen)
        #expect(!opening(publication, minute: 1170).isOpen)
        // Saturday, then Monday again.
        #expect(
            opening(publication, day: 5, minute: 600)
                == .shut(opens: Self.monday + .seconds((7 * 1440 + 330) * 60)))
    }

    @Test func `a cut holds until its end, or for ever`() {
        var publication = Publication(isOn: true, cameras: [Self.camera])
        publication.cut = Publication.Cut(reason: "x", start: Self.monday)
        #expect(opening(publication, day: 3, minute: 600) == .cut(until: nil))
        let end = Self.monday + .seconds(610 * 60)
        publication.cut?.end = end
        #expect(opening(publication, minute: 600) == .cut(until: end))
        #expect(opening(publication, minute: 610).isOpen)
    }

    @Test func `a school on holiday says that it doesn't know when it opens`() {
        var calendar = SchoolCalendar()
        calendar.weekdays = []
        let publication = Publication(isOn: true, cameras: [Self.camera])
        #expect(
            publication.opening(at: Self.monday, SchoolTime(calendar: calendar)) == .shut(opens: nil))
    }

    @Test func `codes are read back, and nothing else is a code`() {
        var random = SystemRandomNumberGenerator()
        let codes = (0..<1000).map { _ in PublicCode.random(using: &random) }
        #expect(Set(codes).count == 1000)
        for code in codes { #expect(PublicCode(code.description) == code) }
        for text in [
            "", "abc", String(repeating: "u", count: 16), String(repeating: "A", count: 16), "../../etc/passwd0",
        ] {
            #expect(PublicCode(text) == nil)
        }
    }
}
