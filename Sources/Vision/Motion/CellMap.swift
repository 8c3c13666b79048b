/// Foreground pixels counted by square cells, and the connected groups of cells.
struct CellMap {
    /// In cells, both ends included.
    struct Component: Hashable {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int
        var pixels: Int
    }

    private let columns: Int
    private let rows: Int
    private let counts: [UInt8]

    init(_ foreground: [Bool], width: Int, height: Int, cell: Int) {
        let columns = (width + cell - 1) / cell
        let rows = (height + cell - 1) / cell
        var counts = [UInt8](repeating: 0, count: columns * rows)
        foreground.withUnsafeBufferPointer { foreground in
            for y in 0..<height {
                let line = y / cell * columns
                let row = y * width
                for x in 0..<width where foreground[row &+ x] { counts[line &+ x / cell] &+= 1 }
            }
        }
        (self.columns, self.rows, self.counts) = (columns, rows, counts)
    }

    /// Groups of cells with at least `least` pixels each; cells with one empty cell between them still belong together.
    func components(atLeast least: Int) -> [Component] {
        var counts = counts
        var components: [Component] = []
        var stack: [Int] = []
        for start in 0..<counts.count where counts[start] >= least {
            var component = Component(left: columns, top: rows, right: 0, bottom: 0, pixels: 0)
            component.take(start, columns, counts[start])
            counts[start] = 0
            stack.append(start)
            while let cell = stack.popLast() {
                let (x, y) = (cell % columns, cell / columns)
                for row in max(y - 2, 0)...min(y + 2, rows - 1) {
                    for column in max(x - 2, 0)...min(x + 2, columns - 1) {
                        let neighbour = row * columns + column
                        guard counts[neighbour] >= least else { continue }
                        component.take(neighbour, columns, counts[neighbour])
                        counts[neighbour] = 0
                        stack.append(neighbour)
                    }
                }
            }
            components.append(component)
        }
        return components
    }
}

extension CellMap.Component {
    fileprivate mutating func take(_ cell: Int, _ columns: Int, _ count: UInt8) {
        let (x, y) = (cell % columns, cell / columns)
        left = min(left, x)
        right = max(right, x)
        top = min(top, y)
        bottom = max(bottom, y)
        pixels += Int(count)
    }
}
