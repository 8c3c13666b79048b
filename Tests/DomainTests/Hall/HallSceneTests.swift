import Testing

@testable import Domain

struct HallSceneTests {
    private static func scene(_ audience: HallScene.Audience = .staff, _ panels: HallPanel...) -> HallScene {
        HallScene(id: HallSceneID(at: UTCTime(milliseconds: 1)), name: "大厅", audience: audience, panels: panels)
    }

    private static func frame(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> HallFrame {
        HallFrame(x: x, y: y, width: width, height: height)
    }

    @Test(arguments: HallScene.standard) func `what the product brings along can be shown`(scene: HallScene) {
        #expect(scene.flaws == [])
        #expect(HallPlan().flaws(HallScene.standard) == [])
    }

    @Test func `each way in which a scene can be wrong is told`() {
        let map = HallPanel(.map, Self.frame(0, 0, 6, 6))
        for (scene, flaws) in [
            (Self.scene(), [.noPanels]), (Self.scene(.staff, map), []),
            (Self.scene(.staff, HallPanel(.map, Self.frame(20, 0, 6, 6))), [.offGrid(0)]),
            (Self.scene(.staff, HallPanel(.map, Self.frame(-1, 0, 6, 6))), [.offGrid(0)]),
            (Self.scene(.staff, HallPanel(.map, Self.frame(0, 0, .max, .max))), [.offGrid(0)]),
            (Self.scene(.staff, HallPanel(.map, Self.frame(0, 0, 4, 6))), [.tooSmall(0)]),
            (Self.scene(.staff, map, HallPanel(.clock, Self.frame(5, 5, 6, 1))), [.overlapping(0, 1)]),
            (Self.scene(.staff, map, HallPanel(.clock, Self.frame(6, 0, 6, 1))), []),
            (Self.scene(.staff, map, HallPanel(.map, Self.frame(6, 0, 6, 6))), [.twice(.map)]),
            (Self.scene(.visitors, map, HallPanel(.captures, Self.frame(6, 0, 6, 6))), [.notForVisitors(1)]),
            (Self.scene(.visitors, HallPanel(.warnings, Self.frame(6, 0, 6, 6))), [.notForVisitors(0)]),
            (
                Self.scene(.staff, HallPanel(.cameras(HallCameras(rows: 5)), Self.frame(0, 0, 8, 8))),
                [.badCameras(0)]
            ),
            (
                Self.scene(.staff, HallPanel(.cameras(HallCameras(seconds: 4)), Self.frame(0, 0, 8, 8))),
                [.badCameras(0)]
            ),
            (Self.scene(.staff, HallPanel(.notice(""), Self.frame(0, 0, 8, 1))), [.badNotice(0)]),
            (
                Self.scene(.staff, HallPanel(.notice(String(repeating: "字", count: 301)), Self.frame(0, 0, 8, 1))),
                [.badNotice(0)]
            ),
        ] as [(HallScene, [HallScene.Flaw])] {
            #expect(scene.flaws == flaws, "\(scene.panels)")
        }
        let many = (0..<13).map { HallPanel(.notice("a"), Self.frame(0, $0, 4, 1)) }
        #expect(HallScene(id: HallScene.overview.id, name: "", panels: many).flaws == [.tooManyPanels])
    }

    @Test func `of any two frames, those overlap that share a cell`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            func frame() -> HallFrame {
                Self.frame(
                    Int.random(in: 0..<6, using: &random), Int.random(in: 0..<6, using: &random),
                    Int.random(in: 1...4, using: &random), Int.random(in: 1...4, using: &random))
            }
            func cells(_ frame: HallFrame) -> Set<Int> {
                Set(
                    (frame.x..<frame.x + frame.width).flatMap { x in
                        (frame.y..<frame.y + frame.height).map { x * 100 + $0 }
                    })
            }
            let (a, b) = (frame(), frame())
            #expect(a.overlaps(b) == !cells(a).isDisjoint(with: cells(b)))
            #expect(a.overlaps(b) == b.overlaps(a))
        }
    }

    @Test func `what a county changes takes the place of what the product brings`() {
        var changed = HallScene.kitchens
        changed.name = "后厨"
        let own = Self.scene(.staff, HallPanel(.map, Self.frame(0, 0, 6, 6)))
        let all = HallScene.all(with: [own, changed])
        #expect(all.map(\.id) == [HallScene.overview.id, changed.id, HallScene.visitors.id, own.id])
        #expect(all[1].name == "后厨" && all[1].isStandard && !own.isStandard)
    }
}
