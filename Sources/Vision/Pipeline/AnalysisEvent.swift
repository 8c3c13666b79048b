public import Domain

/// What the analysis of a stream tells.
public enum AnalysisEvent: Sendable {
    /// A rule was met. With the picture in which it was, as JPEG.
    case opened(Capture, jpeg: [UInt8])
    /// Its best moment is settled: evidence can be cut.
    case ripe(Capture)
    case ended(Capture)
    case analysed(AnalysedPicture)
    /// Drawn for the blind sample of its day.
    case sampled(SampledPicture)
}

/// An analysed picture that people will be asked about, whatever was recognised in it.
public struct SampledPicture: Sendable {
    public var moment: Moment
    public var day: Day
    public var key: Int64
    /// Of the day, with this one.
    public var sample: FrameSample
    public var jpeg: [UInt8]

    public init(moment: Moment, day: Day, key: Int64, sample: FrameSample, jpeg: [UInt8]) {
        self.moment = moment
        self.day = day
        self.key = key
        self.sample = sample
        self.jpeg = jpeg
    }
}

/// A picture that was looked at, with what was recognised in it.
public struct AnalysedPicture: Sendable {
    public struct Head: Sendable {
        public var sight: PersonSighting.Part
        /// nil = too small to be judged, or not judged in this picture.
        public var state: HeadState?
    }

    public var moment: Moment
    public var width: Int
    public var height: Int
    /// It held a moving region or a track: one “record analysed”.
    public var isRecord: Bool
    public var people: [PersonSighting.Part]
    public var heads: [Head]
    public var phones: [PersonSighting.Part]
    public var rodents: [PersonSighting.Part]
    public var insects: [PersonSighting.Part]
}
