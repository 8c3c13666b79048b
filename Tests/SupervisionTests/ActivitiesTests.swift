import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct ActivitiesTests {
    @Test(arguments: Engine.all)
    func `an open day goes from its plan to what the county reports`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let fair = try Fair(county)
            let activity = try await fair.published(capacity: ActivityCapacity(3))
            let first = try await fair.signUp(Guest("王女士", as: .parent, count: 2, phone: "138 0000 0000"), activity)
            let second = try await fair.signUp(Guest("李先生", as: .deputy, count: 2, mail: "li@example.org"), activity)
            let third = try await fair.signUp(Guest("赵女士", as: .media), activity)
            #expect([first.state, second.state, third.state] == [.confirmed, .waiting, .waiting])
            #expect(try await fair.activities.place(third.code).position == 2)

            county.clock.advance(by: .seconds(60))
            try await fair.activities.cancel(first.code, from: "192.0.2.9")
            #expect(try await fair.activities.place(second.code).signUp.state == .confirmed)
            #expect(try await fair.activities.place(third.code).signUp.movedUpAt == county.clock.now)
            let letters = try await fair.activities.sheet(of: activity.id, for: county.supervisor).letters
            #expect(letters.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.movedUp, .signedUp])
            #expect(letters.allSatisfy { $0.address == "li@example.org" })

            county.clock.advance(by: fair.plan.span.start - county.clock.now)
            try await fair.activities.checkIn([second.id], of: activity.id, by: county.supervisor)
            #expect(
                try await refusal { try await fair.activities.rate(third.code, stars: 4, words: "", from: "::1") }
                    == .activity(.notThere))
            try await fair.activities.rate(second.code, stars: 4, words: " 很好 ", from: "192.0.2.9")
            let finding = try await fair.activities.add(
                .init(school: office.school.id, area: office.area.id, matter: "生熟未分开", grade: .two, note: "案板"),
                to: activity.id, by: county.supervisor)
            county.clock.advance(by: .seconds(1))
            try await fair.activities.add(
                .init(school: office.school.id, matter: "地面积水", grade: .three, isMended: true), to: activity.id,
                by: county.supervisor)
            let opened = try await fair.activities.openCase(of: finding.id, in: activity.id, by: county.supervisor)
            let opening = try await county.cases.sheet(opened.id, for: county.supervisor).current.opening
            #expect(opening.finding == .init(.activity, "\(activity.id)", at: finding.time))
            #expect(opening.matter == .other("生熟未分开") && opening.area == office.area.id)
            #expect(
                try await refusal {
                    try await fair.activities.openCase(of: finding.id, in: activity.id, by: county.supervisor)
                } == .activity(.hasCase))

            try await fair.activities.handle(.finish, activity.id, by: county.supervisor)
            #expect(try await fair.activities.place(third.code).signUp.state == .absent)
            try await fair.activities.handle(.report("看了烹饪区。"), activity.id, by: county.supervisor)
            let board = try await fair.activities.board(activity.code)
            #expect(board.afterwards?.came == HeadCount([.deputy: 2]) && board.afterwards?.meanStars == 4)
            #expect(board.afterwards?.voices == [] && board.afterwards?.findings.map(\.isMended) == [false, true])
            try await fair.activities.setPublic(true, feedbackOf: second.id, of: activity.id, by: county.supervisor)
            #expect(try await fair.activities.board(activity.code).afterwards?.voices.map(\.words) == ["很好"])

            let counts = try #require(try await fair.activities.yearCounts(for: county.education).first)
            #expect(counts[.openDay].activities == 1 && counts[.openDay].came.total == 2)
            #expect(counts.total.findings == 2 && counts.total.settled == 1 && counts.total.meanStars == 4)
            #expect(try await fair.activities.yearCounts(for: county.otherHead).map(\.total.activities) == [0])
            // Nobody's name, number or address is ever in the ledger.
            let payloads = try await office.allPayloads
            for secret in ["王女士", "李先生", "138 0000 0000", "13800000000", "li@example.org", "很好"] {
                #expect(!payloads.contains(secret))
            }
            #expect(try await office.ledger(.activityMovedUp).count == 2)
        }
    }

    @Test(arguments: Engine.all)
    func `many at once never are more than the places`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let fair = try Fair(county)
            let activity = try await fair.published(capacity: ActivityCapacity(5))
            let forms = try await fair.forms(12, activity)
            let made = try await withThrowingTaskGroup(of: SignUp.self) { group in
                for form in forms {
                    group.addTask {
                        try await fair.activities.signUp(
                            Guest("x", as: .parent), for: activity.code, form: form, from: "192.0.2.1")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(made.count { $0.state == .confirmed } == 5 && made.count { $0.state == .waiting } == 7)
            // All of those with a place call off at once: five others have theirs.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for one in made where one.state == .confirmed {
                    group.addTask { try await fair.activities.cancel(one.code, from: "192.0.2.1") }
                }
                try await group.waitForAll()
            }
            let guests = try await fair.activities.sheet(of: activity.id, for: county.supervisor).guests
            #expect(guests.taken.total == 5 && guests.waiting.count == 2 && guests.signUps.count == 12)
        }
    }

    @Test func `a form sent twice is one sign-up, and one that isn't ours is none`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published()
        let form = try await fair.forms(1, activity)[0]
        let guest = Guest("王", as: .parent)
        let first = try await fair.activities.signUp(guest, for: activity.code, form: form, from: "::1")
        let again = try await fair.activities.signUp(guest, for: activity.code, form: form, from: "::1")
        #expect(first == again)
        let other = try await fair.published()
        for wrong in ["", "a.b.c", form + "0", try await fair.forms(1, other)[0], "x" + form] {
            #expect(
                try await refusal {
                    try await fair.activities.signUp(guest, for: activity.code, form: wrong, from: "::1")
                } == .activity(.formTooOld))
        }
        let fresh = try await fair.forms(1, activity)[0]
        county.clock.advance(by: .seconds(13 * 3600))
        #expect(
            try await refusal { try await fair.activities.signUp(guest, for: activity.code, form: fresh, from: "::1") }
                == .activity(.formTooOld))
        #expect(try await county.office.ledger(.activitySignedUp).count == 1)
    }

    @Test func `one network signs up so often in an hour and no more`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published(capacity: ActivityCapacity(500))
        let forms = try await fair.forms(VisitLimits.signUpsAnHour + 2, activity)
        for form in forms.dropLast(2) {
            _ = try await fair.activities.signUp(
                Guest("x", as: .parent), for: activity.code, form: form, from: "192.0.2.7")
        }
        func last(_ address: String) async throws -> SupervisionError? {
            try await refusal {
                try await fair.activities.signUp(
                    Guest("x", as: .parent), for: activity.code, form: forms.last!, from: address)
            }
        }
        #expect(try await last("192.0.2.7") == .tooManyAttempts(retryAfter: .seconds(3600)))
        #expect(try await last("192.0.2.8") == nil)
        county.clock.advance(by: .seconds(3600))
        #expect(
            try await refusal {
                try await fair.activities.signUp(
                    Guest("x", as: .parent), for: activity.code, form: forms.dropLast().last!, from: "192.0.2.7")
            } == nil)
    }

    @Test func `schools plan for themselves, education and supervisor for all, and others don't`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let own = try await fair.activities.plan(fair.plan, by: county.head)
        let both = try await fair.activities.plan(
            fair.plan(at: [county.office.school.id, county.office.otherSchool.id]), by: county.education)
        #expect(try await refusal { try await fair.activities.plan(fair.plan, by: county.township) } == .notPermitted)
        #expect(
            try await refusal { try await fair.activities.plan(fair.plan, by: county.otherHead) }
                == .invalid(.school, .unknown))
        // Of one that takes place at two schools, each sees it and neither runs it.
        for head in [county.head, county.otherHead] {
            #expect(try await fair.activities.sheet(of: both.id, for: head).isOwn == false)
            #expect(
                try await refusal { try await fair.activities.handle(.publish, both.id, by: head) } == .notPermitted)
        }
        #expect(try await fair.activities.list(for: county.otherHead).map(\.activity.id) == [both.id])
        #expect(try await refusal { try await fair.activities.sheet(of: own.id, for: county.otherHead) } == .notFound)
        #expect(
            try await refusal { try await fair.activities.handle(.publish, own.id, by: county.otherHead) } == .notFound)
        #expect(
            try await refusal {
                try await fair.activities.sheet(of: ActivityID(at: county.clock.now), for: county.supervisor)
            } == .notFound)
        #expect(try await refusal { try await fair.activities.board(own.code) } == .notFound, "a draft")
        // Who doesn't run it knows how many come, and not who.
        try await fair.activities.handle(.publish, own.id, by: county.head)
        _ = try await fair.signUp(Guest("王女士", as: .parent, phone: "13800000000", mail: "w@example.org"), own)
        let seen = try await fair.activities.sheet(of: own.id, for: county.township)
        #expect(seen.guests.signUps.map(\.guest.name) == [""] && seen.guests.signUps[0].guest.phone == nil)
        #expect(seen.letters.isEmpty && seen.guests.taken.total == 1)
        let signUp = try await fair.activities.sheet(of: own.id, for: county.head).guests.signUps[0]
        #expect(signUp.guest.name == "王女士")
        #expect(try await refusal { try await fair.activities.party(signUp.code, for: county.otherHead) } == .notFound)
        #expect(
            try await refusal { try await fair.activities.party(signUp.code, for: county.township) } == .notPermitted)
    }

    @Test func `at the door: early, ticked twice, full, walk-ins`() async throws {
        let county = try await County()
        let (fair, supervisor) = (try Fair(county), county.supervisor)
        let activity = try await fair.published(capacity: ActivityCapacity(3))
        let signUp = try await fair.signUp(Guest("王", as: .parent, count: 2), activity)
        let door = fair.activities
        #expect(
            try await refusal { try await door.checkIn([signUp.id], of: activity.id, by: supervisor) }
                == .activity(.notNow(.published)))
        county.clock.advance(by: fair.plan.span.start - county.clock.now - .seconds(600))
        try await door.checkIn([signUp.id], of: activity.id, heads: HeadCount([.parent: 1]), by: supervisor)
        try await door.checkIn([signUp.id], of: activity.id, by: supervisor)
        #expect(try await county.office.ledger(.activityCheckedIn).count == 1, "two at the door ticked the same name")
        try await door.walkIn(Guest("三（2）班", as: .pupil, count: 2), to: activity.id, by: supervisor)
        #expect(
            try await refusal { try await door.walkIn(Guest("y", as: .other), to: activity.id, by: supervisor) }
                == .activity(.list(.full)))
        #expect(
            try await refusal {
                try await door.walkIn(Guest("y", as: .pupil, phone: "12345678"), to: activity.id, by: supervisor)
            } == .activity(.guest(.contactOfPupil)))
        let sheet = try await door.sheet(of: activity.id, for: supervisor)
        #expect(sheet.activity.state == .running && sheet.guests.came == HeadCount([.parent: 1, .pupil: 2]))
        // Two of that party and two walk-ins would be one too many.
        #expect(
            try await refusal { try await door.undoCheckIn(signUp.id, of: activity.id, by: supervisor) }
                == .activity(.list(.full)))
    }

    @Test func `contacts are gone ninety days afterwards, and the counts stay`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published()
        let signUp = try await fair.signUp(
            Guest("王女士", as: .parent, count: 3, phone: "13800000000", mail: "w@example.org"), activity)
        county.clock.advance(by: fair.plan.span.start - county.clock.now)
        try await fair.activities.checkIn([signUp.id], of: activity.id, by: county.supervisor)
        try await fair.activities.handle(.finish, activity.id, by: county.supervisor)
        county.clock.advance(by: fair.plan.span.end - county.clock.now + .seconds(90 * 86_400 - 1))
        #expect(try await fair.activities.eraseContacts() == 0)
        county.clock.advance(by: .seconds(1))
        #expect(try await fair.activities.eraseContacts() == 1)
        #expect(try await fair.activities.eraseContacts() == 0)
        let sheet = try await fair.activities.sheet(of: activity.id, for: county.supervisor)
        let guest = try #require(sheet.guests.signUps.first?.guest)
        #expect(guest.name == "" && guest.phone == nil && guest.mail == nil && sheet.guests.came.total == 3)
        #expect(sheet.letters.allSatisfy { $0.address == "" && $0.state == .failed })
        #expect(try await county.office.ledger(.activityContactsErased).count == 1)
        #expect(try await fair.activities.claim().isEmpty)
    }

    @Test func `letters are sent once, tried again, and an interrupted one is not lost`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published()
        let asked = try await fair.activities.invite(
            "a@example.org, A@example.org; b@example.org 王@x", to: activity.id, in: .english, by: county.supervisor)
        #expect(asked.new == 2 && asked.wrong == ["王@x"])
        #expect(
            try await fair.activities.invite(
                "b@example.org c@example.org", to: activity.id, in: .english, by: county.supervisor
            ).new == 1)
        let claimed = try await fair.activities.claim()
        #expect(claimed.map(\.letter.address).sorted() == ["a@example.org", "b@example.org", "c@example.org"])
        #expect(try await fair.activities.claim().isEmpty)
        try await fair.activities.finish(claimed[0], with: .sent(answer: "ok"))
        try await fair.activities.finish(claimed[1], with: .later(SendFault(.busy)))
        county.clock.advance(by: .seconds(60))
        #expect(try await fair.activities.claim().map(\.letter.id) == [claimed[1].letter.id])
        county.clock.advance(by: .seconds(120))
        // The third attempt died without a word; its lease is over.
        #expect(try await fair.activities.claim().map(\.letter.id) == [claimed[2].letter.id])
        let log = try await fair.activities.sheet(of: activity.id, for: county.supervisor).letters
        #expect(log.count { $0.state == .sent } == 1)
        #expect(
            try await refusal {
                try await fair.activities.invite("nobody", to: activity.id, in: .english, by: county.supervisor)
            } == .activity(.noAddresses))
    }

    @Test func `sign-up closes when its time is over, and a cancelled day is told to those who come`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published()
        let signUp = try await fair.signUp(Guest("王", as: .parent, mail: "w@example.org"), activity)
        county.clock.advance(by: fair.plan.signUpUntil - .seconds(60) - county.clock.now)
        let form = try await fair.forms(1, activity)[0]
        county.clock.advance(by: .seconds(60))
        #expect(
            try await refusal {
                try await fair.activities.signUp(Guest("李", as: .parent), for: activity.code, form: form, from: "::1")
            } == .activity(.signUpClosed))
        try await fair.activities.closeDue()
        #expect(try await fair.activities.board(activity.code).activity.state == .closed)
        #expect(
            try await refusal {
                try await fair.activities.handle(.cancel(reason: " "), activity.id, by: county.supervisor)
            } == .invalid(.reason, .empty))
        try await fair.activities.handle(.cancel(reason: "下雨"), activity.id, by: county.supervisor)
        #expect(
            try await fair.activities.sheet(of: activity.id, for: county.supervisor).letters.first?.kind == .cancelled)
        #expect(try await fair.activities.nextPublic(school: county.office.school.id).isEmpty)
        #expect(
            try await refusal { try await fair.activities.cancel(signUp.code, from: "::1") }
                == .activity(.notNow(.cancelled)))
    }

    @Test func `a plan changes for those who saw it last, and never below who comes`() async throws {
        let county = try await County()
        let fair = try Fair(county)
        let activity = try await fair.published(capacity: ActivityCapacity(4))
        _ = try await fair.signUp(Guest("王", as: .parent, count: 3), activity)
        let waiting = try await fair.signUp(Guest("李", as: .parent, count: 2), activity)
        var plan = activity.plan
        plan.capacity = ActivityCapacity(2)
        func change(_ seen: Int) async throws -> SupervisionError? {
            let plan = plan
            return try await refusal {
                try await fair.activities.handle(.change(plan), activity.id, seen: seen, by: county.supervisor)
            }
        }
        #expect(try await change(2) == .activity(.list(.belowTaken)))
        plan.capacity = ActivityCapacity(5)
        #expect(try await change(1) == .conflict(.changedMeanwhile))
        #expect(try await change(2) == nil)
        #expect(try await fair.activities.place(waiting.code).signUp.state == .confirmed)
    }
}

