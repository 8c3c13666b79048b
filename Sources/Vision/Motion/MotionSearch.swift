public import Domain
import Glibc

/// Finds what moves, or stands where nothing usually stands, at low resolution. (移动侦测)
///
/// Noise and flicker are usual by their own deviation; a change of the light is taken out by the picture's gain; steam
/// is told by its lack of edges.
public struct MotionSearch: Sendable {
    /// Side of a cell in grid pixels.
    private static let cell = 4
    /// Of a cell's 16 pixels, so many must differ.
    private static let cellPixels = 4
    /// More of the picture than this at once is not somebody walking.
    private static let globalShare = 0.55

    private var background = Background()
    private var foreground: [Bool] = []
    private var lastTime: Time90k?
    private var globalSince: Time90k?
    private var masked: [Bool]?
    private let masks: [PictureZone]

    /// - Parameter masks: Places that are never looked at.
    public init(masks: [PictureZone] = []) { self.masks = masks }

    /// - Parameters:
    ///   - known: what is tracked; it stays foreground however long it stands still.
    public mutating func look(_ grid: LumaGrid, at time: Time90k, known: [PictureBox] = []) -> Motion {
        guard background.width == grid.width, background.height == grid.height, !background.isEmpty else {
            background.restart(grid)
            foreground = [Bool](repeating: false, count: grid.pixels.count)
            masked = mask(grid)
            lastTime = time
            globalSince = nil
            return .none
        }
        let elapsed = min(max((time - (lastTime ?? time)).seconds, 0.02), 4)
        lastTime = time
        let gain = LightGain.measure(grid, against: background.mean)
        background.compare(
            grid, gain: gain, learning: share(elapsed, of: 12), patience: share(elapsed, of: 40),
            keep: known.isEmpty ? nil : cover(known, grid), foreground: &foreground)
        if let masked {
            for index in 0..<foreground.count where masked[index] { foreground[index] = false }
        }
        let motion = measure(grid, gain: gain)
        if motion.isGlobal {
            let since = globalSince ?? time
            globalSince = since
            // A new light or a new view that stays is the new usual.
            if (time - since).seconds >= 3 { restart(grid) }
        } else {
            globalSince = nil
        }
        return motion
    }

    /// Forgets the scene, as after a lost connection with another picture.
    public mutating func restart(_ grid: LumaGrid) {
        background.restart(grid)
        globalSince = nil
    }

    /// The stream's clock begins anew; the background stays known.
    public mutating func restartClock() {
        lastTime = nil
        globalSince = nil
    }

    private func share(_ elapsed: Double, of memory: Double) -> Int32 {
        Int32((1 - exp(-elapsed / memory)) * 4096)
    }

    private func measure(_ grid: LumaGrid, gain: Int) -> Motion {
        let count = foreground.reduce(0) { $0 + ($1 ? 1 : 0) }
        let share = Double(count) / Double(max(foreground.count, 1))
        guard share <= Self.globalShare else { return Motion(regions: [], share: share, isGlobal: true) }
        guard count >= Self.cellPixels else { return Motion(regions: [], share: share, isGlobal: false) }
        let cells = CellMap(foreground, width: grid.width, height: grid.height, cell: Self.cell)
        let regions = cells.components(atLeast: Self.cellPixels).map { component in
            describe(component, grid, gain)
        }
        return Motion(regions: regions, share: share, isGlobal: false)
    }

    private func describe(_ component: CellMap.Component, _ grid: LumaGrid, _ gain: Int) -> Motion.Region {
        let columns = component.left * Self.cell..<min((component.right + 1) * Self.cell, grid.width)
        let rows = component.top * Self.cell..<min((component.bottom + 1) * Self.cell, grid.height)
        var (pixels, sum, edges) = (0, 0, 0)
        var (left, right, top, bottom) = (columns.upperBound, columns.lowerBound, rows.upperBound, rows.lowerBound)
        for y in rows {
            for x in columns where foreground[y * grid.width + x] {
                let index = y * grid.width + x
                pixels += 1
                (left, right, top, bottom) = (min(left, x), max(right, x + 1), min(top, y), max(bottom, y + 1))
                sum += Int(grid.pixels[index]) * 256 * 256 / gain - Int(background.mean[index])
                let now = grid.gradient(x, y)
                if now > 14 && now > 2 * background.gradient(x, y) + 8 { edges += 1 }
            }
        }
        let (width, height) = (Double(grid.width), Double(grid.height))
        return Motion.Region(
            box: PictureBox(
                x: Double(left) / width, y: Double(top) / height, width: Double(right - left) / width,
                height: Double(bottom - top) / height),
            pixels: pixels, difference: Double(sum) / 256 / Double(max(pixels, 1)),
            newEdges: Double(edges) / Double(max(pixels, 1)))
    }

    private func mask(_ grid: LumaGrid) -> [Bool]? {
        guard !masks.isEmpty else { return nil }
        return (0..<grid.pixels.count).map { index in
            let point = PicturePoint(
                x: (Double(index % grid.width) + 0.5) / Double(grid.width),
                y: (Double(index / grid.width) + 0.5) / Double(grid.height))
            return masks.contains { $0.contains(point) }
        }
    }

    private func cover(_ boxes: [PictureBox], _ grid: LumaGrid) -> [Bool] {
        var covered = [Bool](repeating: false, count: grid.pixels.count)
        for box in boxes.map(\.clipped) {
            let columns = Int(box.x * Double(grid.width))..<Int((box.x + box.width) * Double(grid.width))
            for y in Int(box.y * Double(grid.height))..<Int((box.y + box.height) * Double(grid.height)) {
                for x in columns { covered[y * grid.width + x] = true }
            }
        }
        return covered
    }
}

extension LumaGrid {
    /// Difference to the right and below.
    fileprivate func gradient(_ x: Int, _ y: Int) -> Int {
        guard x + 1 < width, y + 1 < height else { return 0 }
        let here = Int(pixels[y * width + x])
        return abs(Int(pixels[y * width + x + 1]) - here) + abs(Int(pixels[(y + 1) * width + x]) - here)
    }
}

extension Background {
    fileprivate func gradient(_ x: Int, _ y: Int) -> Int {
        guard x + 1 < width, y + 1 < height else { return 0 }
        let here = Int(mean[y * width + x])
        return (abs(Int(mean[y * width + x + 1]) - here) + abs(Int(mean[(y + 1) * width + x]) - here)) >> 8
    }
}
