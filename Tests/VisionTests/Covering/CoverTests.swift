import Domain
import FFmpeg
import Testing

@testable import Vision

struct CoverTests {
    @Test func `a head's cover is larger than the head, and stays in the picture`() {
        let head = PictureBox(x: 0, y: 0.02, width: 0.1, height: 0.2)
        let cover = HeadCover([Recognized(.head, head, score: 0.5)], aspect: 16 / 9)
        let region = cover.regions[0]
        #expect(region.x == 0 && region.y == 0)
        #expect(region.x + region.width > 0.13 && region.y + region.height > 0.28)
        #expect(!cover.isUnsure)
    }

    @Test func `animals and phones are left as they are`() {
        let box = PictureBox(x: 0.2, y: 0.2, width: 0.1, height: 0.1)
        for label in [Recognized.Label.phone, .rodent, .insect] {
            #expect(HeadCover([Recognized(label, box, score: 1)], aspect: 1).regions.isEmpty)
        }
    }

    @Test func `of somebody who bends more is covered than of somebody who stands`() {
        let standing = PictureBox(x: 0.4, y: 0.1, width: 0.1, height: 0.7)
        let bent = PictureBox(x: 0.4, y: 0.4, width: 0.3, height: 0.4)
        func share(_ box: PictureBox) -> Double {
            HeadCover([Recognized(.person, box, score: 1)], aspect: 16 / 9).regions[0].height / box.height
        }
        #expect(share(standing) < 0.4)
        #expect(share(bent) > 0.6)
    }

    /// At any time of any history: shown only what was searched, with every search near it done.
    @Test(arguments: 0..<50) func `no picture near a failed search is shown`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var timeline = CoverTimeline()
        var looks: [(time: Duration, cover: HeadCover?)] = []
        var time = Duration.zero
        for _ in 0..<200 {
            time += .milliseconds(Int.random(in: 50...400, using: &random))
            let box = PictureBox(x: Double.random(in: 0...0.8, using: &random), y: 0.5, width: 0.05, height: 0.05)
            let cover =
                Int.random(in: 0..<20, using: &random) == 0
                ? nil : HeadCover([Recognized(.head, box, score: 1)], aspect: 16 / 9)
            timeline.add(cover, at: time)
            looks.append((time, cover))
        }
        for look in looks {
            let near = looks.filter {
                $0.time >= look.time - CoverTimeline.held && $0.time <= look.time + CoverTimeline.ahead
            }
            let isKnown = looks.last!.time >= look.time + CoverTimeline.ahead
            let shown = timeline.cover(at: look.time)
            if !isKnown || near.contains(where: { $0.cover == nil }) {
                #expect(shown == nil)
            } else if let shown {
                for region in near.flatMap({ $0.cover!.regions }) { #expect(shown.contains(region)) }
            }
            #expect(timeline.cover(at: look.time + .microseconds(1)) == nil)
        }
    }

    @Test func `what was forgotten is not shown`() {
        var timeline = CoverTimeline()
        for second in 0..<10 { timeline.add(HeadCover([], aspect: 1), at: .seconds(second)) }
        timeline.forget(before: .seconds(5))
        #expect(timeline.cover(at: .seconds(1)) == nil)
        #expect(timeline.cover(at: .seconds(6)) == [])
    }

    @Test func `no two different faces leave the same region different in more than its cells`() throws {
        // Two pictures that differ in every pixel but agree in the means of cells are the same after covering.
        var one = try Picture.blank(width: 96, height: 96)
        var two = try Picture.blank(width: 96, height: 96)
        fill(&one) { row, column in (row + column) % 2 == 0 ? 60 : 180 }
        fill(&two) { row, column in (row + column) % 2 == 0 ? 180 : 60 }
        let region = [PictureBox(x: 0.25, y: 0.25, width: 0.5, height: 0.5)]
        Mosaic.cover(region, of: &one)
        Mosaic.cover(region, of: &two)
        let (a, b) = (luma(one), luma(two))
        for row in 24..<72 { for column in 24..<72 { #expect(a[row * 96 + column] == b[row * 96 + column]) } }
        #expect(a[0] != b[0])
    }

    @Test(arguments: [
        PictureBox(x: 0, y: 0, width: 1, height: 1), PictureBox(x: 0.99, y: 0.99, width: 0.01, height: 0.01),
        PictureBox(x: 0.5, y: 0.5, width: 0, height: 0), PictureBox(x: 0.3, y: 0, width: 0.001, height: 1),
    ])
    func `any region of any picture can be covered`(box: PictureBox) throws {
        for (width, height) in [(2, 2), (34, 18), (640, 360)] {
            var picture = try Picture.blank(width: width, height: height)
            fill(&picture) { row, column in UInt8((row * 7 + column * 13) % 200) }
            Mosaic.cover([box], of: &picture)
            #expect(luma(picture).count == width * height)
        }
    }

    private func fill(_ picture: inout Picture, _ value: (Int, Int) -> UInt8) {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        picture.withMutablePlanes { y, u, v in
            for row in 0..<height { for column in 0..<width { y[row * stride + column] = value(row, column) } }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
    }

    private func luma(_ picture: borrowing Picture) -> [UInt8] {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        return picture.withPlanes { y, _, _ in
            (0..<height).flatMap { row in (0..<width).map { y[row * stride + $0] } }
        }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
