import Cameras
import Domain
import Foundation
import TestSupport
import Testing

@testable import Mingchu

struct OfflineWatchTests {
    private static let noon = UTCTime(milliseconds: 1_795_399_200_000 + 2 * 3_600_000)
    private let camera = CameraID(at: noon)
    private var watch = OfflineWatch(hours: .standard, zone: .shanghai)

    private func status(_ isLive: Bool, since: UTCTime) -> CameraStatus {
        CameraStatus(
            state: isLive ? .live : .waiting(SourceFailure(.stalled), retryAt: since + .seconds(30)), since: since,
            recording: .off, picture: nil, received: 0, damaged: 0)
    }

    private mutating func look(
        _ isLive: Bool, since: UTCTime, at now: UTCTime, _ settings: AnalysisSettings = .standard
    ) -> [OfflineWatch.Change] {
        watch.look([camera: status(isLive, since: since)], settings: [camera: settings], at: now)
    }

    private var patience: Duration { .seconds(CaptureRule.standard(.offline).sustainedSeconds) }

    @Test mutating func `a camera that is away long enough is one capture, which ends when it is back`() {
        let lost = Self.noon
        #expect(look(false, since: lost, at: lost + patience - .seconds(1)).isEmpty)
        let opened = look(false, since: lost, at: lost + patience).opened
        #expect(opened.map(\.item) == [.offline] && opened.first?.start == lost)
        #expect(look(false, since: lost, at: lost + patience + .seconds(60)).isEmpty, "once")
        let back = lost + patience + .seconds(90)
        let ended = look(true, since: back, at: back + .seconds(2)).ended
        #expect(ended.map(\.id) == opened.map(\.id) && ended.first?.end == back)
        #expect(look(true, since: back, at: back + .seconds(5)).isEmpty)
    }

    @Test mutating func `a short interruption is nothing`() {
        #expect(look(false, since: Self.noon, at: Self.noon + .seconds(5)).isEmpty)
        #expect(look(true, since: Self.noon + .seconds(6), at: Self.noon + .seconds(7)).isEmpty)
    }

    @Test mutating func `a clock that was set back gives no time in the future`() {
        let lost = Self.noon + .seconds(3600)
        #expect(look(false, since: lost, at: Self.noon).isEmpty)
        #expect(watch.open.isEmpty)
    }

    @Test mutating func `a camera that is removed, or whose rule is switched off, ends its capture`() {
        let met = Self.noon + patience
        #expect(look(false, since: Self.noon, at: met).opened.count == 1)
        #expect(watch.look([:], settings: [:], at: met + .seconds(9)).ended.map(\.end) == [met + .seconds(9)])
        #expect(look(false, since: Self.noon, at: met + .seconds(10)).opened.count == 1)
        var settings = AnalysisSettings.standard
        settings.isOn = false
        #expect(look(false, since: Self.noon, at: met + .seconds(20), settings).ended.count == 1)
    }

    @Test mutating func `after a restart the capture that was open goes on`() {
        let met = Self.noon + patience
        let opened = look(false, since: Self.noon, at: met).opened
        var restarted = OfflineWatch(hours: .standard, zone: .shanghai)
        restarted.resume(opened)
        let statuses = [camera: status(false, since: met)]
        #expect(restarted.look(statuses, settings: [:], at: met + .seconds(600)).isEmpty)
        #expect(restarted.look([:], settings: [:], at: met + .seconds(700)).ended.map(\.id) == opened.map(\.id))
    }
}

extension [OfflineWatch.Change] {
    fileprivate var opened: [Capture] {
        compactMap { change in
            guard case .opened(let capture) = change else { return nil }
            return capture
        }
    }

    fileprivate var ended: [Capture] {
        compactMap { change in
            guard case .ended(let capture) = change else { return nil }
            return capture
        }
    }
}
