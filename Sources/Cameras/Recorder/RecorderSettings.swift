public import Domain

/// How and where footage is kept.
public struct RecorderSettings: Hashable, Sendable {
    /// The folder of all footage: `<root>/<camera>/<date>/<HH-MM-SS>.mp4`.
    public var root: String
    /// Names of folders and files are in this zone's time.
    public var zone: TerritoryZone
    /// Days that footage is kept where the camera doesn't say otherwise; never under 7 (domain.md: the law's floor).
    public var retentionDays: Int
    /// All footage together; nil = as much as fits.
    public var budgetBytes: Int64?
    /// What is always left free on the disk, by deleting the oldest footage before it is due.
    public var reserveBytes: Int64

    public init(
        root: String, zone: TerritoryZone = .shanghai, retentionDays: Int = 30, budgetBytes: Int64? = nil,
        reserveBytes: Int64 = 2 << 30
    ) {
        self.root = root
        self.zone = zone
        self.retentionDays = max(7, retentionDays)
        self.budgetBytes = budgetBytes
        self.reserveBytes = reserveBytes
    }

    /// A new file begins at the first keyframe after each full five minutes.
    static let fileDuration = Duration.seconds(300)
    /// A segment ends at the first keyframe after so long: two groups of pictures of a usual camera. Shorter ones
    /// would double the index, longer ones would make seeking fetch more.
    static let segmentDuration = Duration.milliseconds(3500)
    /// Footage may lie so long in memory of the operating system before it is forced to the disk (power cut).
    static let flushInterval = Duration.seconds(10)
    /// Below it, the end of one file and the start of the next are one stretch of footage.
    static let joint = Duration.seconds(1)
    /// What waits for the disk, per camera: over that, footage is dropped up to the next keyframe, and counted as a gap.
    static let queueBytes = 8 << 20

    func path(of camera: CameraID, start: UTCTime, attempt: Int = 1) -> String {
        let local = zone.civil(start)
        let clock = local.clock.split(separator: ":").joined(separator: "-")
        return "\(camera)/\(local.date)/\(clock)\(attempt == 1 ? "" : "-\(attempt)").mp4"
    }
}