/// An open day in a week.
struct Fair {
    let county: County
    let plan: ActivityPlan

    var activities: Activities { county.office.supervision.activities }

    init(_ county: County) throws {
        self.county = county
        let start = county.clock.now + .seconds(7 * 86_400)
        plan = ActivityPlan(
            .openDay, title: "秋季开放日", schools: [county.office.school.id], place: "东门",
            span: TimeSpan(start: start, duration: .seconds(7200)), signUpUntil: start - .seconds(86_400),
            capacity: ActivityCapacity(30), programme: [.init(minute: 540, "参观")], organizer: "县市场监管局")
    }

    func plan(at schools: [SchoolID]) -> ActivityPlan {
        var plan = plan
        plan.schools = schools
        return plan
    }

    func published(capacity: ActivityCapacity = ActivityCapacity(30)) async throws -> Activity {
        var plan = plan
        plan.capacity = capacity
        let activity = try await activities.plan(plan, by: county.supervisor)
        return try await activities.handle(.publish, activity.id, by: county.supervisor)
    }

    func forms(_ count: Int, _ activity: Activity) async throws -> [String] {
        var forms: [String] = []
        for _ in 0..<count { forms.append(try await activities.board(activity.code).formToken) }
        return forms
    }

    func signUp(_ guest: Guest, _ activity: Activity) async throws -> SignUp {
        county.clock.advance(by: .seconds(1))
        return try await activities.signUp(
            guest, for: activity.code, form: try await forms(1, activity)[0], from: "192.0.2.1")
    }
}
