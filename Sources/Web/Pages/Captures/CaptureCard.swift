import Domain

/// A capture in a list: on the page of captures, among its neighbours, and in the event that tells of it.
struct CaptureCard: Page {
    static let template = "capture-event"
    let id: String
    let address: String
    let camera: String
    let school: String
    let item: String
    let itemWord: String
    let grade: String
    let gradeWord: String
    /// nil = there is none yet.
    let picture: String?
    /// What stands there instead of a picture.
    let noPicture: String
    let box: PictureBoxView?
    let schoolName: String
    let place: String
    let met: Moment
    let metMilliseconds: String
    let score: String
    let isOngoing: Bool
    /// How long it lasted; nil while it goes on.
    let length: String?
    let isSimulated: Bool
    /// What a person said of it; nil = it waits.
    let verdict: String?
    let isRejected: Bool
    /// In words, for those who don't see the picture.
    let label: String

    init(_ record: CaptureRecord, wording: Wording) {
        let words = wording.words
        let capture = record.capture
        id = "\(capture.id)"
        address = SiteURL.capture(.value(capture.id)).path
        camera = "\(capture.camera)"
        school = "\(record.school.id)"
        item = capture.item.rawValue
        itemWord = words(capture.item)
        grade = "\(capture.grade.rawValue)"
        gradeWord = words(capture.grade)
        // The small picture is enough for a list.
        let shown = record[.first] ?? record[.picture]
        picture = shown.map { SiteURL.captureFile(.value(capture.id), .value($0.kind.fileName)).path }
        noPicture = words(record.state == .awaited ? "captures.noPictureYet" : "captures.noPicture")
        box = (shown?.kind == .first ? record.firstBox : capture.box).map {
            PictureBoxView($0, label: words(capture.item))
        }
        schoolName = record.school.name
        place = "\(wording.area(record.area)) · \(record.cameraName)"
        met = wording.moment(capture.metAt)
        metMilliseconds = "\(capture.metAt.milliseconds)"
        score = wording.score(capture.score)
        isOngoing = capture.end == nil
        length = capture.end.map { words(max(.seconds(1), $0 - capture.start)) }
        isSimulated = record.isSimulated
        verdict = record.judgement.map { words($0.verdict) }
        isRejected =
            switch record.judgement?.verdict {
            case .rejected?, .duplicate?: true
            case .confirmed?, .merged?, nil: false
            }
        label = "\(itemWord) · \(record.school.name) · \(place)"
    }
}

extension EvidenceFile.Kind {
    /// As the last step of its address.
    var fileName: String {
        switch self {
        case .first: "first.jpg"
        case .picture: "picture.jpg"
        case .clip: "clip.mp4"
        }
    }

    var contentType: String { self == .clip ? "video/mp4" : "image/jpeg" }
}
