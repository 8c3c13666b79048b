/// What a camera usually sees at each hour of the day: learned slowly, only while nothing is wrong. (参考场景)
public struct SceneReference: Sendable, Hashable, Codable {
    struct Hour: Sendable, Hashable, Codable {
        var mean: Double
        var contrast: Double
        var edges: [Float]
        var sharpness: Double
        var looks: Int
    }

    /// Looks before it can be compared with.
    static let leastLooks = 8
    private var hours: [Int: Hour] = [:]

    public init() {}

    /// That hour, or the nearest one that is known well enough.
    func usual(at hour: Int) -> Hour? {
        let known = hours.filter { $0.value.looks >= Self.leastLooks }
        return known.min { Self.distance($0.key, hour) < Self.distance($1.key, hour) }?.value
    }

    /// Only of this very hour.
    func usualOfHour(_ hour: Int) -> Hour? { hours[hour].flatMap { $0.looks >= Self.leastLooks ? $0 : nil } }

    mutating func learn(_ view: SceneView, at hour: Int) {
        guard var usual = hours[hour], usual.edges.count == view.edges.count else {
            hours[hour] = Hour(
                mean: view.mean, contrast: view.contrast, edges: view.edges, sharpness: view.sharpness, looks: 1)
            return
        }
        usual.looks += 1
        let gain = max(1 / Double(usual.looks), 0.01)
        usual.mean += (view.mean - usual.mean) * gain
        usual.contrast += (view.contrast - usual.contrast) * gain
        usual.sharpness += (view.sharpness - usual.sharpness) * gain
        for index in usual.edges.indices {
            usual.edges[index] += (view.edges[index] - usual.edges[index]) * Float(gain)
        }
        hours[hour] = usual
    }

    /// The camera looks elsewhere for good: everything is learned anew.
    mutating func forget() { hours = [:] }

    private static func distance(_ a: Int, _ b: Int) -> Int {
        let difference = abs(a - b)
        return min(difference, 24 - difference)
    }
}

extension SceneReference.Hour {
    var edgeEnergy: Double { edges.reduce(0) { $0 + Double($1) } / Double(max(edges.count, 1)) }

    /// How alike the places of edges are, −1…1: the median over tiles of the picture, so that people who stand before
    /// less than half of it don't matter, while a turned camera changes all of it.
    func likeness(_ view: SceneView) -> Double {
        guard edges.count == view.edges.count, view.columns > 0 else { return 1 }
        let rows = edges.count / view.columns
        let tile = 8
        var likenesses: [Double] = []
        for top in stride(from: 0, to: rows, by: tile) {
            for left in stride(from: 0, to: view.columns, by: tile) {
                var cells: [Int] = []
                for row in top..<min(top + tile, rows) {
                    for column in left..<min(left + tile, view.columns) { cells.append(row * view.columns + column) }
                }
                if let likeness = correlation(view, cells) { likenesses.append(likeness) }
            }
        }
        // A picture with too few places to compare says nothing.
        guard likenesses.count >= 4 else { return 1 }
        likenesses.sort()
        return likenesses[likenesses.count / 2]
    }

    /// nil where nothing is usually to be seen.
    private func correlation(_ view: SceneView, _ cells: [Int]) -> Double? {
        let count = Double(cells.count)
        // The square root keeps one bright lamp from deciding everything.
        let a = cells.map { Double(edges[$0].squareRoot()) }
        let b = cells.map { Double(view.edges[$0].squareRoot()) }
        let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
        var (product, squareA, squareB) = (0.0, 0.0, 0.0)
        for index in a.indices {
            let (x, y) = (a[index] - meanA, b[index] - meanB)
            product += x * y
            squareA += x * x
            squareB += y * y
        }
        guard squareA > 0.15 * count else { return nil }
        return product / max((squareA * squareB).squareRoot(), 1e-9)
    }
}
