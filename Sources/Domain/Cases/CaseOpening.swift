/// What a case starts with. (立案)
public struct CaseOpening: Hashable, Sendable, Codable {
    /// Where a supervisor saw it who watched live or recorded video. (视频巡查)
    public struct Patrol: Hashable, Sendable, Codable {
        public var camera: CameraID
        public var time: UTCTime
        public var isLive: Bool

        public init(camera: CameraID, time: UTCTime, isLive: Bool) {
            self.camera = camera
            self.time = time
            self.isLive = isLive
        }
    }

    public var matter: CaseMatter
    public var grade: Grade
    public var school: SchoolID
    /// The office that handles it; nil = the county's bureau itself.
    public var office: TownshipID?
    public var canteen: CanteenID?
    public var area: AreaID?
    /// Confirmed captures; empty for what a patrol found.
    public var captures: [CaptureID]
    public var patrol: Patrol?
    public var note: String

    public init(
        _ matter: CaseMatter, grade: Grade, school: SchoolID, office: TownshipID?, canteen: CanteenID? = nil,
        area: AreaID? = nil, captures: [CaptureID] = [], patrol: Patrol? = nil, note: String = ""
    ) {
        self.matter = matter
        self.grade = grade
        self.school = school
        self.office = office
        self.canteen = canteen
        self.area = area
        self.captures = captures
        self.patrol = patrol
        self.note = note
    }

    public var place: PlacePath { PlacePath(township: office, school: school, canteen: canteen, area: area) }
}
