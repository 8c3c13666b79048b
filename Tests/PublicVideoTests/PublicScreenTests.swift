import Domain
import TestSupport
import Testing

@testable import PublicVideo

struct PublicScreenTests {
    @Test func `a stage that stands still closes the screen within two seconds`() throws {
        let stage = try Stage()
        try stage.run(seconds: 14)
        #expect(try stage.screen.playlist() != nil)
        let file = try #require(try stage.screen.playlist()).split(separator: "\n").last.map(String.init) ?? ""
        _ = try stage.screen.file(file)
        stage.time.advance(by: .milliseconds(1600))
        #expect(throws: PublicScreenError.closed) { try stage.screen.playlist() }
        #expect(throws: PublicScreenError.closed) { try stage.screen.file(file) }
        #expect(throws: PublicScreenError.closed) { try stage.screen.file("e-init.mp4") }
    }

    @Test func `a screen whose thread doesn't come back is given up for another`() throws {
        let stage = try Stage()
        try stage.run(seconds: 4)
        #expect(!stage.screen.isStuck)
        stage.time.advance(by: .seconds(29))
        #expect(!stage.screen.isStuck)
        stage.time.advance(by: .seconds(2))
        #expect(stage.screen.isStuck)
    }

    @Test func `a cut screen gives out nothing, not even what was made`() throws {
        let stage = try Stage()
        try stage.run(seconds: 14)
        stage.screen.end()
        #expect(throws: PublicScreenError.closed) { try stage.screen.playlist() }
        #expect(throws: PublicScreenError.closed) { try stage.screen.file("e-init.mp4") }
    }

    @Test func `a screen that never begins is closed after its start`() throws {
        let time = FakeTime()
        let screen = PublicScreen(epoch: "e", time: time.source)
        #expect(try screen.playlist() == nil)
        time.advance(by: .seconds(21))
        #expect(throws: PublicScreenError.closed) { try screen.playlist() }
    }

    @Test func `nobody watches half a minute after the last request`() throws {
        let stage = try Stage()
        try stage.run(seconds: 4)
        #expect(stage.screen.isWanted)
        stage.time.advance(by: .seconds(31))
        #expect(!stage.screen.isWanted)
    }

    @Test(arguments: ["", "e-", "e-x.m4s", "e--1.m4s", "e-999999.m4s", "f-init.mp4", "../x", "e-0.mp4"])
    func `a guessed name is no file`(name: String) throws {
        let stage = try Stage()
        try stage.run(seconds: 4)
        #expect(throws: PublicScreenError.gone) { try stage.screen.file(name) }
    }

    @Test func `the playlist is one that players take`() throws {
        let stage = try Stage()
        try stage.run(seconds: 30)
        let lines = try #require(try stage.screen.playlist()).split(separator: "\n").map(String.init)
        #expect(lines.first == "#EXTM3U")
        #expect(lines.contains("#EXT-X-TARGETDURATION:2"))
        #expect(lines.count { $0.hasPrefix("#EXTINF:2.000,") } == 6)
        let numbers = lines.filter { $0.hasSuffix(".m4s") }.compactMap { Int($0.dropFirst(2).dropLast(4)) }
        #expect(numbers == Array(numbers[0]..<numbers[0] + 6))
        #expect(lines.contains("#EXT-X-MEDIA-SEQUENCE:\(numbers[0])"))
    }
}
