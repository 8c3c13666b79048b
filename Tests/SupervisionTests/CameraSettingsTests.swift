import Domain
import Store
import Testing

@testable import Supervision

struct CameraSettingsTests {
    @Test func `a camera is kept as it was drafted and shown by right`() async throws {
        let office = try await Office()
        let cameras = office.supervision.cameras
        #expect(try await cameras.all() == [office.camera])
        #expect(try await cameras.camera(office.camera.id, for: office.administrator) == office.camera)
        #expect(try await cameras.camera(office.camera.id, for: office.head).credentials == nil)
        let stranger = try await office.supervision.people.add(
            account: "other", name: "Other", role: .school, school: office.otherSchool.id, by: .console
        ).person
        #expect(try await refusal { try await cameras.camera(office.camera.id, for: .person(stranger)) } == .notFound)
        for principal in [office.supervisor, office.head] {
            let draft = CameraDraft(area: office.area.id, name: "X", main: office.camera.main)
            #expect(try await refusal { try await cameras.add(draft, by: principal) } == .notPermitted)
            #expect(try await refusal { try await cameras.change(office.camera, by: principal) } == .notPermitted)
            #expect(try await refusal { try await cameras.remove(office.camera.id, by: principal) } == .notPermitted)
        }
    }

    @Test func `the ledger never holds what opens a camera`() async throws {
        let office = try await Office()
        var camera = office.camera
        camera.credentials = Credentials(user: "hidden-user", password: Secret("hidden-new-password"))
        camera.main = SourceAddress(scheme: .rtsp, host: "10.0.0.7", path: "/user=hidden-path2")
        camera.name = "Big stove"
        try await office.supervision.cameras.change(camera, by: office.administrator)
        try await office.supervision.cameras.remove(camera.id, by: office.administrator)
        let text = try await office.allPayloads
        #expect(!text.contains("hidden"))
        let entry = try #require(try await office.ledger(.cameraChanged).first)
        #expect(
            JSON(parsing: entry.payload) == [
                "name": ["from": "Stove", "to": "Big stove"], "changed": ["credentials", "main"],
            ])
    }

    @Test func `the revision grows with each change that counts and with nothing else`() async throws {
        let office = try await Office()
        let cameras = office.supervision.cameras
        var last = try await cameras.revision()
        func expectGrown(_ comment: Comment) async throws {
            let now = try await cameras.revision()
            #expect(now > last, comment)
            last = now
        }
        var camera = office.camera
        camera.isRecorded = false
        try await cameras.change(camera, by: .console)
        try await expectGrown("camera changed")
        try await office.supervision.places.changeSchool(
            School(id: office.school.id, name: "New name"), by: .console)
        try await expectGrown("school renamed")
        try await cameras.change(camera, by: .console)
        _ = try await office.newPerson("cook")
        #expect(try await cameras.revision() == last)
        try await cameras.remove(camera.id, by: .console)
        try await expectGrown("camera removed")
    }

    @Test func `what no camera can have is refused with its field`() async throws {
        let office = try await Office()
        let draft = CameraDraft(area: office.area.id, name: "New", main: office.camera.main)
        func add(_ edit: (inout CameraDraft) -> Void) async throws -> SupervisionError? {
            var edited = draft
            edit(&edited)
            return try await refusal { [edited] in try await office.supervision.cameras.add(edited, by: .console) }
        }
        #expect(try await add { $0.name = "" } == .invalid(.name, .empty))
        #expect(try await add { $0.name = "Stove" } == .conflict(.nameTaken))
        #expect(try await add { $0.area = AreaID(at: office.clock.now) } == .invalid(.area, .unknown))
        #expect(
            try await add { $0.retentionDays = 6 } == .invalid(.retentionDays, .outOfRange(minimum: 7, maximum: 3650)))
        #expect(
            try await add { $0.main = SourceAddress(scheme: .rtsp, host: "") } == .invalid(.main, .forbiddenCharacter))
        #expect(
            try await add { $0.sub = SourceAddress(scheme: .rtsp, host: "a", path: "/\n") }
                == .invalid(.sub, .forbiddenCharacter))
        #expect(
            try await add { $0.credentials = Credentials(user: "a\r\nX: y", password: Secret("")) }
                == .invalid(.credentials, .forbiddenCharacter))
        #expect(try await add { $0.retentionDays = 7 } == nil)
    }
}
