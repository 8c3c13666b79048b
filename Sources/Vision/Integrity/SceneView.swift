/// What a camera's picture looks like as a whole: brightness, and where it has edges.
public struct SceneView: Sendable, Hashable {
    static let cell = 8

    /// Mean brightness, 16…235, and its standard deviation.
    public var mean: Double
    public var contrast: Double
    /// Edges in each cell of 8 × 8 grid pixels, row by row: mean difference between neighbours.
    public var edges: [Float]
    /// Cells in a row.
    public var columns: Int
    /// Fine edges over coarse ones: falls when the lens loses its focus.
    public var sharpness: Double
    /// Mean difference from the picture before; nil for the first.
    public var change: Double?

    public init(mean: Double, contrast: Double, edges: [Float], columns: Int, sharpness: Double, change: Double?) {
        self.mean = mean
        self.contrast = contrast
        self.edges = edges
        self.columns = columns
        self.sharpness = sharpness
        self.change = change
    }

    public init(_ grid: LumaGrid, before: LumaGrid?) {
        let (width, height) = (grid.width, grid.height)
        let columns = max(width / Self.cell, 1)
        let rows = max(height / Self.cell, 1)
        var edges = [Float](repeating: 0, count: columns * rows)
        var (sum, squares, fine, coarse) = (0, 0, 0, 0)
        grid.pixels.withUnsafeBufferPointer { pixels in
            for value in pixels {
                sum &+= Int(value)
                squares &+= Int(value) &* Int(value)
            }
            guard width > 8, height > 8 else { return }
            for y in 0..<min(rows * Self.cell, height - 4) {
                for x in 0..<min(columns * Self.cell, width - 4) {
                    let index = y &* width &+ x
                    let here = Int(pixels[index])
                    let near = abs(Int(pixels[index &+ 1]) &- here) &+ abs(Int(pixels[index &+ width]) &- here)
                    // What noise does is no edge.
                    if near > 5 { edges[y / Self.cell &* columns &+ x / Self.cell] += Float(near) }
                    let far = abs(Int(pixels[index &+ 4]) &- here) &+ abs(Int(pixels[index &+ 4 &* width]) &- here)
                    if far > 16 {
                        // Squares: a soft edge has as much slope in all as a hard one, but spread over more pixels.
                        fine &+= near &* near
                        coarse &+= far &* far
                    }
                }
            }
        }
        let count = Double(max(grid.pixels.count, 1))
        mean = Double(sum) / count
        contrast = max(Double(squares) / count - mean * mean, 0).squareRoot()
        self.columns = columns
        self.edges = edges.map { $0 / Float(Self.cell * Self.cell) }
        sharpness = Double(fine) / Double(max(coarse, 1))
        change = before.flatMap { Self.difference(grid, $0) }
    }

    private static func difference(_ a: LumaGrid, _ b: LumaGrid) -> Double? {
        guard a.width == b.width, a.height == b.height else { return nil }
        var sum = 0
        for index in 0..<a.pixels.count { sum &+= abs(Int(a.pixels[index]) &- Int(b.pixels[index])) }
        return Double(sum) / Double(max(a.pixels.count, 1))
    }

    /// All edges together.
    var edgeEnergy: Double { edges.reduce(0) { $0 + Double($1) } / Double(max(edges.count, 1)) }
}
