import Domain

/// Joins what several looks at parts of the same picture found: each thing once.
struct SightMerge {
    private(set) var things: [Recognized] = []

    /// - Parameter part: Which part was looked at; nil = all of it.
    mutating func add(_ found: [Recognized], of part: PictureBox?) {
        for thing in found {
            // Cut off by the tile: the next tile, or the whole picture, shows all of it.
            if let part, Self.isCut(thing.box, by: part) { continue }
            if let known = things.firstIndex(where: { Self.isSame($0, thing) }) {
                if thing.score > things[known].score { things[known] = thing }
            } else {
                things.append(thing)
            }
        }
        things.sort { $0.score > $1.score }
    }

    /// Two boxes of the same label that mostly cover each other, or of which one mostly lies in the other and is not much
    /// smaller.
    private static func isSame(_ a: Recognized, _ b: Recognized) -> Bool {
        guard a.label == b.label, let common = a.box.intersection(b.box)?.area else { return false }
        let (less, more) = (min(a.box.area, b.box.area), max(a.box.area, b.box.area))
        return common / (less + more - common) > 0.5 || common / less > 0.8 && less / more > 0.3
    }

    private static func isCut(_ box: PictureBox, by part: PictureBox) -> Bool {
        let (nearX, nearY) = (part.width * 0.01, part.height * 0.01)
        // The picture's own edges cut nothing off that another tile could show.
        return part.x > 0 && box.x - part.x < nearX || part.y > 0 && box.y - part.y < nearY
            || part.x + part.width < 0.999 && part.x + part.width - (box.x + box.width) < nearX
            || part.y + part.height < 0.999 && part.y + part.height - (box.y + box.height) < nearY
    }
}
