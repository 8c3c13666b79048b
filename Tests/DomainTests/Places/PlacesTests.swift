import Testing

@testable import Domain

struct PlacesTests {
    static let township = TownshipID(at: UTCTime(milliseconds: 1))
    let schools = [
        School(id: SchoolID(at: UTCTime(milliseconds: 2)), name: "一小", township: township, kind: .primary),
        School(id: SchoolID(at: UTCTime(milliseconds: 3)), name: "幼儿园", township: township, kind: .kindergarten),
        School(id: SchoolID(at: UTCTime(milliseconds: 4)), name: "一中"),
    ]

    func camera(_ number: Int64, in area: Area, isEnabled: Bool = true) -> Camera {
        Camera(
            id: CameraID(at: UTCTime(milliseconds: number)), area: area.id, name: "\(number)",
            main: SourceAddress(scheme: .sim, host: "cooking"), isEnabled: isEnabled)
    }

    @Test func `coverage counts schools, cameras and areas of a territory`() {
        let areas = zip(5..., [(0, Area.Kind.cooking), (0, .washing), (1, .cooking), (2, .cooking)]).map {
            Area(id: AreaID(at: UTCTime(milliseconds: Int64($0))), school: schools[$1.0].id, kind: $1.1)
        }
        let cameras = [
            camera(20, in: areas[0]), camera(21, in: areas[0]), camera(22, in: areas[2], isEnabled: false),
            camera(23, in: areas[3]),
        ]
        func coverage(_ territory: Territory) -> Coverage {
            Coverage(of: territory, schools: schools, areas: areas, cameras: cameras) { $0 != cameras[1].id }
        }
        let county = coverage(.county)
        #expect(county.schools == 3 && county.connectedSchools == 2 && county.cameras == 3)
        #expect(county.onlineCameras == 2 && county.areasWithoutCamera == [areas[1].id, areas[2].id])
        #expect(!county.isFull)
        let township = coverage(.township(Self.township))
        #expect(township.schools == 2 && township.connectedSchools == 1 && township.cameras == 2)
        #expect(township.share == 0.5)
        #expect(coverage(.school(schools[2].id)).isFull)
        #expect(Coverage(of: .county, schools: [], areas: [], cameras: []) { _ in true }.share == 1)
    }

    @Test func `a territory reads back from its written form, and nothing else does`() {
        let territories: [Territory] = [
            .county, .township(Self.township), .school(schools[0].id),
            .canteen(CanteenID(at: UTCTime(milliseconds: 9))),
        ]
        for territory in territories { #expect(Territory("\(territory)") == territory) }
        for text in ["", "county/", "school", "school/", "school/x", "area/\(Self.township)", "/"] {
            #expect(Territory(text) == nil)
        }
    }
}
