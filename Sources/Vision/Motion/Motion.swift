public import Domain

/// What has changed in a picture against the learned background.
public struct Motion: Sendable, Hashable {
    /// A connected place that differs.
    public struct Region: Sendable, Hashable {
        public var box: PictureBox
        /// Grid pixels that differ.
        public var pixels: Int
        /// Mean difference from the background, signed, in steps of brightness.
        public var difference: Double
        /// The share of its pixels that show edges where the background has none, 0…1: steam and light have few.
        public var newEdges: Double

        /// Brightens or dims softly with no outline of its own: steam, a lamp, a shadow's edge far away.
        public var isSoft: Bool { newEdges < 0.05 }
    }

    public var regions: [Region]
    /// Of the whole picture, 0…1.
    public var share: Double
    /// So much changed at once that it is the light or the camera, not something in the room.
    public var isGlobal: Bool

    public init(regions: [Region], share: Double, isGlobal: Bool) {
        self.regions = regions
        self.share = share
        self.isGlobal = isGlobal
    }

    public static let none = Motion(regions: [], share: 0, isGlobal: false)

    /// Regions that may be somebody or something.
    public var solid: [Region] { isGlobal ? [] : regions.filter { !$0.isSoft } }
}
