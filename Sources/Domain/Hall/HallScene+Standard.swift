/// What a county has from its first day; each can be changed, none can be taken away. (内置场景)
extension HallScene {
    /// Kitchens, captures, map, figures and warnings at once.
    public static let overview = HallScene(
        id: fixed(1), name: "",
        panels: [
            HallPanel(.clock, HallFrame(x: 0, y: 0, width: 24, height: 1)),
            HallPanel(.cameras(HallCameras()), HallFrame(x: 0, y: 1, width: 14, height: 7)),
            HallPanel(.captures, HallFrame(x: 0, y: 8, width: 14, height: 4)),
            HallPanel(.figures(.all), HallFrame(x: 14, y: 1, width: 10, height: 3)),
            HallPanel(.map, HallFrame(x: 14, y: 4, width: 10, height: 5)),
            HallPanel(.warnings, HallFrame(x: 14, y: 9, width: 10, height: 3)),
        ])

    /// As many kitchens as a screen holds.
    public static let kitchens = HallScene(
        id: fixed(2), name: "",
        panels: [
            HallPanel(.clock, HallFrame(x: 0, y: 0, width: 24, height: 1)),
            HallPanel(
                .cameras(HallCameras(rows: 4, columns: 4, order: .place)), HallFrame(x: 0, y: 1, width: 20, height: 11)),
            HallPanel(.figures(.all), HallFrame(x: 20, y: 1, width: 4, height: 6)),
            HallPanel(.warnings, HallFrame(x: 20, y: 7, width: 4, height: 5)),
        ])

    /// What parents and guests may see.
    public static let visitors = HallScene(
        id: fixed(3), name: "", audience: .visitors,
        panels: [
            HallPanel(.clock, HallFrame(x: 0, y: 0, width: 24, height: 1)),
            HallPanel(
                .cameras(HallCameras(rows: 2, columns: 2, order: .place, seconds: 30)),
                HallFrame(x: 0, y: 1, width: 16, height: 8)),
            HallPanel(.map, HallFrame(x: 16, y: 1, width: 8, height: 5)),
            HallPanel(.figures(.year), HallFrame(x: 16, y: 6, width: 8, height: 3)),
            HallPanel(.record, HallFrame(x: 0, y: 9, width: 24, height: 3)),
        ])

    public static let standard = [overview, kitchens, visitors]

    public var isStandard: Bool { Self.standard.contains { $0.id == id } }

    /// - Parameter kept: What the county has made or changed.
    /// - Returns: The product's own first, each as it is now; then the county's.
    public static func all(with kept: [HallScene]) -> [HallScene] {
        standard.map { own in kept.first { $0.id == own.id } ?? own } + kept.filter { !$0.isStandard }
    }

    private static func fixed(_ number: Int) -> HallSceneID {
        HallSceneID("00000000-0000-7000-8000-00000000000\(number)")!
    }
}
