/// The border of the county: rings, the first of each polygon the outer one, the others holes. (县域轮廓)
public struct CountyOutline: Hashable, Sendable, Codable {
    public private(set) var polygons: [[[GeoPoint]]]

    /// What a screen can show and a page can carry.
    public static let mostPoints = 4000

    /// nil when there is no ring of at least three corners. Rings are closed; what is smaller is left out.
    public init?(_ polygons: [[[GeoPoint]]]) {
        self.polygons = polygons.compactMap { polygon in
            guard let outer = polygon.first, Self.closed(outer) != nil else { return nil }
            return polygon.compactMap(Self.closed)
        }
        if self.polygons.isEmpty { return nil }
    }

    public var pointCount: Int { polygons.joined().reduce(0) { $0 + $1.count } }

    /// With at most so many points: corners that lie near the line between their neighbours are left out, nearer and
    /// farther ones until it fits (Douglas and Peucker 1973).
    public func simplified(to most: Int = mostPoints) -> CountyOutline {
        var outline = self
        var tolerance = 1e-5
        while outline.pointCount > most, tolerance < 10 {
            guard
                let coarser = CountyOutline(
                    polygons.map { $0.map { Self.simplified($0, squaredTolerance: tolerance * tolerance) } })
            else { break }
            outline = coarser
            tolerance *= 2
        }
        // Islands that are still too many: the ones with the most corners stay.
        if outline.pointCount > most {
            var kept: [[[GeoPoint]]] = []
            for polygon in outline.polygons.sorted(by: { $0[0].count > $1[0].count }) {
                guard kept.joined().reduce(0, { $0 + $1.count }) + polygon[0].count <= most else { break }
                kept.append([polygon[0]])
            }
            outline = CountyOutline(kept) ?? outline
        }
        return outline
    }

    private static func closed(_ ring: [GeoPoint]) -> [GeoPoint]? {
        var ring = ring
        if let first = ring.first, ring.last != first { ring.append(first) }
        return ring.count >= 4 && Set(ring).count >= 3 ? ring : nil
    }

    /// Without recursion: a ring may have a hundred thousand corners.
    private static func simplified(_ ring: [GeoPoint], squaredTolerance: Double) -> [GeoPoint] {
        guard ring.count > 4 else { return ring }
        var isKept = [Bool](repeating: false, count: ring.count)
        // A ring ends where it began: its middle corner stays too, so that there is a line to measure from.
        let anchors = [0, ring.count / 3, 2 * ring.count / 3, ring.count - 1]
        for anchor in anchors { isKept[anchor] = true }
        var spans = zip(anchors, anchors.dropFirst()).map { ($0, $1) }
        while let (first, last) = spans.popLast() {
            guard last - first > 1 else { continue }
            var (farthest, distance) = (first, squaredTolerance)
            for index in (first + 1)..<last {
                let found = ring[index].squaredDistance(toLineFrom: ring[first], to: ring[last])
                if found > distance { (farthest, distance) = (index, found) }
            }
            guard farthest != first else { continue }
            isKept[farthest] = true
            spans += [(first, farthest), (farthest, last)]
        }
        return zip(ring, isKept).filter(\.1).map(\.0)
    }
}
