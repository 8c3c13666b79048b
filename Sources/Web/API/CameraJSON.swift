import Cameras
import Domain
import Supervision

/// A camera as the API gives it: `GET /api/v1/cameras` and the events.
extension Wording {
    func json(_ camera: Camera, in area: Area, of school: School, status: CameraStatus?) -> JSON {
        .object([
            "id": .string("\(camera.id)"),
            "name": .string(camera.name),
            "area": .object([
                "id": .string("\(area.id)"), "kind": .string(area.kind.rawValue), "name": .string(self.area(area)),
            ]),
            "school": .object(["id": .string("\(school.id)"), "name": .string(school.name)]),
            "simulated": .bool(camera.isSimulated),
            "hasSub": .bool(camera.sub != nil),
            "status": json(status ?? CameraStatus(state: .connecting, since: now)),
        ])
    }

    func json(_ status: CameraStatus) -> JSON {
        var failure: SourceFailure?
        var retryAt: UTCTime?
        if case .waiting(let reason, let time) = status.state { (failure, retryAt) = (reason, time) }
        var pause: RecordingGap.Reason?
        if case .paused(let reason) = status.recording { pause = reason }
        let picture = status.picture
        return .object([
            "state": .string(status.state.name),
            "since": .integer(status.since.milliseconds),
            "reason": .string(failure?.kind.rawValue),
            "reasonText": .string(failure.map { words($0.kind) }),
            "retryAt": .integer(retryAt?.milliseconds),
            "recording": .string(status.recording.name),
            "recordingReason": .string(pause?.rawValue),
            "recordingReasonText": .string(pause.map { words($0) }),
            "codec": .string(picture?.codec),
            "width": .integer(picture?.width),
            "height": .integer(picture?.height),
            "fps": picture.map { .number(($0.framesPerSecond * 100).rounded() / 100) } ?? .null,
            "bitsPerSecond": .integer(picture?.bitsPerSecond),
        ])
    }
}

/// The cameras that somebody may see, by identifier, with where they stand.
struct VisibleCameras: Sendable {
    struct Place: Sendable {
        let camera: Camera
        let area: Area
        let school: School
    }

    let places: [Place]
    private let byID: [CameraID: Int]

    init(_ trees: [SchoolTree]) {
        let places = trees.flatMap { tree in
            tree.areas.flatMap { area in
                area.cameras.map { Place(camera: $0, area: area.area, school: tree.school) }
            }
        }
        self.places = places
        byID = Dictionary(places.indices.map { (places[$0].camera.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(id: CameraID) -> Place? { byID[id].map { places[$0] } }
}
