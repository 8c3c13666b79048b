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

    /// What people found who were there, or what somebody told. (现场发现)
    public struct Finding: Hashable, Sendable, Codable {
        public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
            /// An item of an inspection on the spot that failed. (现场检查)
            case inspection
            /// An open day or a joint inspection. (社会共治活动)
            case activity
            /// Of a parent or anybody else. (群众反映)
            case concern
            /// An early warning that somebody looked into. (预警)
            case warning
        }

        public var source: Source
        /// The identifier of the inspection, activity, concern or warning.
        public var reference: String
        public var time: UTCTime

        public init(_ source: Source, _ reference: String, at time: UTCTime) {
            self.source = source
            self.reference = reference
            self.time = time
        }
    }

    public var matter: CaseMatter
    public var grade: Grade
    public var school: SchoolID
    /// The office that handles it; nil = the county's bureau itself.
    public var office: TownshipID?
    public var canteen: CanteenID?
    public var area: AreaID?
    /// Confirmed captures; empty for what people found.
    public var captures: [CaptureID]
    public var patrol: Patrol?
    public var finding: Finding?
    public var note: String

    public init(
        _ matter: CaseMatter, grade: Grade, school: SchoolID, office: TownshipID?, canteen: CanteenID? = nil,
        area: AreaID? = nil, captures: [CaptureID] = [], patrol: Patrol? = nil,
        finding: Finding? = nil, note: String = ""
    ) {
        self.matter = matter
        self.grade = grade
        self.school = school
        self.office = office
        self.canteen = canteen
        self.area = area
        self.captures = captures
        self.patrol = patrol
        self.finding = finding
        self.note = note
    }

    public var place: PlacePath { PlacePath(township: office, school: school, canteen: canteen, area: area) }
}
