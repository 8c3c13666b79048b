import Domain

/// A box over a picture, in per cent of its size, so that it fits the picture at every width.
struct PictureBoxView: Sendable {
    let x: String
    let y: String
    let width: String
    let height: String
    let label: String
    /// Where the label stands: above the box, or inside where there is no room above.
    let labelY: String
    let isInside: Bool
    /// The capture's own box; false = somebody else in the same picture.
    let isOwn: Bool

    init(_ box: PictureBox, label: String, isOwn: Bool = true) {
        let box = box.clipped
        x = Self.share(box.x)
        y = Self.share(box.y)
        width = Self.share(box.width)
        height = Self.share(box.height)
        self.label = label
        labelY = Self.share(box.y)
        isInside = box.y < 0.06
        self.isOwn = isOwn
    }

    private static func share(_ value: Double) -> String { Decimal.text(value * 100, places: 2) + "%" }
}
