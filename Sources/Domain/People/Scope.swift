/// A part of the API that a token opens, within what its owner may do. (权限范围)
public enum Scope: String, Sendable, Hashable, CaseIterable, Codable {
    /// Schools, areas and cameras, and their state.
    case readPlaces = "read:places"
    /// Live pictures, recordings, exports.
    case readFootage = "read:footage"
    case readCaptures = "read:captures"
    /// Judge captures.
    case writeCaptures = "write:captures"
    /// With the captures and files that belong to them.
    case readCases = "read:cases"
    /// Open cases and handle them; opening one from captures confirms these.
    case writeCases = "write:cases"
    case readFigures = "read:figures"
    /// Inspections on the spot, with their files.
    case readInspections = "read:inspections"
    /// Begin inspections and hand in what was found.
    case writeInspections = "write:inspections"
    /// What schools did of their duties, and their papers.
    case readDuties = "read:duties"
    /// Enter a school's own.
    case writeDuties = "write:duties"
    /// Open days and joint inspections, and their counts; nobody's name.
    case readActivities = "read:activities"
    /// Look at sources that may become cameras.
    case writeCameras = "write:cameras"

    public var acts: Set<Act> {
        switch self {
        case .readPlaces: [.see]
        case .readFootage: [.watchLive, .replay, .export]
        case .readCaptures: [.lookAtCaptures]
        case .writeCaptures: [.judgeCaptures]
        case .readCases: [.lookAtCases, .lookAtConcerns]
        case .writeCases:
            [
                .openCase, .dispatch, .acknowledge, .submit, .askExtension, .appeal, .comment, .urge, .review,
                .reinspect, .extend, .transfer, .withdraw, .decideAppeal,
            ]
        case .readFigures: [.readFigures, .lookAtWarnings]
        case .readInspections: [.lookAtInspections]
        case .writeInspections: [.inspect]
        case .readDuties: [.readDuties, .readStaffPapers]
        case .writeDuties: [.enterDuties]
        case .readActivities: [.lookAtActivities]
        case .writeCameras: [.manageCameras]
        }
    }

    /// Whether it opens anything at all to somebody of this role.
    public func isOpen(to role: Role) -> Bool { acts.contains { role.may($0) } }
}
