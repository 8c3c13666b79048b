import Domain
import Store
import Testing

@testable import Supervision

struct CasesTests {
    @Test func `a capture becomes a case that ends with a passed re-inspection`() async throws {
        let county = try await County()
        let (cases, clock) = (county.cases, county.clock)
        let capture = try await county.captured()
        let opened = try await cases.open(CaseDraft(.captures([capture.id])), by: county.supervisor)
        #expect(opened == .opened(opened.id, number: 1))
        let id = opened.id
        let judged = try await county.office.supervision.captures.capture(capture.id, for: county.supervisor)
        #expect(judged.judgement?.verdict == .confirmed)

        let notice = try await cases.dispatch(id, message: "请整改", seen: 1, by: county.supervisor)
        #expect("\(notice)".hasSuffix("第 0001 号"))
        for body in [county.township, county.education, county.head] {
            let news = try await cases.news(for: body)
            #expect(news.map(\.news.notice) == [.dispatched(notice)])
            #expect(try await cases.countUnread(for: body) == 1)
        }
        #expect(try await cases.news(for: county.supervisor).isEmpty)
        try await cases.act(.acknowledge, on: id, seen: 2, by: county.head)
        clock.advance(by: .seconds(3600))
        try await cases.act(
            .submit(Submission(text: "已整改")), on: id, seen: 3, by: county.head)
        try await cases.act(
            .return(Inspection(.onScreen, note: "看不清")), on: id, seen: 4, by: county.township)
        try await cases.act(
            .submit(Submission(text: "重新提交")), on: id, seen: 5, by: county.head)
        try await cases.act(.pass(Inspection(.onScreen)), on: id, seen: 6, by: county.township)
        for day in [7, 23] {
            let version = try await cases.sheet(id, for: county.township).current.version
            #expect(
                try await refusal {
                    try await cases.act(
                        .reinspect(Inspection(.footage), passed: true), on: id, seen: version, by: county.township)
                }.map { if case .refused(.tooEarly) = $0 { true } else { false } } == true)
            clock.advance(by: .seconds(day * 86_400))
            try await cases.act(
                .reinspect(Inspection(.footage), passed: true), on: id, seen: version, by: county.township)
        }
        let sheet = try await cases.sheet(id, for: county.head)
        #expect(sheet.current.state == .closed)
        #expect(sheet.summary.closedAt == clock.now)
        #expect(sheet.summary.due == nil)
        #expect(sheet.history.map(\.event.version) == Array(1...sheet.current.version))
        #expect(sheet.history[2].person?.id == county.head.person.id)
        #expect(try await cases.proofs().map(\.faults) == [[]])
        #expect(try await cases.countMissing() == 0)
        #expect(try await cases.count(CaseFilter(stage: .closed), for: county.head) == 1)
    }

    @Test func `what people found at a school becomes a case, and a guessed place is not there`() async throws {
        let county = try await County()
        let (cases, school) = (county.cases, county.office.school)
        let finding = CaseOpening.Finding(.inspection, "inspection", at: county.clock.now)
        let draft = CaseDraft(.finding(finding, at: .init(school.id), .other("冷藏温度不达标"), .two), note: "8 °C")
        let id = try await cases.open(draft, by: county.supervisor).id
        let sheet = try await cases.sheet(id, for: county.supervisor)
        #expect(sheet.current.opening.finding == finding && sheet.current.opening.patrol == nil)
        #expect(sheet.summary.matter == .other("冷藏温度不达标") && sheet.current.grade == .two)
        #expect(try await cases.proofs().map(\.faults) == [[]])
        #expect(try await refusal { try await cases.open(draft, by: county.head) } == .notPermitted)
        let other = try await county.office.supervision.places.addSchool("Other", by: .console)
        for place in [
            CaseDraft.FindingPlace(SchoolID(at: county.clock.now)),
            CaseDraft.FindingPlace(other.id, area: county.office.area.id),
            CaseDraft.FindingPlace(school.id, canteen: CanteenID(at: county.clock.now)),
        ] {
            let guessed = CaseDraft(.finding(finding, at: place, .other("x"), .two))
            #expect(try await refusal { try await cases.open(guessed, by: county.supervisor) } == .notFound)
        }
    }

    @Test func `of two at once the second is told, and nothing of the first is lost`() async throws {
        let county = try await County()
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        let refused = try await refusal {
            try await county.cases.dispatch(id, message: "again", seen: 1, by: county.supervisor)
        }
        #expect(refused == .refused(.conflict(current: 2)))
        #expect(try await county.cases.sheet(id, for: county.supervisor).current.notices.count == 1)
    }

    @Test func `only the own part of the county sees a case, and a guessed one is not there`() async throws {
        let county = try await County()
        let id = try await county.opened()
        for outsider in [county.otherHead, county.otherTownship] {
            #expect(try await refusal { try await county.cases.sheet(id, for: outsider) } == .notFound)
            #expect(
                try await refusal {
                    try await county.cases.act(.comment("hello"), on: id, seen: 1, by: outsider)
                } == .notFound)
            #expect(try await county.cases.list(for: outsider).isEmpty)
        }
        #expect(
            try await refusal { try await county.cases.dispatch(id, seen: 1, by: county.head) } == .notPermitted)
        #expect(try await county.cases.list(for: county.head).map(\.id) == [id])
        #expect(try await county.cases.list(for: county.township).map(\.id) == [id])
    }

    @Test func `a capture is part of one case, and a rejected one of none`() async throws {
        let county = try await County()
        let capture = try await county.captured()
        let other = try await county.captured()
        let rejected = try await county.captured()
        let captures = county.office.supervision.captures
        try await captures.judge(
            rejected.id, .rejected(reason: .hatPresent), seen: nil, by: county.supervisor)
        let id = try await county.cases.open(CaseDraft(.captures([capture.id])), by: county.supervisor).id
        for taken in [capture, rejected] {
            #expect(
                try await refusal {
                    try await county.cases.open(CaseDraft(.captures([taken.id])), by: county.supervisor)
                } == .conflict(.notForCase))
        }
        let record = try await captures.capture(other.id, for: county.supervisor)
        #expect(try await county.cases.running(like: record, for: county.supervisor).map(\.id) == [id])
        try await county.cases.add([other.id], to: id, seen: 1, by: county.supervisor)
        #expect(
            try await captures.capture(other.id, for: county.supervisor).judgement?.verdict == .merged(into: id))
        #expect(try await county.cases.sheet(id, for: county.head).captures.count == 2)
        // Its verdict can't be taken back behind the case's back.
        let seen = try await captures.capture(capture.id, for: county.supervisor).judgement?.time
        #expect(
            try await refusal {
                try await captures.judge(
                    capture.id, .rejected(reason: .hatPresent), seen: seen, by: county.supervisor)
            } == .conflict(.notForCase))
        #expect(try await county.cases.proofs().map(\.faults) == [[]])
    }

    @Test func `the same matter soon after closing reopens the case one grade higher`() async throws {
        let county = try await County()
        let id = try await county.closed()
        county.clock.advance(by: .seconds(29 * 86_400))
        let again = try await county.captured()
        let result = try await county.cases.open(CaseDraft(.captures([again.id])), by: county.supervisor)
        #expect(result == .reopened(id, number: 1))
        let current = try await county.cases.sheet(id, for: county.supervisor).current
        #expect(current.grade == .one)
        #expect(current.round == 2)
        #expect(current.captures.contains(again.id))
    }

    @Test func `later than that it is a new case`() async throws {
        let county = try await County()
        _ = try await county.closed()
        county.clock.advance(by: .seconds(32 * 86_400))
        let again = try await county.captured()
        let result = try await county.cases.open(CaseDraft(.captures([again.id])), by: county.supervisor)
        #expect(result == .opened(result.id, number: 2))
    }

    @Test func `a supervisor opens a case for what live video showed`() async throws {
        let county = try await County()
        let patrol = CaseOpening.Patrol(camera: county.office.camera.id, time: county.clock.now, isLive: true)
        let id = try await county.cases.open(
            CaseDraft(.patrol(patrol, .other("生熟混放"), .three), note: "案板"), by: county.supervisor
        ).id
        let sheet = try await county.cases.sheet(id, for: county.head)
        #expect(sheet.camera?.id == county.office.camera.id)
        #expect(sheet.summary.matter == .other("生熟混放"))
        #expect(try await county.cases.count(CaseFilter(text: "混放 案板"), for: county.supervisor) == 1)
        #expect(try await county.cases.count(CaseFilter(text: "混放 没有"), for: county.supervisor) == 0)
        #expect(try await county.cases.count(CaseFilter(text: "#1"), for: county.supervisor) == 1)
    }

    @Test func `the ladder is climbed once, also by two at once and after a pause`() async throws {
        let county = try await County()
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        #expect(try await county.cases.escalate().steps == 0)
        let lookAgain = try #require(try await county.cases.escalate().lookAgain)
        #expect(lookAgain > county.clock.now)
        county.clock.advance(by: .seconds(30 * 86_400))
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { try await county.cases.escalate().steps } }
            return try await group.reduce(0, +)
        }
        let current = try await county.cases.sheet(id, for: county.supervisor).current
        #expect(taken > 0)
        #expect(current.escalations.count == taken)
        #expect(try await county.cases.escalate().steps == 0)
        #expect(try await county.cases.count(CaseFilter(stage: .overdue), for: county.township) == 1)
        let told = try await county.cases.news(for: county.head).count { $0.news.notice == .escalated(.reminder) }
        #expect(told == 1)
        #expect(try await county.cases.proofs().map(\.faults) == [[]])
    }

    @Test func `a list goes on where its page ended, in every order`() async throws {
        let county = try await County()
        for _ in 0..<7 {
            let id = try await county.opened()
            if Int(id.description.utf8.last!) % 2 == 0 {
                try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
            }
        }
        for order in CaseOrder.allCases {
            let whole = try await county.cases.list(CaseFilter(), order, for: county.supervisor).map(\.id)
            var pages: [CaseID] = []
            while true {
                let page = try await county.cases.list(
                    CaseFilter(), order, after: pages.last, limit: 2, for: county.supervisor)
                if page.isEmpty { break }
                pages += page.map(\.id)
            }
            #expect(pages == whole)
            #expect(whole.count == 7)
        }
    }

    @Test func `many notices go out at once, and those that can't say why`() async throws {
        let county = try await County()
        let (first, second) = (try await county.opened(), try await county.opened())
        try await county.cases.act(.comment("note"), on: first, seen: 1, by: county.supervisor)
        try await county.cases.act(.withdraw(reason: "mistake"), on: second, seen: 1, by: county.supervisor)
        let result = try await county.cases.dispatch(
            [(first, 1), (second, 1)], message: "", by: county.supervisor)
        #expect(result.done == [first])
        #expect(result.refused[second] == .refused(.conflict(current: 2)))
    }

    @Test(arguments: ["version", "state", "grade", "matter", "round", "opened_ms", "changed_ms", "search"])
    func `a row that was changed by hand is found`(column: String) async throws {
        let county = try await County()
        _ = try await county.opened()
        let value = ["state": "'closed'", "matter": "'item/rodent'", "search": "'x'"][column] ?? "3"
        try await county.office.tamper("update case_file set \(column) = \(value)")
        let proofs = try await county.cases.proofs()
        let name = column.hasSuffix("_ms") ? String(column.dropLast(3)) : column
        #expect(proofs.map(\.faults) == [[.rowDiffers([name])]])
        try await county.office.tamper("delete from case_capture", "delete from case_file")
        #expect(try await county.cases.countMissing() == 1)
    }
}

