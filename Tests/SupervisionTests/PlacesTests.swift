import Domain
import Store
import Testing

@testable import Supervision

struct PlacesTests {
    @Test func `everybody sees their own part of the tree, credentials only those who configure`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let all = try await places.tree(for: office.administrator)
        #expect(all.map(\.school) == [office.school, office.otherSchool])
        #expect(all[0].areas == [AreaTree(area: office.area, cameras: [office.camera])])
        #expect(all[1].areas == [])
        let supervisors = try await places.tree(for: office.supervisor)
        #expect(supervisors.map(\.school) == [office.school, office.otherSchool])
        #expect(supervisors[0].areas[0].cameras[0].credentials == nil)
        let own = try await places.tree(for: office.head)
        #expect(own.map(\.school) == [office.school])
        #expect(own[0].areas[0].cameras.map(\.id) == [office.camera.id])
        #expect(own[0].areas[0].cameras[0].credentials == nil)
        #expect(try await refusal { try await places.school(office.otherSchool.id, for: office.head) } == .notFound)
        #expect(try await places.area(office.area.id, for: office.head) == office.area)
    }

    @Test func `areas stand in the order of the work`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        for (kind, name) in [(Area.Kind.other, ""), (.washing, "B"), (.washing, "A"), (.preparation, "")] {
            try await places.addArea(to: office.school.id, kind: kind, name: name, by: office.administrator)
        }
        let areas = try await places.tree(for: .console)[0].areas.map(\.area)
        #expect(areas.map(\.kind) == [.preparation, .washing, .washing, .cooking, .other])
        #expect(areas.map(\.name) == ["", "A", "B", "", ""])
    }

    @Test func `only those who configure may change places`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        for principal in [office.supervisor, office.head] {
            #expect(try await refusal { try await places.addSchool("X", by: principal) } == .notPermitted)
            #expect(
                try await refusal {
                    try await places.changeSchool(School(id: office.school.id, name: "X"), by: principal)
                }
                    == .notPermitted)
            #expect(
                try await refusal { try await places.removeSchool(office.otherSchool.id, by: principal) }
                    == .notPermitted)
            #expect(
                try await refusal { try await places.addArea(to: office.school.id, kind: .other, by: principal) }
                    == .notPermitted)
            #expect(try await refusal { try await places.changeArea(office.area, by: principal) } == .notPermitted)
            #expect(try await refusal { try await places.removeArea(office.area.id, by: principal) } == .notPermitted)
        }
    }

    @Test func `names are unique where they stand`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        #expect(
            try await refusal { try await places.addSchool(" Primary School 1 ", by: .console) }
                == .conflict(.nameTaken))
        #expect(
            try await refusal {
                try await places.changeSchool(
                    School(id: office.otherSchool.id, name: "Primary School 1"), by: .console)
            }
                == .conflict(.nameTaken))
        #expect(
            try await refusal { try await places.addArea(to: office.school.id, kind: .cooking, by: .console) }
                == .conflict(.nameTaken))
        try await places.addArea(to: office.otherSchool.id, kind: .cooking, by: .console)
        #expect(try await refusal { try await places.addSchool("\t", by: .console) } == .invalid(.name, .empty))
        #expect(
            try await refusal { try await places.addSchool(String(repeating: "校", count: 101), by: .console) }
                == .invalid(.name, .tooLong(maximum: 100)))
        #expect(
            try await refusal { try await places.addSchool("a\u{0}b", by: .console) }
                == .invalid(.name, .forbiddenCharacter))
    }

    @Test func `places go only when nothing is left in them`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        #expect(
            try await refusal { try await places.removeSchool(office.school.id, by: .console) } == .conflict(.notEmpty))
        #expect(try await refusal { try await places.removeArea(office.area.id, by: .console) } == .conflict(.notEmpty))
        let recording = office.recording()
        try await office.store.footage.record(recording)
        try await office.supervision.cameras.remove(office.camera.id, by: .console)
        #expect(
            try await refusal { try await places.removeArea(office.area.id, by: .console) } == .conflict(.hasFootage))
        try await office.store.footage.removeFiles([office.recordedPath], because: .age, at: office.clock.now)
        try await places.removeArea(office.area.id, by: .console)
        // The head teacher's account still belongs to it.
        #expect(
            try await refusal { try await places.removeSchool(office.school.id, by: .console) } == .conflict(.notEmpty))
        try await places.removeSchool(office.otherSchool.id, by: .console)
        #expect(try await places.tree(for: .console).map(\.school) == [office.school])
        #expect(try await refusal { try await places.removeSchool(office.otherSchool.id, by: .console) } == .notFound)
    }
}
