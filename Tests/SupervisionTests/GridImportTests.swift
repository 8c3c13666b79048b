import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct GridImportTests {
    private static let headings = [
        "township", "school", "school kind", "canteen", "area kind", "area name", "camera", "main", "user", "password",
    ]
    private static let file = (name: "list.csv", sha256: [UInt8](repeating: 7, count: 32))

    private static func list(_ lines: [[String]]) throws -> GridList {
        try GridList(
            ([headings] + lines).enumerated().map { index, cells in
                (index + 1, Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0 + 1, $1) }))
            })
    }

    private static let county = [
        ["East", "Primary School 1", "", "", "", "", "", "", "", ""],
        ["East", "New School", "primary", "North", "cooking", "", "Stove", "rtsp://10.0.0.1/a", "cam", "word"],
        ["East", "New School", "", "North", "cooking", "", "Sink", "rtsp://10.0.0.2/a", "", ""],
        ["East", "New School", "", "", "washing", "Yard", "", "", "", ""],
        ["West", "", "", "", "", "", "", "", "", ""],
    ]

    @Test(arguments: [Engine.sqlite, .postgreSQL])
    func `a list is added as a whole, each thing with its entry, and a second time nothing is left to add`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let places = office.supervision.places
            // The school that is there belongs to no township: what the list says of it must be put right first.
            let first = try await places.plan(try Self.list(Self.county), for: office.administrator)
            #expect(first.faults == [.init(row: 2, .township, .otherTownship(""))])
            let list = try Self.list(Array(Self.county.dropFirst()))
            let plan = try await places.plan(list, for: office.administrator)
            #expect(plan.faults == [] && plan.knownLines == 0)
            let counts = plan.counts
            #expect(
                [counts.townships, counts.schools, counts.canteens, counts.areas, counts.cameras] == [2, 1, 1, 2, 2])
            #expect(try await office.ledger(.gridImported).isEmpty)
            let before = try await office.ledger(.cameraAdded).count
            #expect(try await places.add(list, as: plan, from: Self.file, by: office.administrator) == nil)
            let tree = try #require(
                try await places.tree(for: office.administrator).first { $0.school.name == "New School" })
            #expect(tree.school.kind == .primary)
            #expect(tree.canteens.map(\.name) == ["North"])
            #expect(Set(tree.areas.map(\.area.kind)) == [.cooking, .washing])
            let kitchen = try #require(tree.areas.first { $0.area.kind == .cooking })
            #expect(kitchen.canteen?.name == "North" && Set(kitchen.cameras.map(\.name)) == ["Stove", "Sink"])
            let stove = try #require(kitchen.cameras.first { $0.name == "Stove" })
            #expect(stove.credentials == Credentials(user: "cam", password: Secret("word")))
            #expect(try await office.ledger(.cameraAdded).count == before + 2)
            let entry = try #require(try await office.ledger(.gridImported).first)
            #expect(entry.payload.contains("list.csv") && entry.payload.contains(String(repeating: "07", count: 32)))
            #expect(!entry.payload.contains("word"))
            let again = try await places.plan(list, for: office.administrator)
            #expect(again.steps == [] && again.faults == [] && again.knownLines == 4)
        }
    }

    @Test func `what meets something else that is there is named and not added`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let area = ["", "Primary School 1", "", "", "cooking", "", "Stove"]
        let list = try Self.list([
            area + ["rtsp://10.0.0.7/other", "", ""],
            area + ["rtsp://10.0.0.7/hidden-path?token=hidden-query", "", ""],
            ["", "S", "", "", "cooking", "", "A", "rtsp://h/1", "", ""],
            ["", "S", "", "", "cooking", "", "A", "rtsp://h/2", "", ""],
            ["T", "S", "", "", "", "", "", "", "", ""],
        ])
        let plan = try await places.plan(list, for: office.administrator)
        #expect(
            plan.faults == [
                .init(row: 2, .main, .otherAddress("rtsp://10.0.0.7/hidden-path?token=hidden-query")),
                .init(row: 5, .camera, .twice(row: 4)), .init(row: 6, .township, .otherTownship("")),
            ])
        #expect(plan.knownLines == 1)
        let now = try await places.add(list, as: plan, from: Self.file, by: office.administrator)
        #expect(now == plan)
        #expect(try await places.tree(for: .console).count == 2)
    }

    @Test(arguments: [Engine.sqlite, .postgreSQL])
    func `when the grid has changed since it was looked at, nothing is added`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let places = office.supervision.places
            let list = try Self.list(Array(Self.county.dropFirst()))
            let plan = try await places.plan(list, for: office.administrator)
            try await places.addTownship("West", by: .console)
            let changed = try #require(
                try await places.add(list, as: plan, from: Self.file, by: office.administrator))
            #expect(changed.counts.townships == 1)
            #expect(try await places.tree(for: .console).count == 2)
            #expect(try await places.add(list, as: changed, from: Self.file, by: office.administrator) == nil)
            #expect(try await places.tree(for: .console).count == 3)
        }
    }

    @Test func `what fails at the last line leaves nothing of the others`() async throws {
        let office = try await Office()
        let places = office.supervision.places
        let list = try Self.list([
            ["", "S", "", "", "cooking", "", "A", "rtsp://h/1", "", ""],
            ["", "S", "", "", "cooking", "", "B", "rtsp://h/2", String(repeating: "u", count: 300), "p"],
        ])
        let plan = try await places.plan(list, for: office.administrator)
        await #expect(throws: SupervisionError.invalid(.credentials, .tooLong(maximum: 256))) {
            _ = try await places.add(list, as: plan, from: Self.file, by: office.administrator)
        }
        #expect(try await places.tree(for: .console).count == 2)
        #expect(try await office.ledger(.gridImported).isEmpty)
    }

    @Test func `only who may change the grid sees a plan or adds by it`() async throws {
        let office = try await Office()
        let list = try Self.list(Array(Self.county.dropFirst()))
        let plan = try await office.supervision.places.plan(list, for: office.administrator)
        for principal in [office.supervisor, office.head] {
            await #expect(throws: SupervisionError.notPermitted) {
                _ = try await office.supervision.places.plan(list, for: principal)
            }
            await #expect(throws: SupervisionError.notPermitted) {
                _ = try await office.supervision.places.add(list, as: plan, from: Self.file, by: principal)
            }
        }
    }
}
