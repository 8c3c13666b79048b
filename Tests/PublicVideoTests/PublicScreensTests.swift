import Cameras
import Domain
import Logging
import TestSupport
import Testing
import Vision

@testable import PublicVideo

struct PublicScreensTests {
    private static func screens(_ time: FakeTime, most: Int = 2) -> PublicScreens {
        PublicScreens(most: most, time: time.source, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            Stage.ScriptedSearch()
        }
    }

    private static func settings(delay: Int = 12) -> PublicScreenSettings {
        PublicScreenSettings(delay: .seconds(delay), label: "实验小学", zone: .shanghai, hasSub: false)
    }

    @Test func `all who watch a camera share one screen`() throws {
        let time = FakeTime()
        let screens = Self.screens(time)
        let camera = CameraID(at: time.now)
        let first = try screens.screen(of: camera, Self.settings())
        #expect(try screens.screen(of: camera, Self.settings()) === first)
        #expect(screens.watched == 1)
    }

    @Test func `another delay, a cut and a thread that hangs each begin a new one`() throws {
        let time = FakeTime()
        let screens = Self.screens(time)
        let camera = CameraID(at: time.now)
        let first = try screens.screen(of: camera, Self.settings())
        let second = try screens.screen(of: camera, Self.settings(delay: 20))
        #expect(second !== first && first.isEnded)
        screens.close(camera)
        #expect(second.isEnded)
        let third = try screens.screen(of: camera, Self.settings(delay: 20))
        #expect(third !== second && third.epoch != second.epoch)
        time.advance(by: .seconds(31))
        let fourth = try screens.screen(of: camera, Self.settings(delay: 20))
        #expect(fourth !== third && third.isEnded)
    }

    @Test func `more cameras than the machine can cover are refused, and let in when others go`() throws {
        let time = FakeTime()
        let screens = Self.screens(time, most: 2)
        let cameras = (0..<3).map { _ in CameraID(at: time.now) }
        for camera in cameras.prefix(2) { _ = try screens.screen(of: camera, Self.settings()) }
        #expect(throws: PublicScreenError.busy) { try screens.screen(of: cameras[2], Self.settings()) }
        screens.close(cameras[0])
        _ = try screens.screen(of: cameras[2], Self.settings())
    }

    @Test func `what nobody watches is passed over`() throws {
        let time = FakeTime()
        let screens = Self.screens(time)
        #expect(screens.running(CameraID(at: time.now)) == nil)
        screens.interrupt(CameraID(at: time.now), .main)
        #expect(screens.watched == 0)
    }
}
