public import Domain

/// Small things that move by themselves: their paths over several pictures. (小动物搜索)
///
/// What it is, is for a classifier to say; this says only that something small went its own way.
public struct PestSearch: Sendable {
    /// Something small that has been followed.
    public struct Path: Sendable, Hashable, Identifiable {
        public let id: Int
        public internal(set) var box: PictureBox
        public internal(set) var first: Moment
        public internal(set) var last: Moment
        public internal(set) var looks = 1
        /// From where it was first seen, in widths of the picture.
        public internal(set) var farthest = 0.0
        let start: PicturePoint
        var velocity = PicturePoint(x: 0, y: 0)

        /// It has moved by more than itself: no leaf, no flicker, no reflection on steel.
        public var hasTravelled: Bool { looks >= 3 && farthest > max(box.width, box.height * 0.56, 0.02) * 1.2 }
    }

    /// Of the picture's width, at most; larger things are people.
    private static let largest = 0.2
    /// Grid pixels, at least.
    private static let leastPixels = 5
    /// More small things at once than this are rain on the lens, confetti or a shaking camera.
    private static let most = 12

    public private(set) var paths: [Path] = []
    private var nextID = 1

    public init() {}

    /// Which regions may be pests: small, with an outline, not on somebody.
    public static func candidates(in motion: Motion, people: [PictureBox]) -> [PictureBox] {
        guard !motion.isGlobal else { return [] }
        let bodies = people.map { $0.grown(horizontally: 0.25, vertically: 0.12) }
        let small = motion.regions.filter { region in
            region.pixels >= leastPixels && !region.isSoft && region.box.width <= largest
                && region.box.height <= largest * 1.5
                && !bodies.contains { $0.intersection(region.box) != nil }
        }
        return small.count > most ? [] : small.map(\.box)
    }

    /// - Returns: the paths that have a box in this picture.
    public mutating func look(_ boxes: [PictureBox], at moment: Moment) -> [Path] {
        var pairs: [(path: Int, box: Int, distance: Double)] = []
        for (pathIndex, path) in paths.enumerated() {
            for (boxIndex, box) in boxes.enumerated() {
                if let distance = path.distance(to: box, at: moment) { pairs.append((pathIndex, boxIndex, distance)) }
            }
        }
        pairs.sort { ($0.distance, $0.path, $0.box) < ($1.distance, $1.path, $1.box) }
        var takenPaths = Set<Int>()
        var takenBoxes = Set<Int>()
        for pair in pairs where !takenPaths.contains(pair.path) && !takenBoxes.contains(pair.box) {
            takenPaths.insert(pair.path)
            takenBoxes.insert(pair.box)
            paths[pair.path].take(boxes[pair.box], at: moment)
        }
        for (index, box) in boxes.enumerated() where !takenBoxes.contains(index) {
            paths.append(Path(id: nextID, box: box, first: moment, last: moment, start: box.centre))
            nextID += 1
        }
        paths.removeAll { moment.seconds(since: $0.last) > 2.2 }
        return paths.filter { $0.last == moment }
    }
}

extension PestSearch.Path {
    /// nil = it can't have got there.
    fileprivate func distance(to box: PictureBox, at moment: Moment) -> Double? {
        let seconds = max(moment.seconds(since: last), 0.05)
        let ahead = min(seconds, 0.5)
        let (from, to) = (self.box.centre, box.centre)
        let x = to.x - from.x - velocity.x * ahead
        // Pictures are wider than high: 9/16 makes both directions about equal.
        let y = (to.y - from.y - velocity.y * ahead) * 0.56
        let distance = (x * x + y * y).squareRoot()
        // A rat runs three metres a second, half of a small kitchen's picture.
        guard distance < 0.05 + 0.5 * min(seconds, 0.6) else { return nil }
        let ratio = box.area / max(self.box.area, 1e-9)
        guard ratio > 0.15, ratio < 7 else { return nil }
        return distance
    }

    fileprivate mutating func take(_ box: PictureBox, at moment: Moment) {
        let seconds = moment.seconds(since: last)
        if seconds > 0 {
            velocity.x = (box.centre.x - self.box.centre.x) / seconds
            velocity.y = (box.centre.y - self.box.centre.y) / seconds
        }
        self.box = box
        last = moment
        looks += 1
        let (x, y) = (box.centre.x - start.x, (box.centre.y - start.y) * 0.56)
        farthest = max(farthest, (x * x + y * y).squareRoot())
    }
}
