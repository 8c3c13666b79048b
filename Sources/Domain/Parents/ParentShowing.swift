/// What parents see in addition to the public: always the same covered picture, never another. (家长可见)
public struct ParentShowing: Hashable, Sendable, Codable {
    /// In addition to the public's.
    public var cameras: Set<CameraID>
    /// For parents; inside the school's working hours on its school days, whatever is said here.
    public var hours: WorkingHours

    public init(cameras: Set<CameraID> = [], hours: WorkingHours = .standard) {
        self.cameras = cameras
        self.hours = hours
    }
}

extension Publication {
    /// As parents of the school see it: nil where there is nothing in addition.
    private var forParents: Publication? {
        guard let parents else { return nil }
        var wider = self
        wider.cameras.formUnion(parents.cameras)
        wider.hours = parents.hours
        return wider
    }

    /// Whether pictures are shown to parents, and which cameras': what everybody sees, and what is theirs.
    public func openingForParents(
        at time: UTCTime, _ school: SchoolTime
    ) -> (opening: PublicOpening, cameras: Set<CameraID>) {
        let everybody = opening(at: time, school)
        guard let forParents else { return (everybody, everybody.isOpen ? cameras : []) }
        let theirs = forParents.opening(at: time, school)
        if theirs.isOpen { return (theirs, forParents.cameras) }
        return everybody.isOpen ? (everybody, cameras) : (theirs, [])
    }

    /// Every camera of which anybody without an account may see something.
    public var allCameras: Set<CameraID> { cameras.union(parents?.cameras ?? []) }
}
