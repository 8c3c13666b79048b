import Domain
import Testing

@testable import Store

struct PlaceRecordsTests {
    private static let now = TemporaryStore.now

    /// A township with two schools, the first with two canteens; a school of another township; one of none.
    private struct Grid: Sendable {
        let townships = ["East", "West"].map { Township(id: TownshipID(at: now), name: $0) }
        let schools: [School]
        let canteens: [Canteen]
        let areas: [Area]
        let cameras: [Camera]

        init() {
            let towns = townships.map(\.id)
            let schools = [
                School(id: SchoolID(at: now), name: "A", township: towns[0], kind: .nineYear),
                School(id: SchoolID(at: now), name: "B", township: towns[0], kind: .kindergarten),
                School(id: SchoolID(at: now), name: "C", township: towns[1]),
                School(id: SchoolID(at: now), name: "D"),
            ]
            let canteens = ["North", "South"].map {
                Canteen(id: CanteenID(at: now), school: schools[0].id, name: $0)
            }
            areas =
                canteens.map { Area(id: AreaID(at: now), school: $0.school, canteen: $0.id, kind: .cooking) }
                + schools.dropFirst().map { Area(id: AreaID(at: now), school: $0.id, kind: .cooking) }
            cameras = areas.map {
                Camera(
                    id: CameraID(at: now), area: $0.id, name: "Stove",
                    main: SourceAddress(scheme: .rtsp, host: "10.0.0.1", path: "/"))
            }
            (self.schools, self.canteens) = (schools, canteens)
        }

        func add(to records: Records) throws {
            for township in townships { try records.places.add(township, at: now) }
            for school in schools { try records.places.add(school, at: now) }
            for canteen in canteens { try records.places.add(canteen, at: now) }
            for area in areas { try records.places.add(area, at: now) }
            for camera in cameras { try records.cameras.add(camera, at: now) }
        }

        /// Each kind of territory with the schools and areas in it, by their places in the lists.
        var territories: [(Territory?, schools: [Int], areas: [Int])] {
            [
                (.county, [0, 1, 2, 3], [0, 1, 2, 3, 4]), (.township(townships[0].id), [0, 1], [0, 1, 2]),
                (.school(schools[0].id), [0], [0, 1]), (.canteen(canteens[1].id), [0], [1]),
                (.township(TownshipID(at: now)), [], []), (nil, [], []),
            ]
        }
    }

    @Test(arguments: Engine.all) func `every list holds what lies in the territory`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let grid = Grid()
            try await store.write { try grid.add(to: $0) }
            for (territory, schools, areas) in grid.territories {
                try await store.read { records in
                    let places = records.places
                    #expect(try places.schools(in: territory) == schools.map { grid.schools[$0] })
                    #expect(Set(try places.areas(in: territory)) == Set(areas.map { grid.areas[$0] }))
                    #expect(Set(try records.cameras.all(in: territory)) == Set(areas.map { grid.cameras[$0] }))
                    for (index, school) in grid.schools.enumerated() {
                        #expect(try places.school(school.id, in: territory) == (schools.contains(index) ? school : nil))
                    }
                    for (index, area) in grid.areas.enumerated() {
                        #expect(try places.area(area.id, in: territory) == (areas.contains(index) ? area : nil))
                        // The same answer as the Domain's.
                        let path = try #require(try places.path(of: grid.cameras[index].id))
                        #expect((territory?.contains(path) ?? false) == areas.contains(index))
                    }
                }
            }
            let (school, canteen) = (grid.schools[2].id, grid.canteens[0])
            #expect(try await store.read { try $0.places.townships() } == grid.townships)
            #expect(
                try await store.read { try $0.places.townships(in: .school(school)) } == [grid.townships[1]])
            #expect(try await store.read { try $0.places.canteens() } == grid.canteens)
            #expect(try await store.read { try $0.places.canteens(in: .canteen(canteen.id)) } == [canteen])
        }
    }

    @Test(arguments: Engine.all)
    func `captures of a territory are found by query, with their whole place`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let grid = Grid()
            let captures = grid.cameras.map { camera in
                Capture(
                    id: CaptureID(at: Self.now), camera: camera.id, item: .noHat, grade: .two, start: Self.now,
                    metAt: Self.now, bestAt: Self.now, score: 0.9, box: nil, rule: .standard(.noHat), models: "m 1")
            }
            try await store.write { records in
                try grid.add(to: records)
                for capture in captures { _ = try records.captures.add(capture) }
            }
            for (territory, _, areas) in grid.territories {
                try await store.read { records in
                    let found = try records.captures.list(CaptureFilter(), in: territory, limit: 100)
                    #expect(Set(found.map(\.capture.camera)) == Set(areas.map { grid.cameras[$0].id }))
                    #expect(try records.captures.count(CaptureFilter(), in: territory, limit: 100).value == areas.count)
                    #expect(try records.captures.ongoing(in: territory).count == areas.count)
                    for record in found {
                        #expect(try records.places.path(of: record.capture.camera) == record.path)
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `two canteens may each have a cooking area`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let grid = Grid()
            try await store.write { try grid.add(to: $0) }
            for twin in [grid.areas[0], grid.areas[3]] {
                let again = Area(id: AreaID(at: Self.now), school: twin.school, canteen: twin.canteen, kind: .cooking)
                let error = await #expect(throws: StoreError.self) {
                    try await store.write { try $0.places.add(again, at: Self.now) }
                }
                #expect(error?.kind == .notUnique)
            }
        }
    }

    @Test(arguments: Engine.all) func `people of every role are kept with what binds them`(engine: Engine) async throws
    {
        try await withStore(engine) { store, _ in
            let grid = Grid()
            let people = Role.allCases.map { role in
                let person = Person(id: PersonID(at: Self.now), account: role.rawValue, name: "N", role: role)
                var bound = person
                switch role.ground {
                case .county: break
                case .township: bound.township = grid.townships[0].id
                case .school: (bound.school, bound.canteen) = (grid.schools[0].id, grid.canteens[0].id)
                }
                return bound
            }
            try await store.write { records in
                try grid.add(to: records)
                for person in people { try records.people.add(person, passwordHash: "$scrypt$x", at: Self.now) }
            }
            #expect(Set(try await store.read { try $0.people.all() }) == Set(people))
            for role in [Role.township, .school] {
                let nowhere = Person(id: PersonID(at: Self.now), account: "x\(role)", name: "N", role: role)
                await #expect(throws: StoreError.self) {
                    try await store.write { try $0.people.add(nowhere, passwordHash: "$scrypt$x", at: Self.now) }
                }
            }
        }
    }
}
