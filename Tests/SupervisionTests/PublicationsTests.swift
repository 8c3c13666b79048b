import Domain
import Store
import Testing

@testable import Supervision

struct PublicationsTests {
    private static func publish(
        _ office: Office, _ change: (inout Publication) -> Void = { _ in }
    ) async throws -> PublicCode {
        var wanted = Publication(isOn: true, cameras: [office.camera.id], hours: .standard)
        change(&wanted)
        let publications = office.supervision.publications
        try await publications.change(wanted, of: office.school.id, by: office.supervisor)
        return try #require(try await publications.sheet(of: office.school.id, for: office.supervisor).code)
    }

    @Test(arguments: Engine.all) func `what is set is kept, entered, and seen by the public`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let publications = office.supervision.publications
            let code = try await Self.publish(office)
            let board = try await publications.board(code)
            #expect(board.school.id == office.school.id && board.opening.isOpen)
            #expect(board.views.map(\.camera) == [office.camera.id])
            #expect(try await publications.showing(office.camera.id, of: code).camera.id == office.camera.id)
            let entries = try await office.ledger(.publicationChanged)
            #expect(entries.count == 1 && entries[0].subject == "school/\(office.school.id)")
            // The same again is no change.
            _ = try await Self.publish(office)
            #expect(try await office.ledger(.publicationChanged).count == 1)
            // The code stays, whatever is changed.
            #expect(try await Self.publish(office) { $0.delaySeconds = 20 } == code)
        }
    }

    @Test(arguments: Engine.all) func `a cut takes the picture away at once, and says why in the ledger`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let publications = office.supervision.publications
            let code = try await Self.publish(office)
            try await publications.cut(office.school.id, reason: "有人晕倒", by: office.head)
            await #expect(throws: SupervisionError.notFound) {
                try await publications.showing(office.camera.id, of: code)
            }
            #expect(try await publications.board(code).opening == .cut(until: nil))
            #expect(try await office.ledger(.publicationCut).first?.payload.contains("有人晕倒") == true)
            // Settings changed meanwhile leave the cut.
            _ = try await Self.publish(office) { $0.delaySeconds = 25 }
            #expect(try await publications.board(code).opening == .cut(until: nil))
            try await publications.restore(office.school.id, by: office.head)
            #expect(try await publications.showing(office.camera.id, of: code).delaySeconds == 25)
            #expect(try await office.ledger(.publicationRestored).count == 1)
        }
    }

    @Test func `closed, switched off and unknown are the same to the public`() async throws {
        let office = try await Office()
        let publications = office.supervision.publications
        let code = try await Self.publish(office)
        var random = SystemRandomNumberGenerator()
        await #expect(throws: SupervisionError.notFound) { try await publications.board(.random(using: &random)) }
        // A camera that isn't opted in.
        await #expect(throws: SupervisionError.notFound) {
            try await publications.showing(CameraID(at: office.clock.now), of: code)
        }
        // Outside of the hours: at night.
        office.clock.advance(by: .seconds(2 * 3600))
        await #expect(throws: SupervisionError.notFound) {
            try await publications.showing(office.camera.id, of: code)
        }
        #expect(!(try await publications.board(code).opening.isOpen))
        _ = try await Self.publish(office) { $0.isOn = false }
        await #expect(throws: SupervisionError.notFound) { try await publications.board(code) }
    }

    @Test func `a school can cut its own picture and decide nothing else`() async throws {
        let office = try await Office()
        let publications = office.supervision.publications
        _ = try await Self.publish(office)
        await #expect(throws: SupervisionError.notPermitted) {
            try await publications.change(Publication(), of: office.school.id, by: office.head)
        }
        await #expect(throws: SupervisionError.notFound) {
            try await publications.cut(office.otherSchool.id, reason: "别的学校", by: office.head)
        }
        #expect(try await publications.list(for: office.head).map(\.tree.school.id) == [office.school.id])
        #expect(try await publications.list(for: office.supervisor).count == 2)
    }

    @Test func `what can't be meant is refused`() async throws {
        let office = try await Office()
        for (change, field) in [
            ({ $0.delaySeconds = 9 }, .delay), ({ $0.delaySeconds = 31 }, .delay),
            ({ $0.cameras = [CameraID(at: office.clock.now)] }, .cameras), ({ $0.cameras = [] }, .cameras),
            ({ $0.hours = WorkingHours(startMinute: 600, endMinute: 600, weekdays: [1]) }, .hours),
        ] as [((inout Publication) -> Void, SupervisionError.Field)] {
            do {
                _ = try await Self.publish(office, change)
                Issue.record("taken: \(field)")
            } catch SupervisionError.invalid(let found, _) {
                #expect(found == field)
            }
        }
        _ = try await Self.publish(office)
        for reason in ["", "x", " "] {
            await #expect(throws: SupervisionError.self) {
                try await office.supervision.publications.cut(office.school.id, reason: reason, by: office.head)
            }
        }
    }

    @Test func `of two who change it at once the second is told`() async throws {
        let office = try await Office()
        let publications = office.supervision.publications
        _ = try await Self.publish(office)
        await #expect(throws: SupervisionError.conflict(.changedMeanwhile)) {
            try await publications.change(
                Publication(isOn: false), of: office.school.id, seen: 0, by: office.administrator)
        }
    }

    @Test func `the public learns of closed cases only, and of no words that somebody wrote`() async throws {
        let county = try await County()
        let office = county.office
        let code = try await Self.publish(office)
        _ = try await county.opened()
        #expect(try await office.supervision.publications.board(code).handled.isEmpty)
        _ = try await county.closed()
        let board = try await office.supervision.publications.board(code)
        #expect(board.handledCount == 1 && board.handled.map(\.matter) == [.item(.noHat)])
    }
}
