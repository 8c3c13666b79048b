import Cameras
import Domain
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Notices
import PublicVideo
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
    private let screens: PublicScreens?
    private let analysis: AnalysisService
    private let recovery: Recovery
    private let courier: Courier
    private let time: TimeSource
    private let log: Logger

    static func build(settings: Settings, store: Store, time: TimeSource, log: Logger) async throws -> Node {
        let eventLoops = MultiThreadedEventLoopGroup.singleton
        let supervision = Supervision(store: store, time: time, zone: settings.zone)
        let index = StoreRecordingIndex(footage: store.footage, time: time)
        let recorder = Recorder(settings: settings.recorder, index: index, time: time, log: log)
        let sources = SourceFactory(eventLoops: eventLoops, time: time, log: log)
        let models = AnalysisModels.load(settings, log: log)
        let pool = AnalysisPool(threads: settings.analysisThreads, log: log) { try models.recognition() }
        let tap = AnalysisTap(pool: pool, time: time)
        // Without the detector nobody can be covered, and nothing is public.
        let screens = models.loaded.map { loaded in
            PublicScreens(most: settings.mostPublicScreens, time: time, log: log) { try HeadFinder(loaded) }
        }
        let taps = (settings.isAnalysing ? [tap] : []) as [any StreamTap] + (screens.map { [$0] } ?? [])
        let fleet = CameraFleet(
            recorder: recorder, sources: sources, tap: taps.isEmpty ? nil : StreamTaps(taps), time: time, log: log)
        let playback = Playback(root: settings.recorder.root)
        let analysis = AnalysisService(
            fleet: fleet, supervision: supervision, playback: playback, pool: pool, tap: tap, models: models.versions,
            settings: settings, time: time, log: log)
        let mail = try settings.notices.mail()
        let courier = Courier(
            mail: mail, trust: settings.notices.trust, eventLoops: eventLoops, time: time, zone: settings.zone)
        let site = try Site(
            supervision: supervision, fleet: fleet, playback: playback,
            probe: Probe(sources: sources, time: time), time: time,
            settings: SiteSettings(
                zone: settings.zone, usesSecureCookies: settings.usesSecureCookies,
                trustsProxy: settings.trustsProxy,
                retentionDays: settings.recorder.retentionDays, publicAddress: settings.notices.publicAddress,
                hall: settings.hall),
            desk: models.desk(
                pool: pool,
                trial: RuleTrial(
                    footage: supervision.footage, playback: playback, models: models, hours: settings.workingHours,
                    zone: settings.zone), settings: settings), attachments: settings.attachments,
            notices: NoticeDesk(sendsMail: mail != nil) { message, channel in
                await courier.send(message, about: nil, id: "test-\(DeliveryID(at: time.now()))", through: channel)
            }, screens: screens, log: log)
        return Node(
            settings: settings, supervision: supervision, recorder: recorder, fleet: fleet, site: site,
            checkpoints: try DataFolder.open(settings.dataFolder).checkpoints(of: store, time: time), pool: pool,
            screens: screens, analysis: analysis,
            recovery: Recovery(settings: settings.recorder, index: index, log: log),
            courier: courier,
            time: time, log: log)
    }

    /// What a kill or a power cut left behind is put in order. Before the services run.
    func recover() async throws {
        try await recovery.run()
        settings.attachments.sweep()
    }

    /// In the order in which they are started; on shutdown the last ends first: cameras are let go before the pages,
    /// whose live viewers end with them, the recorder is the last to write, and what all have entered is signed.
    func services(listening: @escaping @Sendable (Int) -> Void) -> [any Service] {
        let application = Application(
            responder: site.responder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.listenHost, port: settings.listenPort), serverName: "Mingchu"),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? settings.listenPort) },
            logger: log)
        let watching: [any Service] = settings.isAnalysing ? [pool, analysis] : []
        let (site, courier) = (site, courier)
        let dispatch = NoticeDispatch(
            deliveries: supervision.deliveries, cases: supervision.cases, time: time,
            send: { outgoing in
                switch outgoing.content {
                case .news(let news):
                    return await courier.send(
                        site.message(for: news, in: outgoing.channel.language), about: news,
                        id: "\(outgoing.delivery.id)", through: outgoing.channel)
                case .report(let issue, let document):
                    guard let message = try? await site.message(for: issue, document: document) else {
                        // Its names can't be read now; nothing has left yet.
                        return .later(SendFault(.interrupted))
                    }
                    return await courier.send(
                        message, about: nil, id: "\(outgoing.delivery.id)", through: outgoing.channel)
                }
            }, log: log)
        return [
            CheckpointSchedule(checkpoints: checkpoints, log: log), recorder,
            ViewingNotes(footage: supervision.footage, log: log), dispatch,
            ReminderDispatch(
                reminders: supervision.reminders, time: time,
                send: { outgoing in
                    await courier.send(
                        site.message(for: outgoing, in: outgoing.channel.language), about: nil,
                        event: "school.reminder", id: "\(outgoing.delivery.id)", through: outgoing.channel)
                }, log: log),
            EscalationSchedule(cases: supervision.cases, time: time, log: log),
            ReportDispatch(
                reports: supervision.reports, time: time, document: { try await site.document(of: $0) }, log: log),
            ActivitySchedule(
                activities: supervision.activities,
                send: { outgoing in
                    await courier.send(
                        site.message(for: outgoing), about: nil, id: "\(outgoing.letter.id)",
                        through: .mail(to: outgoing.letter))
                }, log: log),
            WarningSchedule(warnings: supervision.warnings, time: time, log: log),
            ConcernUpkeep(concerns: supervision.concerns, log: log),
            ParentUpkeep(parents: supervision.parents, log: log),
            SampleSchedule(
                samples: supervision.samples,
                folder: EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone),
                retentionDays: settings.sampleRetentionDays, time: time, log: log),
            FactLoading(insights: supervision.insights, log: log), application,
        ] + watching + (screens.map { [$0] } ?? []) + [
            fleet, CameraWatch(settings: supervision.cameras, fleet: fleet, log: log),
        ]
    }
}
