import Domain
import TestSupport
import Testing
import Vision

@testable import PublicVideo

/// Closed when in doubt: what a viewer sees is taken from the very files that viewers get.
struct PublicWorkerTests {
    private static let head = PictureBox(x: 0.4, y: 0.3, width: 0.1, height: 0.2)
    /// Far from head and watermark.
    private static let wall = PictureBox(x: 0.7, y: 0.1, width: 0.2, height: 0.2)

    private static func isBoard(_ seen: Stage.Seen) -> Bool { seen.contrast(wall) > 120 }

    @Test func `a head is gone from the pixels, the rest is there`() throws {
        let stage = try Stage()
        stage.search.answer = { _ in [Recognized(.head, Self.head, score: 0.9)] }
        try stage.run(seconds: 16)
        let shown = try stage.seen().filter(Self.isBoard)
        #expect(shown.count >= 24)
        // The encoder leaves a little of its own.
        for picture in shown { #expect(picture.contrast(Self.head) < 40) }
    }

    @Test func `nothing of the camera leaves before the delay`() throws {
        let stage = try Stage()
        try stage.run(seconds: 9)
        let early = try stage.seen()
        #expect(!early.isEmpty)
        #expect(early.allSatisfy { !Self.isBoard($0) })
        try stage.run(seconds: 5)
        #expect(try stage.seen().contains(where: Self.isBoard))
    }

    @Test func `a head that is missed in some pictures stays covered`() throws {
        let stage = try Stage()
        // Found in one picture of eight.
        stage.search.answer = { $0 % 8 == 3 ? [Recognized(.head, Self.head, score: 0.3)] : [] }
        try stage.run(seconds: 18)
        let shown = try stage.seen().filter(Self.isBoard)
        #expect(shown.count >= 32)
        for picture in shown { #expect(picture.contrast(Self.head) < 40) }
    }

    @Test func `a person's head is covered when only the person is found`() throws {
        let stage = try Stage()
        let person = PictureBox(x: 0.4, y: 0.2, width: 0.1, height: 0.6)
        stage.search.answer = { _ in [Recognized(.person, person, score: 0.5)] }
        try stage.run(seconds: 14)
        let top = PictureBox(x: 0.4, y: 0.2, width: 0.1, height: 0.17)
        let shown = try stage.seen().filter(Self.isBoard)
        #expect(!shown.isEmpty)
        for picture in shown { #expect(picture.contrast(top) < 40) }
    }

    @Test func `while the search fails a notice is shown, and pictures come back by themselves`() throws {
        let stage = try Stage()
        stage.search.answer = { (40..<80).contains($0) ? nil : [] }
        try stage.run(seconds: 26)
        let seen = try stage.seen().map(Self.isBoard)
        let first = try #require(seen.firstIndex(of: true))
        let gone = try #require(seen[first...].firstIndex(of: false))
        let back = try #require(seen[gone...].firstIndex(of: true))
        // Five seconds without a search, and what lies near them.
        #expect(back - gone >= 40)
        #expect(seen[back...].allSatisfy { $0 })
    }

    @Test func `somebody too near to be sure closes the picture`() throws {
        let stage = try Stage()
        let near = PictureBox(x: 0.05, y: 0, width: 0.9, height: 1)
        stage.search.answer = { _ in [Recognized(.person, near, score: 0.9)] }
        try stage.run(seconds: 16)
        let seen = try stage.seen()
        #expect(seen.count > 60)
        #expect(seen.allSatisfy { !Self.isBoard($0) })
    }

    @Test func `when the camera stops, its last picture does not stay`() throws {
        let stage = try Stage()
        try stage.run(seconds: 12)
        stage.units.interrupt()
        try stage.run(seconds: 16, hasPicture: false)
        let seen = try stage.seen().map(Self.isBoard)
        #expect(seen.contains(true))
        #expect(seen.suffix(8).allSatisfy { !$0 })
    }

    @Test(arguments: [(704, 576), (352, 288), (1920, 1080), (360, 640)])
    func `every shape of camera fits, nothing is stretched over the edge`(width: Int, height: Int) throws {
        let stage = try Stage(width: width, height: height)
        try stage.run(seconds: 14)
        #expect(try stage.seen().suffix(4).allSatisfy { (17...200).contains($0.mean) })
    }

    @Test func `a time and the school stand on every picture of the camera`() throws {
        let stage = try Stage()
        try stage.run(seconds: 14)
        let strip = PictureBox(x: 0.02, y: 0.94, width: 0.2, height: 0.02)
        let shown = try stage.seen().filter(Self.isBoard)
        #expect(!shown.isEmpty)
        // The strip is dark: no white square of the board is left in it but letters are.
        for picture in shown { #expect(picture.contrast(strip) > 60) }
    }
}
