import Foundation
import Testing

@testable import Domain

struct CaseEventTests {
    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    static let time = UTCTime(milliseconds: 1_795_392_900_000)
    static let attachment = Attachment(
        id: AttachmentID(UUIDv7("01935d3c-0000-7000-8000-000000000001")!), kind: .photo, sha256: "ab")
    static let capture = CaptureID(UUIDv7("01935d3c-0000-7000-8000-000000000002")!)
    static let inspection = Inspection(.onSite, note: "好")

    /// What the ledger holds can't be written otherwise later: this table only grows.
    static let written: [(CaseChange, String)] = [
        (
            .dispatched(notice: CaseFile.notice, due: time, message: "请整改"),
            #"{"dispatched":{"due":1795392900000,"message":"请整改","notice":"明厨告〔2026〕第 0001 号"}}"#
        ),
        (
            .dispatched(notice: CaseFile.notice, due: nil, message: ""),
            #"{"dispatched":{"message":"","notice":"明厨告〔2026〕第 0001 号"}}"#
        ),
        (.received(by: .educationBureau), #"{"received":{"by":"education"}}"#),
        (.acknowledged, #"{"acknowledged":{}}"#), (.begun(plan: "培训"), #"{"begun":{"plan":"培训"}}"#),
        (
            .submitted(submission: Submission(text: "已改", attachments: [attachment], appointment: time)),
            #"{"submitted":{"submission":{"appointment":1795392900000,"attachments":[{"id":"01935d3c-0000-7000-8000-000000000001","kind":"photo","sha256":"ab"}],"text":"已改"}}}"#
        ),
        (
            .passed(inspection: inspection),
            #"{"passed":{"inspection":{"attachments":[],"method":"onSite","note":"好"}}}"#
        ),
        (
            .returned(inspection: inspection, due: time),
            #"{"returned":{"due":1795392900000,"inspection":{"attachments":[],"method":"onSite","note":"好"}}}"#
        ),
        (
            .reinspected(inspection: inspection, remaining: 1),
            #"{"reinspected":{"inspection":{"attachments":[],"method":"onSite","note":"好"},"remaining":1}}"#
        ),
        (
            .reinspectionFailed(inspection: inspection, due: nil),
            #"{"reinspectionFailed":{"inspection":{"attachments":[],"method":"onSite","note":"好"}}}"#
        ),
        (.closed, #"{"closed":{}}"#),
        (
            .reopened(grade: .one, captures: [capture], reason: "复发"),
            #"{"reopened":{"captures":["01935d3c-0000-7000-8000-000000000002"],"grade":1,"reason":"复发"}}"#
        ),
        (.appealed(reason: "否", attachments: []), #"{"appealed":{"attachments":[],"reason":"否"}}"#),
        (.appealUpheld(reason: "是"), #"{"appealUpheld":{"reason":"是"}}"#),
        (.appealRejected(reason: "否"), #"{"appealRejected":{"reason":"否"}}"#),
        (
            .extensionAsked(until: time, reason: "停水"),
            #"{"extensionAsked":{"reason":"停水","until":1795392900000}}"#
        ),
        (.extended(until: time, reason: "停水"), #"{"extended":{"reason":"停水","until":1795392900000}}"#),
        (.extensionRefused(reason: "否"), #"{"extensionRefused":{"reason":"否"}}"#),
        (.transferred(to: nil, reason: "属地"), #"{"transferred":{"reason":"属地"}}"#),
        (.withdrawn(reason: "误报"), #"{"withdrawn":{"reason":"误报"}}"#),
        (
            .captureAdded(capture: capture),
            #"{"captureAdded":{"capture":"01935d3c-0000-7000-8000-000000000002"}}"#
        ),
        (.commented(text: "看过", attachments: []), #"{"commented":{"attachments":[],"text":"看过"}}"#),
        (.urged(text: "快"), #"{"urged":{"text":"快"}}"#),
        (
            .escalated(key: "k", measure: .yellowCard, to: [.marketRegulation]),
            #"{"escalated":{"key":"k","measure":"yellowCard","to":["market-regulation"]}}"#
        ),
    ]

    @Test(arguments: written.indices)
    func `a change is written as it always was, without fractions, and reads back`(row: Int) throws {
        let (change, json) = Self.written[row]
        #expect(String(decoding: try Self.encoder.encode(change), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(CaseChange.self, from: Data(json.utf8)) == change)
    }

    /// After which states a ledger may hold a change, in the order of ``written``.
    static let possible: [Set<CaseState>] = {
        let live = Set(CaseState.allCases.filter { !$0.isFinal })
        let withSchool: Set<CaseState> = [.dispatched, .acknowledged, .rectifying]
        let all = Set(CaseState.allCases)
        return [
            [.opened], [.opened], live.subtracting([.opened]), [.dispatched], [.acknowledged],
            [.acknowledged, .rectifying], [.submitted], [.submitted], [.reinspection], [.reinspection],
            [.reinspection], [.closed], withSchool, [.appealed], [.appealed], withSchool, withSchool, withSchool, live,
            live, live, all, live, all,
        ]
    }()

    @Test(arguments: written.indices, CaseState.allCases)
    func `a ledger in which a change stands where it can't have happened is refused`(
        row: Int, state: CaseState
    ) throws {
        let file = try CaseFile.inState(state)
        let event = CaseEvent(
            caseID: file.current.id, version: file.current.version + 1, time: file.now, actor: .node, role: nil,
            change: Self.written[row].0)
        if Self.possible[row].contains(state) {
            #expect(try file.current.applying([event]).version == event.version)
        } else {
            #expect(throws: CaseFault(version: event.version, kind: .impossible(in: state))) {
                try file.current.applying([event])
            }
        }
    }

    @Test func `an event names its case, version, time, actor and role`() throws {
        let event = CaseEvent(
            caseID: CaseID(UUIDv7("01935d3c-0000-7000-8000-000000000003")!), version: 2, time: Self.time,
            actor: .node, role: .school, change: .acknowledged)
        #expect(
            String(decoding: try Self.encoder.encode(event), as: UTF8.self)
                == #"{"actor":"node","case":"01935d3c-0000-7000-8000-000000000003","change":{"acknowledged":{}},"role":"school","time":1795392900000,"version":2}"#
        )
    }

    @Test func `an opening reads back with all that it holds`() throws {
        let opening = CaseOpening(
            .other("地面积水"), grade: .three, school: CaseFile.school, office: nil,
            area: AreaID(at: Self.time),
            patrol: .init(camera: CameraID(at: Self.time), time: Self.time, isLive: true), note: "巡查")
        let change = CaseChange.opened(opening: opening)
        let data = try Self.encoder.encode(change)
        #expect(try JSONDecoder().decode(CaseChange.self, from: data) == change)
        #expect(String(decoding: data, as: UTF8.self).contains(#""matter":"other/地面积水""#))
    }

    @Test func `policies, calendars and rosters read back`() throws {
        let history = PolicyHistory([.init(from: Self.time, .standard)])
        #expect(try JSONDecoder().decode(PolicyHistory.self, from: Self.encoder.encode(history)) == history)
        let calendar = Terms.calendar
        #expect(try JSONDecoder().decode(SchoolCalendar.self, from: Self.encoder.encode(calendar)) == calendar)
        let roster = DutyRoster(of: .educationBureau, lead: PersonID(at: Self.time))
        #expect(try JSONDecoder().decode(DutyRoster.self, from: Self.encoder.encode(roster)) == roster)
        let backwards = Data(#"{"first":"2026-09-02","last":"2026-09-01"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(DaySpan.self, from: backwards) }
    }

    @Test func `a history with a hole, a double or another case's event is refused where it breaks`() throws {
        let events = try CaseFile.inState(.closed).events
        #expect(throws: CaseFault(version: 1, kind: .notOpened)) { try Case([CaseEvent]()) }
        #expect(throws: CaseFault(version: 2, kind: .notOpened)) { try Case(events.dropFirst()) }
        var holed = events
        holed.remove(at: 2)
        #expect(throws: CaseFault(version: 4, kind: .version(expected: 3))) { try Case(holed) }
        #expect(throws: CaseFault(version: 2, kind: .version(expected: 3))) {
            try Case(events.prefix(2) + events.dropFirst())
        }
        var swapped = events
        swapped[2].change = .closed
        #expect(throws: CaseFault(version: 3, kind: .impossible(in: .dispatched))) { try Case(swapped) }
        var foreign = events
        foreign[3].caseID = CaseID(at: Self.time)
        #expect(throws: CaseFault(version: 4, kind: .anotherCase)) { try Case(foreign) }
    }
}
