import Cameras
import Domain
import Logging
import ServiceLifecycle
import Supervision
import Synchronization
import Vision

/// The analysis of a serving node: which cameras are analysed and how, and what becomes of what is seen. (智能分析)
final class AnalysisService: Service {
    private struct Told: Sendable {
        let camera: CameraID
        let event: AnalysisEvent
    }

    private let fleet: CameraFleet
    private let cameras: CameraSettings
    private let captures: Captures
    private let pool: AnalysisPool
    private let tap: AnalysisTap
    private let filing: CaptureFiling
    private let cutter: EvidenceCutter
    private let samples: SampleFiling
    private let references: SceneReferences
    private let models: String
    private let settings: Settings
    private let time: TimeSource
    private let log: Logger
    private let (events, input) = AsyncStream.makeStream(of: Told.self, bufferingPolicy: .bufferingOldest(4096))
    private let dropped = Atomic(0)

    init(
        fleet: CameraFleet, supervision: Supervision, playback: Playback, pool: AnalysisPool, tap: AnalysisTap,
        models: String, settings: Settings, time: TimeSource, log: Logger
    ) {
        self.fleet = fleet
        cameras = supervision.cameras
        captures = supervision.captures
        self.pool = pool
        self.tap = tap
        self.models = models
        self.settings = settings
        self.time = time
        self.log = log
        let folder = EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone)
        filing = CaptureFiling(captures: captures, folder: folder, time: time, log: log)
        cutter = EvidenceCutter(
            footage: supervision.footage, filing: filing, playback: playback, folder: folder, time: time, log: log)
        samples = SampleFiling(
            samples: supervision.samples, folder: folder, size: settings.sampleFrames, zone: settings.zone, log: log)
        references = SceneReferences(folder: settings.dataFolder + "/scenes", log: log)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { [self] in await follow() }
                group.addTask { [self] in await keepBooks() }
                await takeUp(in: &group)
                // Ends with the stream; cancellation ends the stream.
                await withTaskCancellationHandler {
                    for await told in events { await handle(told, in: &group) }
                } onCancel: { [input] in
                    input.finish()
                }
                group.cancelAll()
            }
        }
        references.save(pool.references())
        await filing.settleCounts()
        await samples.count(pool.samples())
    }

    /// Cameras and settings as they change, also by another process.
    private func follow() async {
        var cameraRevision: Int64?
        var settingsRevision: Int64?
        var known: [CameraID: Analysed] = [:]
        var isFailing = false
        while !Task.isCancelled {
            do {
                let (cameraNow, settingsNow) = (try await cameras.revision(), try await captures.settingsRevision())
                if cameraNow != cameraRevision || settingsNow != settingsRevision {
                    await samples.count(pool.samples())
                    let all = try await cameras.all()
                    known = apply(
                        all, try await captures.settings(), try await captures.hours(),
                        try await samples.begun(all.map(\.id), at: time.now(), running: pool.samples()), known)
                    (cameraRevision, settingsRevision) = (cameraNow, settingsNow)
                }
                isFailing = false
            } catch is CancellationError {
            } catch {
                if !isFailing { log.error("can't read what is to be analysed", metadata: ["error": "\(error)"]) }
                isFailing = true
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// What decides how a camera is analysed.
    private struct Analysed: Hashable {
        var settings: AnalysisSettings
        var hours: WorkingHours
        var main: SourceAddress
        var hasSub: Bool
    }

    private func apply(
        _ cameras: [Camera], _ settings: [CameraID: AnalysisSettings], _ hours: [CameraID: WorkingHours],
        _ begun: [CameraID: DailyFrameSample], _ known: [CameraID: Analysed]
    ) -> [CameraID: Analysed] {
        var wanted: [CameraID: Analysed] = [:]
        for camera in cameras where camera.isEnabled {
            let own = settings[camera.id] ?? .standard
            guard own.isOn else { continue }
            wanted[camera.id] = Analysed(
                settings: own, hours: hours[camera.id] ?? self.settings.workingHours, main: camera.main,
                hasSub: camera.sub != nil)
        }
        let learned = pool.references()
        for camera in known.keys where wanted[camera] == nil { pool.remove(camera) }
        for (camera, analysed) in wanted where known[camera] != analysed {
            // A camera that now looks at something else has a new scene.
            let keepsScene = known[camera].map { $0.main == analysed.main } ?? true
            pool.add(
                camera, settings: analysed.settings, hours: analysed.hours, zone: self.settings.zone,
                models: models,
                reference: keepsScene ? learned[camera] ?? references.load(camera) : SceneReference(),
                sample: begun[camera],
                report: { [self] event in tell(camera, event) })
        }
        tap.watch(wanted.mapValues(\.hasSub))
        return wanted
    }

    private func tell(_ camera: CameraID, _ event: AnalysisEvent) {
        if case .dropped = input.yield(Told(camera: camera, event: event)) { dropped.add(1, ordering: .relaxed) }
    }

    private func handle(_ told: Told, in group: inout DiscardingTaskGroup) async {
        let camera = told.camera
        switch told.event {
        case .analysed(let picture):
            await filing.count(camera, at: picture.moment.wall, isRecord: picture.isRecord)
        case .opened(let capture, let jpeg):
            log.info("captured", metadata: ["camera": "\(camera)", "item": "\(capture.item.rawValue)"])
            await filing.open(capture, jpeg: jpeg)
            await cutter.protect(capture)
        case .ripe(let capture):
            group.addTask { [cutter] in await cutter.cut(capture) }
        case .ended(let capture):
            await filing.end(capture)
        case .sampled(let picture):
            await samples.keep(picture, of: camera)
        }
    }

    /// What a power cut or a restart left unfinished.
    private func takeUp(in group: inout DiscardingTaskGroup) async {
        do {
            for var capture in try await captures.unfinished() where !capture.item.isOffline {
                if capture.end == nil {
                    // What went on then can't be told to go on now.
                    capture.end = max(capture.metAt, capture.start.adding(capture.curve.last?.offsetMs ?? 0))
                    await filing.end(capture)
                }
                let unfinished = capture
                group.addTask { [cutter] in await cutter.cut(unfinished) }
            }
        } catch {
            log.error("can't read unfinished captures", metadata: ["error": "\(error)"])
        }
    }

    /// Cameras that are away, counts, learned scenes.
    private func keepBooks() async {
        var watch = OfflineWatch(hours: settings.workingHours, zone: settings.zone)
        watch.resume((try? await captures.unfinished()) ?? [])
        var rounds = 0
        while !Task.isCancelled {
            let known = (try? await captures.settings()) ?? [:]
            let hours = (try? await captures.hours()) ?? [:]
            for change in watch.look(fleet.statuses(), settings: known, hours: hours, at: time.now()) {
                switch change {
                case .opened(let capture): await filing.open(capture, jpeg: nil)
                case .ended(let capture): await filing.end(capture)
                }
            }
            rounds += 1
            if rounds.isMultiple(of: 6) {
                await filing.settleCounts()
                await samples.count(pool.samples())
            }
            if rounds.isMultiple(of: 360) { references.save(pool.references()) }
            let lost = dropped.exchange(0, ordering: .relaxed)
            if lost > 0 { log.error("the disk is too slow for captures", metadata: ["lost": "\(lost)"]) }
            try? await Task.sleep(for: .seconds(5))
        }
    }
}

extension UTCTime {
    fileprivate func adding(_ milliseconds: Int) -> UTCTime { self + .milliseconds(milliseconds) }
}
