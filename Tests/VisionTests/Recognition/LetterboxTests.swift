import Domain
import Testing

@testable import Vision

struct LetterboxTests {
    @Test(arguments: [
        (640, 360, 626, 352, 7, 0), (1920, 1080, 626, 352, 7, 0), (352, 640, 194, 352, 223, 0),
        (1, 1, 352, 352, 144, 0),
        (10_000, 1, 640, 1, 0, 175),
    ]) func `a picture keeps its shape, in the middle`(
        sourceWidth: Int, sourceHeight: Int, width: Int, height: Int, left: Int, top: Int
    ) {
        let box = Letterbox(
            sourceWidth: sourceWidth, sourceHeight: sourceHeight, into: InputSize(width: 640, height: 352))
        #expect([box.width, box.height, box.left, box.top] == [width, height, left, top])
    }

    @Test(arguments: [(1920, 1080, 640, 352), (640, 480, 544, 416), (500, 500, 480, 480), (1080, 1920, 352, 640)])
    func `the input in which a picture is largest is taken`(width: Int, height: Int, inputWidth: Int, inputHeight: Int)
    {
        #expect(InputSize.fitting(width: width, height: height) == InputSize(width: inputWidth, height: inputHeight))
    }

    @Test(arguments: [
        (640, 360), (800, 600), (1280, 720), (1920, 1080), (3840, 2160), (12_000, 9000), (20_000, 100), (1, 1),
    ])
    func `tiles cover every point of a large picture, and are not too many`(width: Int, height: Int) {
        let tiles = Tiling.tiles(width: width, height: height)
        #expect(tiles.isEmpty == (max(width, height) <= 800))
        #expect(tiles.count <= 48)
        guard !tiles.isEmpty else { return }
        for step in 0...100 {
            for other in 0...10 {
                let (x, y) = (Double(step) / 100, Double(other) / 10)
                #expect(
                    tiles.contains {
                        x >= $0.x - 1e-9 && x <= $0.x + $0.width + 1e-9 && y >= $0.y - 1e-9
                            && y <= $0.y + $0.height + 1e-9
                    })
            }
        }
    }

    @Test func `a thing on the border of two tiles is found once and whole`() {
        var merge = SightMerge()
        let left = PictureBox(x: 0, y: 0, width: 0.55, height: 1)
        let right = PictureBox(x: 0.45, y: 0, width: 0.55, height: 1)
        func thing(_ x: Double, _ width: Double, _ score: Double, _ label: Recognized.Label = .head) -> Recognized {
            Recognized(label, PictureBox(x: x, y: 0.4, width: width, height: 0.1), score: score)
        }
        merge.add([thing(0.5, 0.1, 0.5)], of: nil)
        merge.add([thing(0.5, 0.05, 0.9), thing(0.01, 0.05, 0.6)], of: left)
        merge.add([thing(0.501, 0.099, 0.8), thing(0.95, 0.05, 0.7), thing(0.5, 0.1, 0.3, .phone)], of: right)
        #expect(merge.things.map(\.score) == [0.8, 0.7, 0.6, 0.3])
    }
}
