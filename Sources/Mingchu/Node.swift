import Cameras
import Domain
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Store
import Supervision
import Vision
import Web

/// The composition root: the one place where the parts of a serving node are made and joined.
struct Node: Sendable {
    let settings: Settings
    let supervision: Supervision
    let recorder: Recorder
    let fleet: CameraFleet
    let site: Site
    private let checkpoints: Checkpoints
    private let pool: AnalysisPool
    private let analysis: AnalysisService
    private let recovery: Recovery
    private let log: Logger

    static func build(settings: Settings, store: Store, time: TimeSource, log: Logger) async throws -> Node {
        let eventLoops = MultiThreadedEventLoopGroup.singleton
        let supervision = Supervision(store: store, time: time)
        let index = StoreRecordingIndex(footage: store.footage, time: time)
        let recorder = Recorder(settings: settings.recorder, index: index, time: time, log: log)
        let sources = SourceFactory(eventLoops: eventLoops, time: time, log: log)
        let models = AnalysisModels.load(settings, log: log)
        let pool = AnalysisPool(threads: settings.analysisThreads, log: log) { try models.recognition() }
        let tap = AnalysisTap(pool: pool, time: time)
        let fleet = CameraFleet(
            recorder: recorder, sources: sources, tap: settings.isAnalysing ? tap : nil, time: time, log: log)
        let playback = Playback(root: settings.recorder.root)
        let analysis = AnalysisService(
            fleet: fleet, supervision: supervision, playback: playback, pool: pool, tap: tap, models: models.versions,
            settings: settings, time: time, log: log)
        let site = try Site(
            supervision: supervision, fleet: fleet, playback: playback,
            probe: Probe(sources: sources, time: time), time: time,
            settings: SiteSettings(
                zone: settings.zone, usesSecureCookies: settings.usesSecureCookies,
                retentionDays: settings.recorder.retentionDays),
            desk: models.desk(
                pool: pool,
                trial: RuleTrial(
                    footage: supervision.footage, playback: playback, models: models, hours: settings.workingHours,
                    zone: settings.zone), settings: settings), log: log)
        return Node(
            settings: settings, supervision: supervision, recorder: recorder, fleet: fleet, site: site,
            checkpoints: try DataFolder.open(settings.dataFolder).checkpoints(of: store, time: time), pool: pool,
            analysis: analysis, recovery: Recovery(settings: settings.recorder, index: index, log: log), log: log)
    }

    /// What a kill or a power cut left behind is put in order. Before the services run.
    func recover() async throws { try await recovery.run() }

    /// In the order in which they are started; on shutdown the last ends first: cameras are let go before the pages,
    /// whose live viewers end with them, and the recorder is the last to write.
    func services(listening: @escaping @Sendable (Int) -> Void) -> [any Service] {
        let application = Application(
            responder: site.responder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.listenHost, port: settings.listenPort), serverName: "Mingchu"),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? settings.listenPort) },
            logger: log)
        let watching: [any Service] = settings.isAnalysing ? [pool, analysis] : []
        let noting: [any Service] = [
            ViewingNotes(footage: supervision.footage, log: log), HourlyCheckpoints(checkpoints: checkpoints, log: log),
        ]
        return [recorder] + noting + [application] + watching + [
            fleet, CameraWatch(settings: supervision.cameras, fleet: fleet, log: log),
        ]
    }
}
