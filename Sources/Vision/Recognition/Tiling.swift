import Domain

/// How a picture that is much larger than the detector's input is cut into squares that overlap.
enum Tiling {
    /// Pixels of the picture: seen at 0.65 of their size, a head of 24 px can still be found.
    private static let side = 640.0
    /// A head on the border of one tile is whole in the next.
    private static let overlap = 0.25
    /// Larger pictures get larger tiles instead of more.
    private static let most = 48

    /// In shares of the picture; empty when the whole picture is seen well enough at once.
    static func tiles(width: Int, height: Int) -> [PictureBox] {
        guard Double(max(width, height)) > side * 1.25 else { return [] }
        var side = side
        while true {
            let columns = starts(Double(width), side: side)
            let rows = starts(Double(height), side: side)
            guard columns.count * rows.count <= most else {
                side *= 1.25
                continue
            }
            return rows.flatMap { y in
                columns.map { x in
                    PictureBox(
                        x: x / Double(width), y: y / Double(height), width: min(side / Double(width), 1),
                        height: min(side / Double(height), 1))
                }
            }
        }
    }

    private static func starts(_ length: Double, side: Double) -> [Double] {
        guard length > side else { return [0] }
        let count = ((length - side) / (side * (1 - overlap))).rounded(.up) + 1
        return (0..<Int(count)).map { Double($0) * (length - side) / (count - 1) }
    }
}
