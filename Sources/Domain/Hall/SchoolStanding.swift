/// How a school stands at this moment, for the map: the gravest that holds. (学校状态)
public enum SchoolStanding: String, Sendable, Hashable, CaseIterable, Codable {
    /// A case of grade I that isn't ended.
    case grave
    /// A case whose deadline has passed.
    case overdue
    /// A camera without a picture.
    case cameraOff
    case fine
    /// It has no camera.
    case notConnected

    /// - Parameters:
    ///   - camerasLive: How many of its cameras have a picture.
    ///   - cameras: How many it has that are switched on.
    public init(hasGrave: Bool, hasOverdue: Bool, camerasLive: Int, cameras: Int) {
        self =
            if hasGrave { .grave } else if hasOverdue { .overdue } else if cameras == 0 {
                .notConnected
            } else if camerasLive
                < cameras
            { .cameraOff } else { .fine }
    }
}
