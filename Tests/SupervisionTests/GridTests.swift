import Domain
import Store
import Testing

@testable import Supervision

struct GridTests {
    @Test func `a school that moves to another township changes its officers`() async throws {
        let office = try await Office()
        let (places, people) = (office.supervision.places, office.supervision.people)
        let east = try await places.addTownship("East", by: office.administrator)
        let officer = Principal.person(
            try await people.add(
                account: "officer", name: "O", role: .township, school: nil, township: east.id, by: .console
            ).person)
        #expect(try await places.tree(for: officer) == [])
        #expect(
            try await refusal { try await office.supervision.cameras.camera(office.camera.id, for: officer) }
                == .notFound)
        var school = office.school
        (school.township, school.kind) = (east.id, .nineYear)
        try await places.changeSchool(school, by: office.administrator)
        #expect(try await places.tree(for: officer).map(\.school) == [school])
        #expect(try await office.supervision.cameras.camera(office.camera.id, for: officer).id == office.camera.id)
        #expect(
            JSON(parsing: try #require(try await office.ledger(.schoolChanged).first).payload) == [
                "township": ["from": .null, "to": .string("\(east.id)")], "kind": ["from": .null, "to": "nineYear"],
            ])
    }

    @Test func `townships and canteens go only when nothing is left in them`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let east = try await places.addTownship("East", by: .console)
        #expect(try await refusal { try await places.addTownship(" East ", by: .console) } == .conflict(.nameTaken))
        try await places.renameTownship(east.id, to: "Far East", by: .console)
        let school = try await places.addSchool("New", township: east.id, kind: .high, by: .console)
        let canteen = try await places.addCanteen(to: school.id, "North", by: .console)
        let area = try await places.addArea(to: school.id, canteen: canteen.id, kind: .cooking, by: .console)
        #expect(try await refusal { try await places.removeTownship(east.id, by: .console) } == .conflict(.notEmpty))
        #expect(try await refusal { try await places.removeCanteen(canteen.id, by: .console) } == .conflict(.notEmpty))
        try await places.removeArea(area.id, by: .console)
        #expect(try await refusal { try await places.removeSchool(school.id, by: .console) } == .conflict(.notEmpty))
        try await places.removeCanteen(canteen.id, by: .console)
        try await places.removeSchool(school.id, by: .console)
        try await places.removeTownship(east.id, by: .console)
        #expect(try await places.townships(for: .console) == [])
        let acts: [LedgerAct] = [.townshipAdded, .townshipChanged, .townshipRemoved, .canteenAdded, .canteenRemoved]
        for act in acts { #expect(try await office.ledger(act).count == 1, "\(act)") }
    }

    @Test func `an area's canteen is one of its school's`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let canteen = try await places.addCanteen(to: office.otherSchool.id, "North", by: .console)
        #expect(
            try await refusal {
                try await places.addArea(to: office.school.id, canteen: canteen.id, kind: .other, by: .console)
            } == .invalid(.canteen, .unknown))
        var area = office.area
        area.canteen = canteen.id
        #expect(try await refusal { try await places.changeArea(area, by: .console) } == .invalid(.canteen, .unknown))
    }

    @Test func `whoever looks after one canteen sees its cameras only`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let canteen = try await places.addCanteen(to: office.school.id, "North", by: .console)
        let cook = Principal.person(
            try await office.supervision.people.add(
                account: "cook", name: "C", role: .school, school: office.school.id, canteen: canteen.id, by: .console
            ).person)
        #expect(try await places.tree(for: cook).map(\.areas) == [[]])
        #expect(try await refusal { try await places.area(office.area.id, for: cook) } == .notFound)
        var area = office.area
        area.canteen = canteen.id
        try await places.changeArea(area, by: .console)
        #expect(try await places.area(office.area.id, for: cook) == area)
    }

    @Test func `only those who manage the grid change it`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let east = try await places.addTownship("East", by: .console)
        for principal in [office.supervisor, office.head] {
            #expect(try await refusal { try await places.addTownship("X", by: principal) } == .notPermitted)
            #expect(
                try await refusal { try await places.renameTownship(east.id, to: "X", by: principal) } == .notPermitted)
            #expect(try await refusal { try await places.removeTownship(east.id, by: principal) } == .notPermitted)
            #expect(
                try await refusal { try await places.addCanteen(to: office.school.id, "X", by: principal) }
                    == .notPermitted)
        }
    }
}
