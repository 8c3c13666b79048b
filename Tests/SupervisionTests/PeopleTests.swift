import Domain
import Store
import Testing

@testable import Supervision

struct PeopleTests {
    @Test func `there is always an administrator who can sign in`() async throws {
        let office = try await Office()
        let people = office.supervision.people
        var chief = office.administrator.person
        chief.role = .supervisor
        #expect(try await refusal { try await people.change(chief, by: .console) } == .conflict(.lastAdministrator))
        #expect(
            try await refusal { try await people.setEnabled(false, of: chief.id, by: office.administrator) }
                == .conflict(.lastAdministrator))
        #expect(try await people.person(chief.id, for: .console) == office.administrator.person)
        let (second, _) = try await office.newPerson("deputy", role: .administrator)
        try await people.setEnabled(false, of: chief.id, by: office.administrator)
        #expect(
            try await refusal { try await people.setEnabled(false, of: second.id, by: .console) }
                == .conflict(.lastAdministrator))
        // Switched off, the chief may nothing more, although an old copy of the person says otherwise.
        #expect(
            try await refusal { try await people.setEnabled(true, of: chief.id, by: office.administrator) }
                == .notPermitted)
    }

    @Test func `only administrators manage people, everybody may see oneself`() async throws {
        let office = try await Office()
        let people = office.supervision.people
        for principal in [office.supervisor, office.head] {
            let id = principal.person.id
            #expect(try await refusal { try await people.list(for: principal) } == .notPermitted)
            #expect(try await people.person(id, for: principal).id == id)
            #expect(
                try await refusal { try await people.person(office.administrator.person.id, for: principal) }
                    == .notPermitted)
            #expect(
                try await refusal {
                    try await people.add(account: "mine", name: "M", role: .administrator, school: nil, by: principal)
                } == .notPermitted)
            #expect(try await refusal { try await people.change(principal.person, by: principal) } == .notPermitted)
            #expect(try await refusal { try await people.resetPassword(of: id, by: principal) } == .notPermitted)
        }
        #expect(try await people.list(for: office.administrator).map(\.account) == ["chief", "head", "super"])
    }

    @Test func `accounts are one whatever their case`() async throws {
        let office = try await Office()
        let people = office.supervision.people
        #expect(
            try await refusal {
                try await people.add(account: "CHIEF", name: "X", role: .supervisor, school: nil, by: .console)
            } == .conflict(.accountTaken))
        var head = office.head.person
        head.account = "Chief"
        #expect(try await refusal { try await people.change(head, by: .console) } == .conflict(.accountTaken))
        head.account = "HEAD"
        #expect(try await people.change(head, by: .console).account == "HEAD")
    }

    @Test(arguments: [
        ("", SupervisionError.Flaw.empty), (" ", .empty), ("a", .tooShort(minimum: 2)),
        (String(repeating: "a", count: 65), .tooLong(maximum: 64)), ("a b", .forbiddenCharacter),
        ("a\nb", .forbiddenCharacter), ("a'; drop table person; --", .forbiddenCharacter), ("a/b", .forbiddenCharacter),
        ("e\u{301}a", .forbiddenCharacter), ("\u{202E}nimda", .forbiddenCharacter),
    ])
    func `an account that could be mistaken is refused`(account: String, flaw: SupervisionError.Flaw) async throws {
        let office = try await Office()
        #expect(
            try await refusal {
                try await office.supervision.people.add(
                    account: account, name: "X", role: .supervisor, school: nil, by: .console)
            } == .invalid(.account, flaw))
    }

    @Test func `each role is bound to what it needs and to nothing else`() async throws {
        let office = try await Office()
        let people = office.supervision.people
        let places = office.supervision.places
        let (school, now) = (office.school.id, office.clock.now)
        let township = try await places.addTownship("East", by: .console).id
        let canteen = try await places.addCanteen(to: school, "North", by: .console).id
        func add(
            _ role: Role, _ school: SchoolID?, township: TownshipID? = nil, canteen: CanteenID? = nil
        ) async throws -> SupervisionError? {
            try await refusal {
                try await people.add(
                    account: "n\(PersonID(at: now))", name: "N", role: role, school: school, township: township,
                    canteen: canteen, by: .console)
            }
        }
        #expect(try await add(.school, nil) == .invalid(.school, .empty))
        #expect(try await add(.school, SchoolID(at: office.clock.now)) == .invalid(.school, .unknown))
        #expect(try await add(.school, school, township: township) == .invalid(.township, .notAllowed))
        #expect(try await add(.school, school, canteen: CanteenID(at: now)) == .invalid(.canteen, .unknown))
        #expect(try await add(.school, office.otherSchool.id, canteen: canteen) == .invalid(.canteen, .unknown))
        #expect(try await add(.school, school) == nil)
        #expect(try await add(.school, school, canteen: canteen) == nil)
        #expect(try await add(.township, nil) == .invalid(.township, .empty))
        #expect(try await add(.township, nil, township: TownshipID(at: now)) == .invalid(.township, .unknown))
        #expect(try await add(.township, school, township: township) == .invalid(.school, .notAllowed))
        #expect(try await add(.township, nil, township: township) == nil)
        #expect(try await add(.administrator, school) == .invalid(.school, .notAllowed))
        #expect(try await add(.administrator, nil, township: township) == .invalid(.township, .notAllowed))
        for role in [Role.supervisor, .education, .viewer, .hall] {
            #expect(try await add(role, nil) == nil)
            #expect(try await add(role, nil, township: township) == nil)
            #expect(try await add(role, school) == nil)
            #expect(try await add(role, school, township: township) == .invalid(.township, .notAllowed))
        }
    }

    @Test func `a reset password ends sessions and must be changed`() async throws {
        let office = try await Office()
        let (person, old) = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        let session = try await signIn.signIn(account: "cook", password: old, from: "a")
        _ = try await signIn.person(forToken: session.token)
        let new = try await office.supervision.people.resetPassword(of: person.id, by: office.administrator)
        #expect(try await signIn.person(forToken: session.token) == nil)
        #expect(
            try await refusal { try await signIn.signIn(account: "cook", password: old, from: "a") }
                == .wrongCredentials)
        #expect(try await signIn.signIn(account: "cook", password: new, from: "a").person.mustChangePassword)
    }

    @Test func `names that look like statements are just text`() async throws {
        let office = try await Office()
        let name = "Robert'); DROP TABLE person;-- \"\\ <script>"
        let (person, _) = try await office.supervision.people.add(
            account: "bobby", name: name, role: .supervisor, school: nil, by: .console)
        #expect(try await office.supervision.people.person(person.id, for: .console).name == name)
        let school = try await office.supervision.places.addSchool(name, by: .console)
        #expect(try await office.supervision.places.school(school.id, for: .console).name == name)
        #expect(try await office.supervision.ledger.verify(for: .console).fault == nil)
    }

    @Test func `the ledger says what changed`() async throws {
        let office = try await Office()
        var head = office.head.person
        head.school = office.otherSchool.id
        head.name = "New Head"
        try await office.supervision.people.change(head, by: office.administrator)
        try await office.supervision.people.change(head, by: office.administrator)
        let entries = try await office.ledger(.personChanged)
        #expect(entries.count == 1 && entries[0].actor == office.administrator.actor)
        #expect(
            JSON(parsing: entries[0].payload) == [
                "name": ["from": "Head", "to": "New Head"],
                "school": [
                    "from": .string(office.school.id.description), "to": .string(office.otherSchool.id.description),
                ],
            ])
    }
}
