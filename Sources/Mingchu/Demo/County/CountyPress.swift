import Cameras
import Domain
import Logging
import NIOPosix
import Store
import Supervision
import Web

/// Draws the reports of the simulated year as the site does; no camera is ever connected for it. (报告印制)
struct CountyPress {
    private let site: Site

    init(_ supervision: Supervision, store: Store, settings: Settings, time: TimeSource) throws {
        let log = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        let recorder = Recorder(
            settings: settings.recorder, index: StoreRecordingIndex(footage: store.footage, time: time), time: time,
            log: log)
        let sources = SourceFactory(eventLoops: MultiThreadedEventLoopGroup.singleton, time: time, log: log)
        site = try Site(
            supervision: supervision,
            fleet: CameraFleet(recorder: recorder, sources: sources, time: time, log: log),
            playback: Playback(root: settings.recorder.root), probe: Probe(sources: sources, time: time), time: time,
            settings: SiteSettings(zone: settings.zone, publicAddress: settings.notices.publicAddress), log: log)
    }

    func document(of due: DueReport) async throws -> [UInt8] { try await site.document(of: due) }
}
