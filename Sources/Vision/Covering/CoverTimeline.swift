public import Domain

/// What is covered when: each picture gets its own regions and those of the pictures shortly before and after it, so that a
/// head that is missed in one picture stays covered. (遮挡保持)
///
/// Pictures leave ten seconds and more after they were taken, so what comes after one is known in time.
public struct CoverTimeline: Sendable {
    /// How long a region stays after the picture it was found in, and how long before it it is there already.
    public static let held = Duration.milliseconds(1500)
    public static let ahead = Duration.milliseconds(1000)

    private struct Look: Sendable {
        let time: Duration
        /// nil: it could not be looked at.
        let cover: HeadCover?
    }

    /// In order of time.
    private var looks: [Look] = []

    public init() {}

    /// - Parameters:
    ///   - cover: nil when the search for heads failed.
    ///   - time: of the picture, monotonic; not before that of the last.
    public mutating func add(_ cover: HeadCover?, at time: Duration) {
        looks.append(Look(time: time, cover: cover))
    }

    /// What to cover in the picture of exactly this time; nil = don't show it: it was not searched, a search near it
    /// failed, what follows it is not known yet, or too much would be covered to be sure.
    public func cover(at time: Duration) -> [PictureBox]? {
        guard looks.contains(where: { $0.time == time }), let last = looks.last, last.time >= time + Self.ahead
        else { return nil }
        var regions: [PictureBox] = []
        for look in looks where look.time >= time - Self.held && look.time <= time + Self.ahead {
            guard let cover = look.cover, !cover.isUnsure else { return nil }
            regions += cover.regions
        }
        return Self.coveredShare(of: regions) > HeadCover.largest ? nil : regions
    }

    /// Forgets what no picture from `time` on needs.
    public mutating func forget(before time: Duration) {
        looks.removeAll { $0.time < time - Self.held }
    }

    /// Share of the picture under a set of regions, counted on a grid of 32 × 32.
    static func coveredShare(of regions: [PictureBox]) -> Double {
        let side = 32
        var cells = [Bool](repeating: false, count: side * side)
        for region in regions {
            let columns =
                Int(region.x * Double(side))..<min(side, Int(((region.x + region.width) * Double(side)).rounded(.up)))
            let rows =
                Int(region.y * Double(side))..<min(side, Int(((region.y + region.height) * Double(side)).rounded(.up)))
            for row in rows { for column in columns { cells[row * side + column] = true } }
        }
        return Double(cells.count(where: \.self)) / Double(side * side)
    }
}
