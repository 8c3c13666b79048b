import Domain
import Store
import Testing

@testable import Supervision

struct HallBoardTests {
    private static func hall(_ office: Office, township: TownshipID? = nil) async throws -> Principal {
        .person(
            try await office.supervision.people.add(
                account: township == nil ? "hall" : "hall-of-township", name: "Hall", role: .hall, school: nil,
                township: township, by: .console
            ).person)
    }

    @Test(arguments: Engine.all)
    func `a screen knows of open cases, captures and figures, and of no words in them`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let hall = try await Self.hall(office)
            let halls = office.supervision.halls
            let id = try await county.opened()
            try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
            let board = try await halls.board(of: .overview, for: hall)
            #expect(board.openCases.map(\.id) == [id] && board.openCount == 1)
            #expect(board.burdens[office.school.id]?.open == 1)
            #expect(board.captures.count == 1 && board.figures?.opened == 1)
            #expect(board.kitchens(HallCameras()).map(\.camera.id).contains(office.camera.id))
            #expect(board.trees.allSatisfy { $0.areas.allSatisfy { $0.cameras.allSatisfy { $0.credentials == nil } } })
            // Past its deadline it comes first and weighs on its school.
            office.clock.advance(by: .seconds(40 * 86_400))
            let later = try await halls.board(of: .overview, for: hall)
            #expect(later.openCases.first?.isOverdue == true)
            #expect(later.burdens[office.school.id]?.overdue == 1)
            // What a scene doesn't show isn't looked up.
            let plain = HallScene(
                id: HallScene.kitchens.id, name: "",
                panels: [HallPanel(.clock, HallFrame(x: 0, y: 0, width: 6, height: 1))])
            let nothing = try await halls.board(of: plain, for: hall)
            #expect(nothing.openCases.isEmpty && nothing.captures.isEmpty && nothing.figures == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `early warnings stand on the screen until somebody ends them`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let hall = try await Self.hall(office)
            let elsewhere = try await Self.hall(office, township: county.otherTownship.person.township)
            try await county.switchOn(.repeated(RepeatRule(.phone, count: 3, days: 7)))
            for _ in 0..<3 { _ = try await county.captured(.phone) }
            #expect(try await office.supervision.warnings.evaluate().given == 1)
            let warning = try #require(
                try await office.supervision.halls.board(of: .overview, for: hall).warnings.first)
            #expect(warning.file.warning.reason.kind == .repeated && warning.place == office.school.name)
            #expect(try await office.supervision.halls.board(of: .overview, for: elsewhere).warnings.isEmpty)
            try await office.supervision.warnings.end(
                warning.file.id, .settled(note: "x"), by: county.supervisor)
            #expect(try await office.supervision.halls.board(of: .overview, for: hall).warnings.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a township's screen shows its own kitchens only`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            _ = try await County(office)
            let township = try await office.supervision.places.addTownship("湖阳", by: .console)
            var other = office.otherSchool
            other.township = township.id
            try await office.supervision.places.changeSchool(other, by: .console)
            let hall = try await Self.hall(office, township: township.id)
            let board = try await office.supervision.halls.board(of: .overview, for: hall)
            #expect(board.trees.map(\.school.id) == [other.id] && board.kitchens(HallCameras()).isEmpty)
        }
    }

    @Test func `kitchens turn by risk, or township by township`() async throws {
        let office = try await Office()
        let a = TownshipID(at: UTCTime(milliseconds: 1))
        let b = TownshipID(at: UTCTime(milliseconds: 2))
        func tree(_ number: Int64, _ name: String, _ township: TownshipID?) -> SchoolTree {
            let school = School(id: SchoolID(at: UTCTime(milliseconds: 10 + number)), name: name, township: township)
            let area = Area(
                id: AreaID(at: UTCTime(milliseconds: 20 + number)), school: school.id, kind: .cooking, name: "")
            var camera = office.camera
            camera.name = name
            return SchoolTree(
                school: school, canteens: [], areas: [AreaTree(area: area, canteen: nil, cameras: [camera])])
        }
        let trees = [tree(1, "甲", nil), tree(2, "乙", b), tree(3, "丙", a), tree(4, "丁", b)]
        let board = HallBoard(
            trees: trees, townships: [a: Township(id: a, name: "A"), b: Township(id: b, name: "B")], positions: [:],
            openCases: [], openCount: 0, burdens: [:], warnings: [], captures: [], figures: nil,
            handled: [], handledCount: 0, risks: [trees[1].school.id: 2, trees[0].school.id: 5])
        #expect(board.kitchens(HallCameras(order: .risk)).map(\.school.name).prefix(2) == ["甲", "乙"])
        let byPlace = board.kitchens(HallCameras(order: .place)).map(\.school.name)
        #expect(byPlace.first == "丙" && byPlace.last == "甲" && Set(byPlace[1...2]) == ["乙", "丁"])
        #expect(
            Set(board.kitchens(HallCameras(territory: .township(b))).map(\.school.name)) == ["乙", "丁"])
        #expect(
            board.kitchens(HallCameras(territory: .school(trees[2].school.id))).map(\.school.name) == ["丙"])
    }

    @Test(arguments: Engine.all) func `risks are those of the patrol list`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            _ = try await County(office).opened()
            try await office.supervision.insights.warmUp()
            let risks = try #require(try await office.supervision.patrols.risks(in: .county))
            guard case .ready(let sheet) = try await office.supervision.patrols.sheet(for: office.supervisor) else {
                Issue.record("not loaded")
                return
            }
            for entry in sheet.list.entries { #expect(abs(risks[entry.school]! - entry.risk.rate) < 1e-9) }
        }
    }

    @Test(arguments: Engine.all)
    func `visitors see opted-in pictures of open schools and closed cases, nothing else`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let hall = try await Self.hall(office)
            let halls = office.supervision.halls
            _ = try await county.opened()
            _ = try await county.closed()
            var board = try await halls.visitorBoard(for: hall)
            #expect(board.schools.isEmpty && board.views.isEmpty && board.handled.isEmpty)
            let always = WorkingHours(startMinute: 0, endMinute: 1440, weekdays: Set(1...7))
            try await office.supervision.publications.change(
                Publication(isOn: true, cameras: [office.camera.id], hours: always), of: office.school.id,
                by: office.supervisor)
            board = try await halls.visitorBoard(for: hall)
            #expect(board.schools.map(\.school.id) == [office.school.id])
            // Only the one that ended; what is open is nobody's business.
            #expect(board.handledCount == 1 && board.handled.map(\.school.id) == [office.school.id])
            let isOpen = board.schools[0].opening.isOpen
            #expect(board.views.map(\.camera) == (isOpen ? [office.camera.id] : []))
            try await office.supervision.publications.cut(office.school.id, reason: "检修设备", by: office.supervisor)
            #expect(try await halls.visitorBoard(for: hall).views.isEmpty)
        }
    }

    @Test(arguments: Engine.all) func `the map is drawn from what was given`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let halls = office.supervision.halls
            let file = try GeoJSON(
                Array(#"{"type":"Polygon","coordinates":[[[118,31],[119,31],[119,32],[118,31]]]}"#.utf8))
            try await halls.setOutline(try file.outline(), by: office.supervisor)
            let point = GeoPoint(latitude: 31.5, longitude: 118.5)!
            let done = try await halls.setPositions(
                [
                    SchoolPosition(name: office.school.name, point: point), SchoolPosition(name: "没有这所", point: point),
                ], by: office.supervisor)
            #expect(done.changed == 1 && done.unknown == ["没有这所"])
            try await halls.setPosition(of: office.otherSchool.id, point, by: office.administrator)
            var map = try await halls.map(for: office.supervisor)
            #expect(map.outline?.pointCount == 4 && map.schools.allSatisfy { $0.point == point })
            // The same again is no change.
            try await halls.setOutline(try file.outline(), by: office.supervisor)
            try await halls.setPosition(of: office.otherSchool.id, point, by: office.administrator)
            #expect(try await office.ledger(.countyOutlineChanged).count == 1)
            #expect(try await office.ledger(.schoolPositionChanged).count == 2)
            try await halls.setPosition(of: office.otherSchool.id, nil, by: office.administrator)
            try await halls.setOutline(nil, by: office.administrator)
            map = try await halls.map(for: office.supervisor)
            #expect(map.outline == nil && map.schools.count { $0.point == nil } == 1)
            await #expect(throws: SupervisionError.notFound) {
                try await halls.setPosition(of: SchoolID(at: office.clock.now), point, by: office.administrator)
            }
        }
    }

    @Test func `a hall's session outlives a working week`() async throws {
        let office = try await Office()
        let (_, initial) = try await office.supervision.people.add(
            account: "screen", name: "Screen", role: .hall, school: nil, by: .console)
        let session = try await office.supervision.signIn.signIn(
            account: "screen", password: initial, from: "192.0.2.1")
        for _ in 0..<40 {
            office.clock.advance(by: .seconds(3 * 86_400))
            #expect(try await office.supervision.signIn.person(forToken: session.token) != nil)
        }
        office.clock.advance(by: .seconds(8 * 86_400))
        #expect(try await office.supervision.signIn.person(forToken: session.token) == nil)
    }
}
