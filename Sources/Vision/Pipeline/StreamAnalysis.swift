public import Bitstream
public import Domain
import FFmpeg

/// The whole way of one stream: access units in, captures out. For one thread at a time.
public struct StreamAnalysis: ~Copyable {
    private var reader: PictureReader
    private var analysis: PictureAnalysis
    private let hours: WorkingHours
    private let zone: TerritoryZone
    public private(set) var received = 0
    public private(set) var analysed = 0
    public private(set) var records = 0
    private var decodeTimes = StageTimes()
    public private(set) var sample: DailyFrameSample

    /// - Parameter sample: Which of the pictures are told as ``AnalysisEvent/sampled(_:)``; nil = none.
    public init(
        camera: CameraID, settings: AnalysisSettings, hours: WorkingHours, zone: TerritoryZone, models: String,
        looking: PictureReader.Looking, reference: SceneReference = SceneReference(),
        sample: DailyFrameSample? = nil
    ) {
        self.sample = sample ?? DailyFrameSample(size: 0, zone: zone)
        reader = PictureReader(looking)
        self.hours = hours
        self.zone = zone
        analysis = PictureAnalysis(
            camera: camera, settings: settings, hours: hours, zone: zone, models: models, reference: reference)
    }

    public var decoded: Int { reader.decoded }
    /// Pictures between keyframes are being looked at.
    public var isAwake: Bool { reader.isOpen }
    public var reference: SceneReference { analysis.integrity.reference }
    public var stages: [AnalysisHealth.Stage] { decodeTimes.stages + analysis.times.stages }

    /// - Parameters:
    ///   - wall: when the unit's picture was taken.
    ///   - skips: pictures are decoded, since later ones need them, but not looked at: they are too old.
    ///   - every: see ``PictureAnalysis/look(at:_:with:every:)``.
    /// - Throws: ``FFmpegError``, or what the models throw.
    public mutating func take(
        _ unit: AccessUnit, wall: UTCTime, with recognition: (any Recognition)?, skips: Bool = false, every: Int = 1,
        report: (AnalysisEvent) -> Void
    ) throws {
        received += 1
        if unit.isKey { reader.isVigilant = !hours.contains(wall, in: zone) }
        let start = StageTimes.now
        var looking: Int64 = 0
        var failure: (any Error)?
        var attention: Time90k?
        defer { decodeTimes.add(.decode, nanoseconds: StageTimes.now - start - looking) }
        var outcomes = 0
        do throws(FFmpegError) {
            try reader.take(unit) { (picture, isKey) throws(FFmpegError) in
                guard failure == nil, !skips else { return }
                let begin = StageTimes.now
                defer { looking += StageTimes.now - begin }
                let time = picture.presentationTime
                let moment = Moment(time: time, wall: wall + (time - unit.presentationTime).duration)
                do {
                    let outcome = try analysis.look(at: picture, moment, with: recognition, every: every)
                    outcomes += 1
                    if outcome.picture.isRecord { records += 1 }
                    if let wish = outcome.attention { attention = time + Time90k(wish) }
                    try Self.tell(outcome, picture, report)
                    try Self.offer(picture, moment, to: &sample, report)
                } catch {
                    failure = error
                }
            }
        } catch {
            analysed += outcomes
            throw error
        }
        analysed += outcomes
        if let attention { reader.hold(until: attention) }
        if let failure { throw failure }
    }

    /// The end of a file: what the decoder still holds.
    public mutating func finish(
        wall: UTCTime, at last: Time90k, with recognition: (any Recognition)?, report: (AnalysisEvent) -> Void
    ) throws {
        var failure: (any Error)?
        try reader.finish { (picture, _) throws(FFmpegError) in
            guard failure == nil else { return }
            let time = picture.presentationTime
            let moment = Moment(time: time, wall: wall + (time - last).duration)
            do {
                let outcome = try analysis.look(at: picture, moment, with: recognition)
                analysed += 1
                if outcome.picture.isRecord { records += 1 }
                try Self.tell(outcome, picture, report)
                try Self.offer(picture, moment, to: &sample, report)
            } catch {
                failure = error
            }
        }
        interrupt(report: report)
        if let failure { throw failure }
    }

    /// The stream broke off: incidents that went on have ended.
    public mutating func interrupt(report: (AnalysisEvent) -> Void) {
        reader.interrupt()
        for change in analysis.endAll() { Self.tell(change, report) }
    }

    static func tell(
        _ outcome: PictureAnalysis.Outcome, _ picture: borrowing Picture, _ report: (AnalysisEvent) -> Void
    ) throws(FFmpegError) {
        report(.analysed(outcome.picture))
        for change in outcome.changes {
            switch change {
            case .opened(let capture):
                report(.opened(capture, jpeg: try jpeg(picture)))
            case .ripe, .ended:
                tell(change, report)
            }
        }
    }

    /// Nobody must see from a picture whether it is a capture's: both are encoded here.
    private static func jpeg(_ picture: borrowing Picture) throws(FFmpegError) -> [UInt8] {
        var encoder = try JPEGEncoder.open(width: picture.width, height: picture.height, quality: 85)
        return try encoder.encode(picture)
    }

    private static func offer(
        _ picture: borrowing Picture, _ moment: Moment, to sample: inout DailyFrameSample,
        _ report: (AnalysisEvent) -> Void
    ) throws(FFmpegError) {
        var random = SystemRandomNumberGenerator()
        guard let key = sample.offer(at: moment.wall, using: &random), let day = sample.day else { return }
        report(
            .sampled(
                SampledPicture(moment: moment, day: day, key: key, sample: sample.sample, jpeg: try jpeg(picture))))
    }

    static func tell(_ change: IncidentBook.Change, _ report: (AnalysisEvent) -> Void) {
        switch change {
        case .opened: break
        case .ripe(let capture): report(.ripe(capture))
        case .ended(let capture): report(.ended(capture))
        }
    }
}
