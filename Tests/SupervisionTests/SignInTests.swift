import Domain
import Store
import Testing

@testable import Supervision

struct SignInTests {
    @Test func `the first start makes one administrator, once, who must choose a password`() async throws {
        let office = try await Office()
        // Somebody is there already.
        #expect(try await office.supervision.signIn.createFirstAdministrator() == nil)

        let folder = try TemporaryFolder()
        let clock = FakeClock()
        let store = try await folder.openStore(at: clock.now)
        let signIn = Supervision(store: store, time: clock.source, passwordCost: Office.cheap).signIn
        async let first = signIn.createFirstAdministrator()
        async let second = signIn.createFirstAdministrator()
        let made = [try await first, try await second].compactMap { $0 }
        let password = try #require(made.first)
        #expect(made.count == 1)
        let signedIn = try await signIn.signIn(account: "Admin ", password: password, from: "::1")
        #expect(signedIn.person.role == .administrator && signedIn.person.mustChangePassword)
    }

    @Test func `a right password opens a session, which ends when signed out`() async throws {
        let office = try await Office()
        let signIn = office.supervision.signIn
        let (_, password) = try await office.newPerson("cook")
        let session = try await signIn.signIn(account: "COOK", password: password, from: "192.0.2.1")
        #expect(try await signIn.person(forToken: session.token)?.account == "cook")
        #expect(try await signIn.person(forToken: Secret("x")) == nil)
        #expect(try await signIn.person(forToken: Secret(String(repeating: "0", count: 64))) == nil)
        try await signIn.signOut(token: session.token)
        #expect(try await signIn.person(forToken: session.token) == nil)
        try await signIn.signOut(token: session.token)
        #expect(try await office.ledger(.signedIn).count == 1)
        #expect(try await office.ledger(.signedOut).count == 1)
        let text = try await office.allPayloads
        #expect(!text.contains(session.token.reveal()) && !text.contains(password.reveal()))
    }

