/// Triangles with hidden surfaces removed, at twice the picture's resolution both ways so that edges come out smooth.
///
/// Three values for each sample: luma, a tag that says what it belongs to (0 = nothing), and inverse depth.
final class Raster {
    private(set) var left = 0
    private(set) var top = 0
    private(set) var width = 0
    private(set) var height = 0
    private var capacity = 0
    private(set) var luma: UnsafeMutablePointer<UInt8>
    private(set) var tags: UnsafeMutablePointer<UInt16>
    /// `depthScale` / metres: larger is nearer.
    private(set) var depths: UnsafeMutablePointer<UInt16>

    /// 16 bits reach from 0.3 m to infinity; at 6 m a step is 2 mm.
    static let depthScale: Float = 19_600

    init() {
        luma = .allocate(capacity: 0)
        tags = .allocate(capacity: 0)
        depths = .allocate(capacity: 0)
    }

    deinit {
        luma.deallocate()
        tags.deallocate()
        depths.deallocate()
    }

    /// Empties it and places it: a window of `width` × `height` samples whose first is (`left`, `top`) of the whole picture.
    func begin(left: Int, top: Int, width: Int, height: Int) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
        let count = width * height
        if count > capacity {
            luma.deallocate()
            tags.deallocate()
            depths.deallocate()
            luma = .allocate(capacity: count)
            tags = .allocate(capacity: count)
            depths = .allocate(capacity: count)
            capacity = count
        }
        luma.update(repeating: 0, count: count)
        tags.update(repeating: 0, count: count)
        depths.update(repeating: 0, count: count)
    }

    struct Corner {
        var x: Float
        var y: Float
        var inverseDepth: Float
        /// 0…255.
        var luma: Float
    }

    /// Fills the samples whose centres lie inside and in front of what is there.
    func fill(_ a: Corner, _ b: Corner, _ c: Corner, tag: UInt16) {
        let abX = b.x - a.x
        let abY = b.y - a.y
        let acX = c.x - a.x
        let acY = c.y - a.y
        let area = abX * acY - abY * acX
        guard abs(area) > 1e-3 else { return }
        let rows = Self.centres(from: min(a.y, b.y, c.y), to: max(a.y, b.y, c.y), in: top, height)
        guard !rows.isEmpty else { return }

        // The plane through the three corners gives the change from sample to sample.
        let perArea = 1 / area
        let depthA = a.inverseDepth * Self.depthScale
        let depthAB = b.inverseDepth * Self.depthScale - depthA
        let depthAC = c.inverseDepth * Self.depthScale - depthA
        let depthDX = (depthAB * acY - depthAC * abY) * perArea
        let depthDY = (depthAC * abX - depthAB * acX) * perArea
        let lumaDX = ((b.luma - a.luma) * acY - (c.luma - a.luma) * abY) * perArea
        let lumaDY = ((c.luma - a.luma) * abX - (b.luma - a.luma) * acX) * perArea
        let edges = (Edge(a, b), Edge(b, c), Edge(c, a))
        // Locals: the compiler can't know that writing samples leaves the object's own fields alone.
        let (depths, tags, lumas) = (depths, tags, luma)
        let (left, top, width) = (left, top, width)

        for row in rows {
            let y = Float(row + top) + 0.5
            var from = Float.infinity
            var to = -Float.infinity
            edges.0.cross(y, &from, &to)
            edges.1.cross(y, &from, &to)
            edges.2.cross(y, &from, &to)
            guard from < to else { continue }
            let columns = Self.centres(from: from, to: to, in: left, width)
            guard !columns.isEmpty else { continue }
            let startX = Float(columns.lowerBound + left) + 0.5 - a.x
            var depth = depthA + startX * depthDX + (y - a.y) * depthDY
            var light = a.luma + startX * lumaDX + (y - a.y) * lumaDY
            for index in (row * width + columns.lowerBound)..<(row * width + columns.upperBound) {
                let quantised = UInt16(truncatingIfNeeded: Int32(min(max(depth, 1), 65_535)))
                if quantised > depths[index] {
                    depths[index] = quantised
                    tags[index] = tag
                    lumas[index] = UInt8(truncatingIfNeeded: Int32(min(max(light, 0), 255)))
                }
                depth += depthDX
                light += lumaDX
            }
        }
    }

    /// The samples whose centres lie between two places of the picture, counted from the window's first.
    @inline(__always)
    private static func centres(from: Float, to: Float, in start: Int, _ count: Int) -> Range<Int> {
        let low = max(from - Float(start), 0)
        let high = min(to - Float(start), Float(count))
        guard low < high else { return 0..<0 }
        let first = Int((low + 0.5).rounded(.down))
        let end = min(Int((high + 0.5).rounded(.down)), count)
        return first < end ? first..<end : 0..<0
    }

    private struct Edge {
        let x: Float
        let y: Float
        let low: Float
        let high: Float
        let slope: Float

        init(_ a: Corner, _ b: Corner) {
            x = a.x
            y = a.y
            low = min(a.y, b.y)
            high = max(a.y, b.y)
            slope = (b.x - a.x) / (b.y - a.y)
        }

        /// Widens `from`…`to` by where the edge meets the line of height `y`.
        @inline(__always)
        func cross(_ y: Float, _ from: inout Float, _ to: inout Float) {
            guard low <= y, y < high else { return }
            let place = x + slope * (y - self.y)
            from = min(from, place)
            to = max(to, place)
        }
    }
}
