import Domain
import Testing

@testable import Supervision

struct GeoJSONTests {
    private static let county = #"""
        {"type":"FeatureCollection","features":[
         {"type":"Feature","properties":{"name":"当涂县","level":3},"geometry":{"type":"MultiPolygon","coordinates":
          [[[[118.3,31.4],[118.6,31.4],[118.6,31.7],[118.3,31.4]]],[[[118.0,31.0],[118.1,31.0],[118.1,31.1,12.5]]]]}},
         {"type":"Feature","properties":{"学校":" 一中 "},"geometry":{"type":"Point","coordinates":[118.5,31.57]}},
         {"type":"Feature","properties":null,"geometry":null},
         {"type":"Feature","properties":{"name":7},"geometry":{"type":"GeometryCollection","geometries":
          [{"type":"LineString","coordinates":[[1,2],[3,4]]},{"type":"Point","coordinates":[118,31]}]}}]}
        """#

    @Test func `borders and named points are read, the rest is left`() throws {
        let file = try GeoJSON(Array(Self.county.utf8))
        #expect(try file.outline().polygons.count == 2)
        #expect(
            try file.positions() == [SchoolPosition(name: "一中", point: GeoPoint(latitude: 31.57, longitude: 118.5)!)])
    }

    @Test(arguments: [
        ("", GeoJSON.Fault.unreadable), ("[]", .unreadable), (#"{"type":"Topology"}"#, .unreadable),
        (#"{"type":"Polygon","coordinates":[[["a",1],[1,2],[2,3]]]}"#, .unreadable),
        (#"{"type":"Polygon","coordinates":[[[13170000,3680000],[1,2],[2,3]]]}"#, .notDegrees),
    ])
    func `what can't be read says why`(text: String, fault: GeoJSON.Fault) {
        #expect(throws: fault) { try GeoJSON(Array(text.utf8)) }
    }

    @Test func `a file without a border or without names says so`() throws {
        let empty = try GeoJSON(Array(#"{"type":"FeatureCollection","features":[]}"#.utf8))
        #expect(throws: GeoJSON.Fault.noPolygon) { try empty.outline() }
        #expect(throws: GeoJSON.Fault.noNamedPoint) { try empty.positions() }
        #expect(throws: GeoJSON.Fault.tooLarge(mostBytes: GeoJSON.mostBytes)) {
            try GeoJSON([UInt8](repeating: 0x20, count: GeoJSON.mostBytes + 1))
        }
    }

    @Test func `nothing that is cut off or nested without end does harm`() throws {
        let bytes = Array(Self.county.utf8)
        for count in stride(from: 0, to: bytes.count, by: 7) { _ = try? GeoJSON(Array(bytes.prefix(count))) }
        let deep =
            String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 20)
            + String(repeating: "]}", count: 20)
        #expect(throws: GeoJSON.Fault.unreadable) { try GeoJSON(Array(deep.utf8)) }
        let brackets = #"{"type":"Polygon","coordinates":"# + String(repeating: "[", count: 100_000)
        #expect(throws: GeoJSON.Fault.unreadable) { try GeoJSON(Array(brackets.utf8)) }
    }
}
