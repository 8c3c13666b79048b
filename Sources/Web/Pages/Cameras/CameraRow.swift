import Cameras
import Domain
import Supervision

/// One camera with everything that the list shows and sorts by.
struct CameraRow: Sendable {
    let camera: Camera
    let school: School
    let area: Area
    let status: CameraStatus?
    /// Of the last 24 hours; nil when it was not looked up.
    var day: Day?

    struct Day: Sendable {
        /// 0…1 of the time; a camera that is not to be recorded has none.
        let recordedShare: Double
        let gapCount: Int
    }

    /// What a list can be sorted by; the raw value stands in the address.
    enum Key: String, CaseIterable, Sendable {
        case name
        case place
        case status
        case codec
        case size
        case frameRate = "fps"
        case bitRate = "bitrate"
        case available

        /// Whether rows must have their last day looked up before they can be sorted.
        var needsDay: Bool { self == .available }

        var isNumber: Bool {
            switch self {
            case .size, .frameRate, .bitRate, .available: true
            case .name, .place, .status, .codec: false
            }
        }
    }

    func isBefore(_ other: CameraRow, by key: Key) -> Bool {
        switch key {
        case .name: camera.name < other.camera.name
        case .place:
            (school.name, area.kind.place, camera.name) < (other.school.name, other.area.kind.place, other.camera.name)
        case .status: (rank, camera.name) < (other.rank, other.camera.name)
        case .codec: (picture?.codec ?? "", camera.name) < (other.picture?.codec ?? "", other.camera.name)
        case .size: (picture?.height ?? 0, camera.name) < (other.picture?.height ?? 0, other.camera.name)
        case .frameRate: picture?.framesPerSecond ?? 0 < other.picture?.framesPerSecond ?? 0
        case .bitRate: picture?.bitsPerSecond ?? 0 < other.picture?.bitsPerSecond ?? 0
        case .available: day?.recordedShare ?? 0 < other.day?.recordedShare ?? 0
        }
    }

    private var picture: CameraStatus.Picture? { status?.picture }

    /// Trouble first.
    private var rank: Int {
        switch status?.state {
        case .waiting: 0
        case .connecting, nil: 1
        case .live: 2
        case .disabled: 3
        }
    }
}

extension Area.Kind {
    /// In the order of the way that food takes.
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Which cameras are asked for, as the address says.
struct CameraFilter: Sendable {
    let text: String?
    let school: SchoolID?
    /// A state's name.
    let state: String?

    static let states = ["live", "waiting", "connecting", "disabled"]

    init(_ query: FormFields) throws(WebError) {
        text = query.text("q")
        state = query.text("state")
        if let state, !Self.states.contains(state) { throw .badRequest("state") }
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw .notFound }
            school = id
        } else {
            school = nil
        }
    }

    func accepts(_ row: CameraRow, wording: Wording) -> Bool {
        if let school, row.school.id != school { return false }
        if let state, (row.status?.state ?? .connecting).name != state { return false }
        guard let text = text?.lowercased() else { return true }
        return [row.camera.name, row.school.name, wording.area(row.area), row.camera.main.host]
            .contains { $0.lowercased().contains(text) }
    }
}
