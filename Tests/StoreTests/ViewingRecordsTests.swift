import Domain
import TestSupport
import Testing

@testable import Store

struct ViewingRecordsTests {
    private static let token = [UInt8](repeating: 5, count: 32)
    private static let now = TemporaryStore.now

    @Test(arguments: Engine.all)
    func `a reason holds in its session and school until its time, and ends with the session`(
        engine: Engine
    ) async throws {
        try await withStore(engine) { store, _ in
            let person = Person(id: PersonID(at: Self.now), account: "head", name: "Head", role: .administrator)
            let school = School(id: SchoolID(at: Self.now), name: "School")
            let other = School(id: SchoolID(at: Self.now), name: "Other")
            let end = Self.now + .seconds(3600)
            try await store.write { records in
                try records.places.add(school, at: Self.now)
                try records.places.add(other, at: Self.now)
                try records.people.add(person, passwordHash: "$scrypt$x", at: Self.now)
                try records.sessions.add(
                    .init(person: person.id, created: Self.now, expires: Self.now + .seconds(7200)),
                    token: Self.token, remoteAddress: "192.0.2.1")
                let viewings = records.viewings
                try viewings.set(
                    ViewingReason(.inspection), of: school.id, session: Self.token, at: Self.now, until: end)
                let reason = ViewingReason(.caseWork, note: "看", caseNumber: 12)
                try viewings.set(reason, of: school.id, session: Self.token, at: Self.now, until: end)
                #expect(try viewings.reason(of: school.id, session: Self.token, at: Self.now) == reason)
                #expect(try viewings.reason(of: school.id, session: Self.token, at: end) == nil)
                #expect(try viewings.reason(of: other.id, session: Self.token, at: Self.now) == nil)
                let stranger = [UInt8](repeating: 6, count: 32)
                #expect(try viewings.reason(of: school.id, session: stranger, at: Self.now) == nil)
                try records.sessions.remove(Self.token)
                #expect(try viewings.reason(of: school.id, session: Self.token, at: Self.now) == nil)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `viewings and exports come in one order, narrowed by person, school and time`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let schools = [
                School(id: SchoolID(at: Self.now), name: "A"), School(id: SchoolID(at: Self.now), name: "B"),
            ]
            let people = [PersonID(at: Self.now), PersonID(at: Self.now)]
            try await store.write { records in
                var cameras: [CameraID] = []
                for school in schools {
                    try records.places.add(school, at: Self.now)
                    let area = Area(id: AreaID(at: Self.now), school: school.id, kind: .cooking, name: "")
                    try records.places.add(area, at: Self.now)
                    let camera = Camera(
                        id: CameraID(at: Self.now), area: area.id, name: "1",
                        main: SourceAddress(scheme: .rtsp, host: "h"))
                    try records.cameras.add(camera, at: Self.now)
                    cameras.append(camera.id)
                }
                for number in 0..<40 {
                    try records.ledger.append(
                        number % 3 == 0 ? .footageExported : number % 3 == 1 ? .footageViewed : .signedIn,
                        to: "camera/\(cameras[number / 3 % 2])", by: .person(people[number / 6 % 2]),
                        at: Self.now + .seconds(number))
                }
                func all(_ filter: ViewingFilter) throws -> [LedgerEntry] {
                    var found: [LedgerEntry] = []
                    while true {
                        let page = try records.viewings.entries(filter, before: found.last?.sequence, limit: 3)
                        if page.isEmpty { return found }
                        found += page
                    }
                }
                let whole = try all(ViewingFilter())
                #expect(whole.count == 27 && whole.map(\.sequence) == whole.map(\.sequence).sorted(by: >))
                let ofPerson = try all(ViewingFilter(person: people[1]))
                #expect(ofPerson == whole.filter { $0.actor == .person(people[1]) } && !ofPerson.isEmpty)
                let ofSchool = try all(ViewingFilter(school: schools[1].id))
                #expect(ofSchool == whole.filter { $0.subject == "camera/\(cameras[1])" } && !ofSchool.isEmpty)
                let span = TimeSpan(start: Self.now + .seconds(10), end: Self.now + .seconds(20))
                #expect(try all(ViewingFilter(span: span)) == whole.filter { span.contains($0.time) })
            }
        }
    }
}
