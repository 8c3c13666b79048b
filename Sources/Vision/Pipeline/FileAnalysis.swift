public import Domain
public import FFmpeg

/// Analyses a video file from its beginning to its end, as fast as it can be read: the same stages as for a camera, with
/// no gate. Blocks: for a ``BlockingThread``.
public struct FileAnalysis: Sendable {
    public var settings: AnalysisSettings
    public var hours: WorkingHours
    public var zone: TerritoryZone

    public init(
        settings: AnalysisSettings = .standard, hours: WorkingHours = .standard, zone: TerritoryZone = .shanghai
    ) {
        self.settings = settings
        self.hours = hours
        self.zone = zone
    }

    /// - Parameters:
    ///   - start: the wall-clock time of the first picture, for rules with hours.
    ///   - report: gets every event, how far in the file it is, and the file's length if it is known.
    /// - Returns: pieces of the file that could not be decoded.
    /// - Throws: ``FFmpegError`` when there is no picture in it; what the models throw.
    public func run(
        _ path: String, start: UTCTime, with recognition: (any Recognition)?, _ interruption: Interruption,
        report: (_ event: AnalysisEvent, _ position: Duration, _ length: Duration?) -> Void
    ) throws -> Int {
        var movie = try Movie.open(path: path)
        let length = movie.duration
        var analysis = PictureAnalysis(
            camera: CameraID(at: start), settings: settings, hours: hours, zone: zone,
            models: recognition?.models ?? "", care: .thorough)
        var due = Time90k.zero
        var last = Time90k.zero
        var hasPictures = false
        var failure: (any Error)?
        while !interruption.isCancelled && failure == nil {
            let goesOn = try movie.next(
                isWanted: { time in
                    // Some pictures early rather than one late: 12 a second give 4, not 3.
                    time + Time90k(ticks: PictureReader.interval.ticks / 3) >= due || !hasPictures
                },
                show: { (picture, time) throws(FFmpegError) in
                    hasPictures = true
                    due = max(due + PictureReader.interval, time + Time90k(ticks: PictureReader.interval.ticks / 2))
                    last = time
                    let moment = Moment(time: time, wall: start + time.duration)
                    do {
                        let outcome = try analysis.look(at: picture, moment, with: recognition)
                        try StreamAnalysis.tell(outcome, picture) { report($0, time.duration, length) }
                    } catch {
                        failure = error
                    }
                })
            if !goesOn { break }
        }
        if let failure { throw failure }
        for change in analysis.endAll() { StreamAnalysis.tell(change) { report($0, last.duration, length) } }
        guard hasPictures || interruption.isCancelled else { throw FFmpegError.noPicture }
        return movie.damaged
    }
}
