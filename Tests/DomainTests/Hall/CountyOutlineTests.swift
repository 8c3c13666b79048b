import Testing

@testable import Domain

struct CountyOutlineTests {
    private static func point(_ longitude: Double, _ latitude: Double) -> GeoPoint {
        GeoPoint(latitude: latitude, longitude: longitude)!
    }

    @Test(arguments: [(91.0, 0.0), (-90.1, 0), (0, 180.5), (.nan, 0), (0, .infinity)])
    func `what is no place on earth is none`(latitude: Double, longitude: Double) {
        #expect(GeoPoint(latitude: latitude, longitude: longitude) == nil)
    }

    @Test func `rings are closed, and what is no ring is left out`() throws {
        let triangle = [Self.point(118, 31), Self.point(119, 31), Self.point(118, 32)]
        let outline = try #require(CountyOutline([[triangle, [Self.point(1, 1)]], [[]], []]))
        #expect(outline.polygons.count == 1 && outline.polygons[0].count == 1)
        #expect(outline.polygons[0][0] == triangle + [triangle[0]])
        #expect(CountyOutline([]) == nil && CountyOutline([[Array(triangle.prefix(2))]]) == nil)
    }

    @Test func `a border of many corners keeps its shape with few`() throws {
        // A square of 0.4° with a jagged edge of 0.0001°, 12,000 corners.
        var ring: [GeoPoint] = []
        for index in 0..<12_000 {
            let along = Double(index % 3_000) / 3_000 * 0.4
            let jag = index.isMultiple(of: 2) ? 0.0001 : 0
            switch index / 3_000 {
            case 0: ring.append(Self.point(118 + along, 31 + jag))
            case 1: ring.append(Self.point(118.4 - jag, 31 + along))
            case 2: ring.append(Self.point(118.4 - along, 31.4 - jag))
            default: ring.append(Self.point(118 + jag, 31.4 - along))
            }
        }
        let outline = try #require(CountyOutline([[ring]]))
        let simple = outline.simplified()
        #expect(simple.pointCount <= CountyOutline.mostPoints && simple.pointCount >= 5)
        let points = simple.polygons[0][0]
        #expect(points.first == points.last)
        // Every corner that was left out lies near the line that took its place.
        for point in ring.enumerated().filter({ $0.offset.isMultiple(of: 13) }).map(\.element) {
            let nearest = zip(points, points.dropFirst()).map { point.squaredDistance(toLineFrom: $0, to: $1) }.min()!
            #expect(nearest < 0.0005 * 0.0005)
        }
        #expect(outline.simplified(to: 1_000_000) == outline)
    }

    @Test func `of more islands than fit the largest stay`() throws {
        let islands = (0..<2000).map { index -> [[GeoPoint]] in
            let x = Double(index % 100) * 0.01
            let y = Double(index / 100) * 0.01
            return [[Self.point(x, y), Self.point(x + 0.005, y), Self.point(x, y + 0.005)]]
        }
        let simple = try #require(CountyOutline(islands)).simplified(to: 400)
        #expect(simple.pointCount <= 400 && simple.polygons.count == 100)
    }
}
