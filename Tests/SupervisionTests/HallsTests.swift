import Domain
import Store
import Testing

@testable import Supervision

struct HallsTests {
    private static func person(_ office: Office, _ role: Role) async throws -> Principal {
        .person(
            try await office.supervision.people.add(
                account: "\(role)-of-hall", name: "\(role)", role: role, school: nil, by: .console
            ).person)
    }

    private static func own(_ office: Office, _ name: String = "走廊屏") -> HallScene {
        HallScene(
            id: HallSceneID(at: office.clock.now), name: name,
            panels: [HallPanel(.cameras(HallCameras()), HallFrame(x: 0, y: 0, width: 12, height: 6))])
    }

    @Test(arguments: Engine.all)
    func `a scene is kept, entered, shown and taken away again`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let halls = office.supervision.halls
            let hall = try await Self.person(office, .hall)
            #expect(try await halls.scenes(for: hall) == HallScene.standard)
            #expect(try await halls.showing(for: hall).scene.id == HallScene.overview.id)
            var scene = Self.own(office)
            try await halls.save(scene, by: office.supervisor)
            #expect(try await halls.showing(scene.id, for: hall).scene == scene)
            let first = try await halls.scene(scene.id, for: hall).revision
            scene.panels.append(HallPanel(.notice("欢迎\n光临"), HallFrame(x: 12, y: 0, width: 6, height: 1)))
            try await halls.save(scene, seen: first.number, by: office.administrator)
            #expect(try await halls.scene(scene.id, for: hall).scene.panels.count == 2)
            // Of two who change it at once the second is told.
            await #expect(throws: SupervisionError.conflict(.changedMeanwhile)) {
                try await halls.save(scene, seen: first.number, by: office.supervisor)
            }
            // The same again is no change.
            try await halls.save(scene, by: office.supervisor)
            #expect(try await office.ledger(.hallSceneChanged).count == 2)
            try await halls.remove(scene.id, by: office.supervisor)
            await #expect(throws: SupervisionError.notFound) { try await halls.scene(scene.id, for: hall) }
            #expect(try await office.ledger(.hallSceneRemoved).count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `what the product brings can be changed, and made as it was`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let halls = office.supervision.halls
            var scene = HallScene.overview
            scene.panels.removeLast()
            try await halls.save(scene, by: office.supervisor)
            #expect(try await halls.showing(for: office.supervisor).scene == scene)
            try await halls.remove(scene.id, by: office.supervisor)
            #expect(try await halls.showing(for: office.supervisor).scene == .overview)
        }
    }

    @Test(arguments: Engine.all)
    func `with one switch every screen shows what visitors may see`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let halls = office.supervision.halls
            let hall = try await Self.person(office, .hall)
            let scene = Self.own(office)
            try await halls.save(scene, by: office.supervisor)
            var told = halls.changes().makeAsyncIterator()
            try await halls.setVisiting(true, by: office.supervisor)
            _ = await told.next()
            for asked in [nil, scene.id, HallScene.kitchens.id] {
                let showing = try await halls.showing(asked, for: hall)
                #expect(showing.scene.audience == .visitors && showing.visitingSince == office.clock.now)
            }
            await #expect(throws: SupervisionError.notFound) {
                try await halls.showing(HallSceneID(at: office.clock.now), for: hall)
            }
            // Planning meanwhile doesn't send the visitors away.
            try await halls.change(HallPlan(standard: scene.id), by: office.supervisor)
            #expect(try await halls.showing(for: hall).scene.audience == .visitors)
            try await halls.setVisiting(true, by: office.supervisor)
            try await halls.setVisiting(false, by: office.supervisor)
            #expect(try await halls.showing(for: hall).scene.id == scene.id)
            #expect(try await office.ledger(.hallVisitBegun).count == 1)
            #expect(try await office.ledger(.hallVisitEnded).count == 1)
            #expect(try await office.ledger(.hallPlanChanged).count == 1)
            // A scene that the plan shows stays.
            await #expect(throws: HallFault.inUse) { try await halls.remove(scene.id, by: office.supervisor) }
        }
    }

    @Test func `only those who lay out may change anything, and only watchers see anything`() async throws {
        let office = try await Office()
        let halls = office.supervision.halls
        let hall = try await Self.person(office, .hall)
        await #expect(throws: SupervisionError.notPermitted) { try await halls.save(Self.own(office), by: hall) }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.setVisiting(true, by: hall) }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.change(HallPlan(), by: office.head) }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.setOutline(nil, by: hall) }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.setPositions([], by: hall) }
        await #expect(throws: SupervisionError.notPermitted) {
            try await halls.remove(HallScene.overview.id, by: hall)
        }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.scenes(for: office.head) }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.showing(for: office.head) }
        await #expect(throws: SupervisionError.notPermitted) {
            try await halls.board(of: .overview, for: office.head)
        }
        await #expect(throws: SupervisionError.notPermitted) { try await halls.visitorBoard(for: office.head) }
    }

    @Test func `what can't be shown is refused with everything that is wrong`() async throws {
        let office = try await Office()
        let halls = office.supervision.halls
        var scene = Self.own(office)
        scene.panels.append(HallPanel(.map, HallFrame(x: 10, y: 0, width: 2, height: 2)))
        await #expect(throws: HallFault.scene([.overlapping(0, 1), .tooSmall(1)])) {
            try await halls.save(scene, by: office.supervisor)
        }
        scene = Self.own(office, " ")
        await #expect(throws: SupervisionError.invalid(.name, .empty)) {
            try await halls.save(scene, by: office.supervisor)
        }
        try await halls.save(Self.own(office), by: office.supervisor)
        office.clock.advance(by: .seconds(1))
        await #expect(throws: SupervisionError.conflict(.nameTaken)) {
            try await halls.save(Self.own(office), by: office.supervisor)
        }
        var visitors = HallScene.visitors
        visitors.audience = .staff
        await #expect(throws: HallFault.plan([.notForVisitors])) {
            try await halls.save(visitors, by: office.supervisor)
        }
        await #expect(throws: HallFault.plan([.notForVisitors])) {
            try await halls.change(HallPlan(visitors: HallScene.overview.id), by: office.supervisor)
        }
    }
}
