public import Domain

/// What must be covered of one picture so that nobody's face can be seen. (遮挡区域)
public struct HeadCover: Sendable, Hashable {
    /// In shares of the picture, clipped to it.
    public private(set) var regions: [PictureBox] = []
    /// Somebody is so near that it can't be told where the face ends: nothing of the picture may be shown.
    public private(set) var isUnsure = false

    /// On every side, in shares of the head's own box: what the detector's boxes miss of an ear or a chin, and what a head
    /// moves between two pictures.
    private static let headMargin = 0.35
    /// Of a standing person's height, from the top: a head is a seventh to an eighth, a child's a fifth.
    private static let standingShare = 0.3
    /// Of somebody who bends, sits or is cut off by the picture's edge: the head may be anywhere above the middle.
    private static let bentShare = 0.6
    /// Height to width from which somebody stands upright.
    private static let upright = 1.8
    /// Share of the picture from which a single person, or all that is covered, is too much to be sure.
    static let largest = 0.55

    /// - Parameters:
    ///   - found: what ``HeadFinder`` says.
    ///   - aspect: the picture's width divided by its height.
    public init(_ found: [Recognized], aspect: Double) {
        for thing in found {
            switch thing.label {
            case .head:
                add(thing.box.grown(horizontally: Self.headMargin, vertically: Self.headMargin))
            case .person: add(person: thing.box, aspect: aspect)
            case .phone, .rodent, .insect: break
            }
        }
        if regions.contains(where: { $0.area > Self.largest }) { isUnsure = true }
    }

    private mutating func add(person box: PictureBox, aspect: Double) {
        let isUpright = box.height / max(box.width * aspect, 0.001) >= Self.upright
        // A box that begins at the picture's upper edge may begin below the head's top: there is nothing to cover there.
        let isCut = box.y + box.height > 0.98
        let share = isUpright && !isCut ? Self.standingShare : Self.bentShare
        add(
            PictureBox(x: box.x, y: box.y, width: box.width, height: box.height * share)
                .grown(horizontally: 0.1, vertically: 0.12))
    }

    private mutating func add(_ box: PictureBox) {
        let clipped = box.clipped
        if clipped.area > 0 { regions.append(clipped) }
    }
}
