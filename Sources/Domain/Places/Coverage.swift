/// How much of a territory the cameras cover: a figure that is watched until it is full. (全覆盖)
public struct Coverage: Hashable, Sendable {
    public var schools: Int
    /// Schools with a camera that is switched on. (已接入)
    public var connectedSchools: Int
    /// Cameras that are switched on.
    public var cameras: Int
    public var onlineCameras: Int
    /// Areas in which no camera is switched on, in the order in which they were given.
    public var areasWithoutCamera: [AreaID]

    /// - Parameters:
    ///   - areas: May hold areas outside the territory; so may `cameras`.
    ///   - isOnline: Whether pictures of this camera come in now.
    public init(
        of territory: Territory, schools: [School], areas: [Area], cameras: [Camera], isOnline: (CameraID) -> Bool
    ) {
        let paths = Dictionary(schools.map { ($0.id, $0.path) }, uniquingKeysWith: { first, _ in first })
        let watched = areas.filter { area in
            paths[area.school].map { territory.contains($0.area(area)) } ?? false
        }
        let schoolOfArea = Dictionary(watched.map { ($0.id, $0.school) }, uniquingKeysWith: { first, _ in first })
        let running = cameras.filter { $0.isEnabled && schoolOfArea[$0.area] != nil }
        let areasWithCamera = Set(running.map(\.area))
        let schoolsInside = Set(schools.filter { territory.contains($0.path) }.map(\.id))
            .union(watched.map(\.school))
        self.schools = schoolsInside.count
        connectedSchools = Set(running.compactMap { schoolOfArea[$0.area] }).count
        self.cameras = running.count
        onlineCameras = running.count { isOnline($0.id) }
        areasWithoutCamera = watched.map(\.id).filter { !areasWithCamera.contains($0) }
    }

    /// 0…1; 1 where there is no school to connect.
    public var share: Double { schools == 0 ? 1 : Double(connectedSchools) / Double(schools) }
    public var isFull: Bool { connectedSchools == schools && areasWithoutCamera.isEmpty }
}