    @Test func `an unknown account, a wrong password and a switched-off account are refused alike`() async throws {
        let office = try await Office()
        let (person, password) = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        #expect(
            try await refusal {
                try await signIn.signIn(account: "my-password-typed-here", password: password, from: "a")
            }
                == .wrongCredentials)
        #expect(
            try await refusal { try await signIn.signIn(account: "cook", password: Secret("wrong"), from: "a") }
                == .wrongCredentials)
        let session = try await signIn.signIn(account: "cook", password: password, from: "a")
        _ = try await signIn.person(forToken: session.token)
        try await office.supervision.people.setEnabled(false, of: person.id, by: .console)
        #expect(try await signIn.person(forToken: session.token) == nil)
        #expect(
            try await refusal { try await signIn.signIn(account: "cook", password: password, from: "a") }
                == .wrongCredentials)
        let failures = try await office.ledger(.signInFailed)
        #expect(
            failures.map { JSON(parsing: $0.payload)?["reason"]?.string } == ["disabled", "password", "account"])
        #expect(try await !office.allPayloads.contains("my-password-typed-here"))
    }

    @Test func `guessing is slowed down for that account from that address only`() async throws {
        let office = try await Office()
        let (_, password) = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        func attempt(_ password: Secret, from address: String = "192.0.2.1") async throws -> SupervisionError? {
            try await refusal { try await signIn.signIn(account: "cook", password: password, from: address) }
        }
        for _ in 0..<5 { #expect(try await attempt(Secret("wrong")) == .wrongCredentials) }
        #expect(try await attempt(password) == .tooManyAttempts(retryAfter: .seconds(30)))
        #expect(try await attempt(password, from: "192.0.2.2") == nil)
        office.clock.advance(by: .seconds(29))
        #expect(try await attempt(password) == .tooManyAttempts(retryAfter: .seconds(1)))
        office.clock.advance(by: .seconds(1))
        #expect(try await attempt(Secret("wrong")) == .wrongCredentials)
        #expect(try await attempt(password) == .tooManyAttempts(retryAfter: .seconds(60)))
        office.clock.advance(by: .seconds(60))
        #expect(try await attempt(password) == nil)
        #expect(try await attempt(Secret("wrong")) == .wrongCredentials)
        #expect(try await attempt(password) == nil)
        // Refused attempts are not written down: a guesser can't fill the ledger.
        #expect(try await office.ledger(.signInFailed).count == 7)
    }

    @Test func `many guesses at once gain nothing`() async throws {
        let office = try await Office()
        _ = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        let answers = try await withThrowingTaskGroup(of: SupervisionError?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await refusal {
                        try await signIn.signIn(
                            account: "cook", password: Secret("guess \(number)"), from: "2001:db8::\(number)")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == .wrongCredentials }.count == 5)
        #expect(answers.filter { $0 == .tooManyAttempts(retryAfter: .seconds(30)) }.count == 35)
    }

    @Test func `a session ends twelve hours after its last use and seven days after its start`() async throws {
        let office = try await Office()
        let (_, password) = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        let idle = try await signIn.signIn(account: "cook", password: password, from: "a")
        office.clock.advance(by: .seconds(12 * 3600))
        #expect(try await signIn.person(forToken: idle.token) == nil)

        let used = try await signIn.signIn(account: "cook", password: password, from: "a")
        let start = office.clock.now
        while office.clock.now < used.expires - .seconds(6 * 3600) {
            office.clock.advance(by: .seconds(6 * 3600))
            #expect(try await signIn.person(forToken: used.token) != nil)
        }
        #expect(used.expires == start + .seconds(7 * 86_400))
        office.clock.advance(by: .seconds(6 * 3600))
        #expect(try await signIn.person(forToken: used.token) == nil)
    }

    @Test func `a new password ends the other sessions and takes the place of the old one`() async throws {
        let office = try await Office()
        let (person, old) = try await office.newPerson("cook")
        let signIn = office.supervision.signIn
        let here = try await signIn.signIn(account: "cook", password: old, from: "a")
        let elsewhere = try await signIn.signIn(account: "cook", password: old, from: "b")
        let new = Secret("红烧肉 with rice, please")
        #expect(
            try await refusal {
                try await signIn.changeOwnPassword(of: person, old: new, new: Secret("another long one"))
            }
                == .wrongCredentials)
        try await signIn.changeOwnPassword(of: person, old: old, new: new, keeping: here.token)
        #expect(try await signIn.person(forToken: here.token)?.mustChangePassword == false)
        #expect(try await signIn.person(forToken: elsewhere.token) == nil)
        #expect(
            try await refusal { try await signIn.signIn(account: "cook", password: old, from: "a") }
                == .wrongCredentials)
        #expect(try await refusal { try await signIn.signIn(account: "cook", password: new, from: "a") } == nil)
        #expect(
            try await refusal { try await signIn.changeOwnPassword(of: person, old: new, new: new) }
                == .invalid(.password, .sameAsBefore))
    }

    @Test(arguments: [
        ("short", SupervisionError.Flaw.tooShort(minimum: 10)), ("九个汉字九个汉字九", .tooShort(minimum: 10)),
        (String(repeating: "ab c", count: 100), .tooLong(maximum: 256)), ("kitchen-boy", .containsAccount),
        ("Kitchen-Boy12", .containsAccount), ("aaaaaaaaaaaa", .tooSimple), ("1234567890", .tooSimple),
        ("9876543210", .tooSimple), ("abababababab", .tooSimple), ("Password123", .tooSimple),
        ("1q2w3e4r5t", .tooSimple),
    ])
    func `a password that is guessed first is refused`(password: String, flaw: SupervisionError.Flaw) throws {
        #expect(throws: SupervisionError.invalid(.password, flaw)) {
            try PasswordRules.check(Secret(password), account: "kitchen-boy")
        }
    }

    @Test(arguments: ["correct horse", "我家的厨房有三口锅和一个灶", "kitchen-boy's own long password", "x7!kf-29qwz"])
    func `a long password needs nothing else`(password: String) throws {
        try PasswordRules.check(Secret(password), account: "kitchen-boy")
    }

    @Test func `passwords to hand over can be read aloud, differ, and pass our own rules`() throws {
        let passwords = (0..<500).map { _ in InitialPassword.make() }
        #expect(Set(passwords).count == 500)
        for password in passwords {
            #expect(password.reveal().wholeMatch(of: /[a-hj-km-np-z2-9]{5}(-[a-hj-km-np-z2-9]{5}){2}/) != nil)
            try PasswordRules.check(password, account: "admin")
        }
    }
}

extension Office {
    func newPerson(_ account: String, role: Role = .supervisor) async throws -> (Person, Secret) {
        let (person, password) = try await supervision.people.add(
            account: account, name: account, role: role, school: nil, by: .console)
        return (person, password)
    }
}
