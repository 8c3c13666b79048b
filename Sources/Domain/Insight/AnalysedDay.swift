/// What was analysed of one camera on one day. (分析量)
public struct AnalysedDay: Hashable, Sendable {
    public var camera: CameraID
    public var day: Day
    public var frames: Int
    public var records: Int

    public init(camera: CameraID, day: Day, frames: Int, records: Int) {
        self.camera = camera
        self.day = day
        self.frames = frames
        self.records = records
    }
}