/// A county in which everybody who has a part in a case has an account.
struct County {
    let office: Office
    let township: Principal
    let otherTownship: Principal
    let education: Principal
    let otherHead: Principal

    var cases: Cases { office.supervision.cases }
    var clock: FakeClock { office.clock }
    var supervisor: Principal { office.supervisor }
    var head: Principal { office.head }

    /// - Parameter office: nil = one of its own, over a file.
    init(_ office: Office? = nil) async throws {
        if let office { self.office = office } else { self.office = try await Office() }
        let office = self.office
        let supervision = office.supervision
        let east = try await supervision.places.addTownship("East", by: .console)
        let west = try await supervision.places.addTownship("West", by: .console)
        var school = office.school
        school.township = east.id
        try await supervision.places.changeSchool(school, by: .console)
        func person(_ account: String, _ role: Role, school: SchoolID? = nil, township: TownshipID? = nil)
            async throws -> Principal
        {
            .person(
                try await supervision.people.add(
                    account: account, name: account, role: role, school: school, township: township, by: .console
                ).person)
        }
        self.township = try await person("east", .township, township: east.id)
        otherTownship = try await person("west", .township, township: west.id)
        education = try await person("education", .education)
        otherHead = try await person("other-head", .school, school: office.otherSchool.id)
    }

    func captured(_ item: CaptureItem = .noHat) async throws -> Capture {
        clock.advance(by: .seconds(60))
        let capture = office.capture(item: item)
        try await office.supervision.captures.open(capture, first: nil)
        return capture
    }

    func opened() async throws -> CaseID {
        try await cases.open(CaseDraft(.captures([try await captured().id])), by: supervisor).id
    }

    /// A case that went all its way.
    func closed() async throws -> CaseID {
        let id = try await opened()
        try await cases.dispatch(id, seen: 1, by: supervisor)
        try await cases.act(.submit(Submission(text: "done")), on: id, seen: 2, by: head)
        var version = try await cases.act(.pass(Inspection(.onSite)), on: id, seen: 4, by: township).version
        for _ in 0..<2 {
            clock.advance(by: .seconds(30 * 86_400))
            version = try await cases.act(
                .reinspect(Inspection(.onSite), passed: true), on: id, seen: version, by: township
            ).version
        }
        #expect(try await cases.sheet(id, for: head).current.state == .closed)
        return id
    }
}
