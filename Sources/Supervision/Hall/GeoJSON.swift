public import Domain
import FoundationEssentials

/// What is read of a GeoJSON file (RFC 7946): the polygons of a border, and named points. Everything else in it is left.
public struct GeoJSON: Sendable {
    public enum Fault: Error, Hashable, Sendable {
        case tooLarge(mostBytes: Int)
        /// No JSON, or not the kind that the standard describes.
        case unreadable
        /// No polygon with at least three corners.
        case noPolygon
        /// No point with a name.
        case noNamedPoint
        /// A coordinate beyond ±180 or ±90, as metres or the wrong order make them.
        case notDegrees
    }

    public static let mostBytes = 8_000_000
    private static let mostDepth = 8

    /// The names of a feature that are looked for, the first first.
    private static let nameKeys = ["name", "NAME", "Name", "学校", "学校名称", "名称", "school"]

    public private(set) var polygons: [[[GeoPoint]]] = []
    public private(set) var points: [SchoolPosition] = []

    public init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.mostBytes else { throw .tooLarge(mostBytes: Self.mostBytes) }
        let node: Node
        do {
            node = try JSONDecoder().decode(Node.self, from: Data(bytes))
        } catch {
            throw .unreadable
        }
        try read(node, name: nil, depth: 0)
    }

    public func outline() throws(Fault) -> CountyOutline {
        guard let outline = CountyOutline(polygons) else { throw .noPolygon }
        return outline
    }

    public func positions() throws(Fault) -> [SchoolPosition] {
        guard !points.isEmpty else { throw .noNamedPoint }
        return points
    }

    private mutating func read(_ node: Node, name: String?, depth: Int) throws(Fault) {
        guard depth < Self.mostDepth else { throw .unreadable }
        switch node.type {
        case "FeatureCollection": for feature in node.features ?? [] { try read(feature, name: nil, depth: depth + 1) }
        case "Feature":
            if let geometry = node.geometry {
                try read(geometry.node, name: node.name(Self.nameKeys), depth: depth + 1)
            }
        case "GeometryCollection":
            for geometry in node.geometries ?? [] { try read(geometry, name: name, depth: depth + 1) }
        case "Polygon": polygons.append(try (node.coordinates ?? .list([])).rings())
        case "MultiPolygon":
            for polygon in (node.coordinates ?? .list([])).elements { polygons.append(try polygon.rings()) }
        case "Point":
            if let name, !name.isEmpty, let coordinates = node.coordinates {
                points.append(SchoolPosition(name: name, point: try coordinates.point()))
            }
        case "MultiPoint", "LineString", "MultiLineString": break
        default: throw .unreadable
        }
    }

    /// An object of the standard: each kind has some of these.
    private struct Node: Decodable {
        var type: String
        var features: [Node]?
        var geometry: Box?
        var geometries: [Node]?
        var coordinates: Coordinates?
        var properties: [String: Property]?

        func name(_ keys: [String]) -> String? {
            for key in keys { if let text = properties?[key]?.text { return Names.trimmed(text) } }
            return nil
        }
    }

    private final class Box: Decodable {
        let node: Node
        init(from decoder: any Decoder) throws { node = try Node(from: decoder) }
    }

    private struct Property: Decodable {
        /// nil for anything but text.
        var text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    private enum Coordinates: Decodable {
        case number(Double)
        case list([Coordinates])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .list(try container.decode([Coordinates].self))
            }
        }

        var elements: [Coordinates] { if case .list(let elements) = self { elements } else { [] } }

        /// Longitude first (RFC 7946 §3.1.1).
        func point() throws(Fault) -> GeoPoint {
            guard elements.count >= 2, case .number(let longitude) = elements[0],
                case .number(let latitude) = elements[1]
            else { throw .unreadable }
            guard let point = GeoPoint(latitude: latitude, longitude: longitude) else { throw .notDegrees }
            return point
        }

        func rings() throws(Fault) -> [[GeoPoint]] {
            var rings: [[GeoPoint]] = []
            for ring in elements {
                var points: [GeoPoint] = []
                for element in ring.elements { points.append(try element.point()) }
                rings.append(points)
            }
            return rings
        }
    }
}
