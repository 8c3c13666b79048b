import Testing

@testable import Domain

struct ParentTests {
    private static let public1 = CameraID(at: UTCTime(milliseconds: 1))
    private static let parents1 = CameraID(at: UTCTime(milliseconds: 2))
    private static let school = SchoolTime(calendar: SchoolCalendar())

    @Test(arguments: [
        ("2026-09-01", "2027-07-31"), ("2027-07-31", "2027-07-31"), ("2027-08-01", "2028-07-31"),
        ("2026-12-31", "2027-07-31"), ("2027-01-01", "2027-07-31"), ("2028-02-29", "2028-07-31"),
    ])
    func `a school year ends with July`(day: String, last: String) throws {
        #expect(SchoolYear.lastDay(of: try #require(Day(day))) == Day(last))
    }

    @Test func `a code is read as people type it`() throws {
        var random = SystemRandomNumberGenerator()
        let code = ParentCode.random(using: &random)
        for typed in [code.grouped, code.grouped.uppercased(), " \(code) ", code.grouped.replacing("-", with: " ")] {
            #expect(ParentCode(typed: typed) == code)
        }
        for typed in ["", "x", "\(code)0", String(repeating: "u", count: 16)] {
            #expect(ParentCode(typed: typed) == nil)
        }
    }

    /// Wednesday.
    private static func time(_ hour: Int) -> UTCTime {
        Day("2026-11-18")!.time(minute: hour * 60, in: .shanghai)
    }

    @Test(arguments: [
        // Hour, everybody's cameras, parents' cameras: public 9 to 13, parents 7 to 18, school 5:30 to 19:30.
        (6, 0, 0), (8, 0, 2), (10, 1, 2), (14, 0, 2), (18, 0, 0), (20, 0, 0),
    ])
    func `parents see more, and never less, than everybody`(hour: Int, everybody: Int, parents: Int) {
        let publication = Publication(
            isOn: true, cameras: [Self.public1],
            parents: ParentShowing(
                cameras: [Self.parents1],
                hours: WorkingHours(startMinute: 420, endMinute: 1080, weekdays: Set(1...7))))
        let time = Self.time(hour)
        #expect(publication.opening(at: time, Self.school).isOpen == (everybody > 0))
        let theirs = publication.openingForParents(at: time, Self.school)
        #expect(theirs.opening.isOpen == (parents > 0) && theirs.cameras.count == parents)
    }

    @Test func `a cut, a day off and a page that is off are so for parents too`() {
        var publication = Publication(
            isOn: true, cameras: [Self.public1], parents: ParentShowing(cameras: [Self.parents1]))
        let time = Self.time(10)
        #expect(publication.openingForParents(at: time, Self.school).opening.isOpen)
        #expect(!publication.openingForParents(at: time + .seconds(3 * 86_400), Self.school).opening.isOpen)
        publication.cut = Publication.Cut(reason: "检修", start: time)
        #expect(publication.openingForParents(at: time, Self.school).cameras.isEmpty)
        publication.cut = nil
        publication.isOn = false
        #expect(publication.openingForParents(at: time, Self.school).opening == .off)
    }

    @Test func `an hour that is the public's alone is the parents' too`() {
        let publication = Publication(
            isOn: true, cameras: [Self.public1],
            parents: ParentShowing(
                cameras: [Self.parents1],
                hours: WorkingHours(startMinute: 900, endMinute: 960, weekdays: Set(1...7))))
        #expect(publication.openingForParents(at: Self.time(10), Self.school).cameras == [Self.public1])
        #expect(publication.openingForParents(at: Self.time(15), Self.school).cameras.count == 2)
    }

    @Test func `an invitation is over when its time is, when all have come, and when it was revoked`() {
        let start = UTCTime(milliseconds: 1000)
        var invitation = ParentInvitation(
            id: ParentInvitationID(at: start), school: SchoolID(at: start), className: "3年2班", mostUses: 2,
            until: start + .seconds(60), madeAt: start)
        #expect(invitation.isOpen(at: start, used: 1))
        #expect(!invitation.isOpen(at: start, used: 2))
        #expect(!invitation.isOpen(at: start + .seconds(60), used: 0))
        invitation.endedAt = start
        #expect(!invitation.isOpen(at: start, used: 0))
    }
}
