/// Puts meshes that move into the picture of the empty room, hidden by what stands before them, and keeps count of what can be seen.
final class Stage {
    private let backdrop: Backdrop
    private let lens: Lens
    private let lighting: Lighting
    private let palette: Palette
    private let raster = Raster()
    /// For each pixel which part of which actor shows there, 0 = none. Only kept while truth is wanted.
    private var owners: [UInt8]
    private var silhouettes: [Silhouette] = []
    private var isCounting = false

    /// Pixels that the parts of an actor would take if nothing hid them.
    private struct Silhouette {
        var counts = [0, 0, 0]
    }

    /// An actor and its three parts share a byte.
    private static let mostActors = 60

    init(backdrop: Backdrop, lens: Lens, lighting: Lighting, palette: Palette) {
        self.backdrop = backdrop
        self.lens = lens
        self.lighting = lighting
        self.palette = palette
        owners = []
    }

    func begin(counting: Bool) {
        isCounting = counting
        silhouettes.removeAll(keepingCapacity: true)
        guard counting else { return }
        if owners.isEmpty {
            owners = Array(repeating: 0, count: backdrop.width * backdrop.height)
        } else {
            owners.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        }
    }

    /// Draws something that stays within `low`…`high` (metres). Who is farther away comes first.
    ///
    /// - Returns: Its number, for ``sight(of:part:)``.
    @discardableResult
    func add(_ canvas: Canvas, low: Vector, high: Vector, draw: (MeshPen) -> Void) -> Int {
        let actor = silhouettes.count
        silhouettes.append(Silhouette())
        guard actor < Self.mostActors, let window = window(low, high) else { return actor }
        raster.begin(left: window.left, top: window.top, width: window.width, height: window.height)
        draw(MeshPen(raster: raster, lens: lens, lighting: lighting, palette: palette))
        compose(onto: canvas, actor)
        return actor
    }

    /// What can be seen of an actor in the end; of its body and all its parts when `part` is nil.
    func sight(of actor: Int, part: MeshTag.Part? = nil) -> SceneTruth.Sight? {
        let wanted = part.map { [Int($0.rawValue)] } ?? [0, 1, 2]
        let marks = wanted.map { UInt8(actor * 3 + $0 + 1) }
        var left = Int.max
        var right = -1
        var top = Int.max
        var bottom = -1
        var visible = 0
        for row in 0..<backdrop.height {
            for column in 0..<backdrop.width {
                let owner = owners[row * backdrop.width + column]
                guard owner != 0, marks.contains(owner) else { continue }
                visible += 1
                left = min(left, column)
                right = max(right, column)
                top = min(top, row)
                bottom = row
            }
        }
        guard visible > 0 else { return nil }
        let whole = wanted.reduce(0) { $0 + silhouettes[actor].counts[$1] }
        return SceneTruth.Sight(
            box: .init(x: left, y: top, width: right - left + 1, height: bottom - top + 1),
            visibility: min(Double(visible) / Double(max(whole, 1)), 1))
    }

    /// Samples, on multiples of four so that pixels of U and V lie whole inside.
    private func window(_ low: Vector, _ high: Vector) -> (left: Int, top: Int, width: Int, height: Int)? {
        var left = Float.infinity
        var right = -Float.infinity
        var top = Float.infinity
        var bottom = -Float.infinity
        for corner in 0..<8 {
            let point = Vector(
                corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y, corner & 4 == 0 ? low.z : high.z)
            let projected = lens.project(point)
            guard projected.inverseDepth > 0, projected.inverseDepth < 1 / Lens.near else {
                return (0, 0, backdrop.width * 2, backdrop.height * 2)
            }
            left = min(left, projected.x)
            right = max(right, projected.x)
            top = min(top, projected.y)
            bottom = max(bottom, projected.y)
        }
        let first = Int(max(left, 0)) & ~3
        let end = min((Int(min(right, 1e6).rounded(.up)) + 3) & ~3, backdrop.width * 2)
        let firstRow = Int(max(top, 0)) & ~3
        let endRow = min((Int(min(bottom, 1e6).rounded(.up)) + 3) & ~3, backdrop.height * 2)
        guard first < end, firstRow < endRow else { return nil }
        return (first, firstRow, end - first, endRow - firstRow)
    }

    /// Averages 2 × 2 samples for each pixel of Y and 4 × 4 for each of U and V.
    private func compose(onto canvas: Canvas, _ actor: Int) {
        backdrop.depths.withUnsafeBufferPointer { behind in
            for row in stride(from: 0, to: raster.height, by: 4) {
                for column in stride(from: 0, to: raster.width, by: 4) where !isEmpty(row, column) {
                    composeBlock(row, column, canvas, behind.baseAddress!, actor)
                }
            }
        }
    }

    @inline(__always)
    private func isEmpty(_ row: Int, _ column: Int) -> Bool {
        let first = UnsafeRawPointer(raster.tags + row * raster.width + column)
        let step = raster.width * 2
        return first.loadUnaligned(as: UInt64.self) | (first + step).loadUnaligned(as: UInt64.self)
            | (first + 2 * step).loadUnaligned(as: UInt64.self) | (first + 3 * step).loadUnaligned(as: UInt64.self) == 0
    }

    private func composeBlock(
        _ row: Int, _ column: Int, _ canvas: Canvas, _ behind: UnsafePointer<UInt16>, _ actor: Int
    ) {
        let (tags, depths, lumas) = (raster.tags, raster.depths, raster.luma)
        let (left, top, width) = (raster.left, raster.top, raster.width)
        var chromaU = 0
        var chromaV = 0
        var chromaCount = 0
        for pixel in 0..<4 {
            let sampleRow = row + (pixel >> 1) * 2
            let sampleColumn = column + (pixel & 1) * 2
            var sum = 0
            var shown = 0
            var present = 0
            var part = 0
            for sample in 0..<4 {
                let (y, x) = (sampleRow + sample >> 1, sampleColumn + sample & 1)
                let index = y * width + x
                let tag = tags[index]
                guard tag != 0 else { continue }
                present += 1
                part = max(part, MeshTag.part(tag))
                guard depths[index] > behind[(top + y) * canvas.width * 2 + left + x] else { continue }
                shown += 1
                sum += Int(lumas[index])
                let material = MeshTag.material(tag)
                chromaU += Int(palette.u[material])
                chromaV += Int(palette.v[material])
            }
            chromaCount += shown
            guard present > 0 else { continue }
            let (y, x) = ((top + sampleRow) / 2, (left + sampleColumn) / 2)
            if shown > 0 {
                let place = y * canvas.lumaStride + x
                canvas.y[place] = UInt8((Int(canvas.y[place]) * (4 - shown) + sum + 2) / 4)
            }
            if isCounting && present >= 2 {
                silhouettes[actor].counts[part] += 1
                if shown >= 2 { owners[y * canvas.width + x] = UInt8(actor * 3 + part + 1) }
            }
        }
        guard chromaCount > 0 else { return }
        let place = (top + row) / 4 * canvas.chromaStride + (left + column) / 4
        canvas.u[place] = UInt8((Int(canvas.u[place]) * (16 - chromaCount) + chromaU + 8) / 16)
        canvas.v[place] = UInt8((Int(canvas.v[place]) * (16 - chromaCount) + chromaV + 8) / 16)
    }
}
