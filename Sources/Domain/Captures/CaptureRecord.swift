/// A capture as it is filed: where it was made and what there is to prove it.
public struct CaptureRecord: Sendable, Hashable {
    /// In lists without `sights` and `curve`.
    public var capture: Capture
    /// Where it was in the picture in which the rule was met.
    public var firstBox: PictureBox?
    public var school: School
    public var area: Area
    public var cameraName: String
    /// Its pictures are marked as simulated wherever they are shown.
    public var isSimulated: Bool
    /// In the order of ``EvidenceFile/Kind``.
    public var evidence: [EvidenceFile]
    public var state: EvidenceState
    /// What a person has said of it; nil = it waits to be judged.
    public var judgement: Judgement?

    public init(
        capture: Capture, firstBox: PictureBox?, school: School, area: Area, cameraName: String, isSimulated: Bool,
        evidence: [EvidenceFile], state: EvidenceState, judgement: Judgement? = nil
    ) {
        self.capture = capture
        self.firstBox = firstBox
        self.school = school
        self.area = area
        self.cameraName = cameraName
        self.isSimulated = isSimulated
        self.evidence = evidence
        self.state = state
        self.judgement = judgement
    }

    public var path: PlacePath { school.path.area(area).camera(capture.camera) }

    public subscript(kind: EvidenceFile.Kind) -> EvidenceFile? { evidence.first { $0.kind == kind } }
}

extension Capture {
    /// Where it was when the rule was met, as far as the curve tells.
    public var boxWhenMet: PictureBox? {
        let met = (metAt - start).inMilliseconds
        return curve.last { $0.box != nil && Int64($0.offsetMs) <= met }?.box ?? box
    }
}

/// Whether everything that should prove a capture is kept. (证据状态)
public enum EvidenceState: String, Sendable, Hashable, CaseIterable {
    /// Picture or clip are still to be cut out of the recording.
    case awaited
    case complete
    /// Nothing more will come: the moment was not recorded.
    case lacking
}

/// Which captures are asked for; nil = any.
public struct CaptureFilter: Sendable, Hashable {
    public var school: SchoolID?
    public var camera: CameraID?
    public var item: CaptureItem?
    /// In which the rule was met.
    public var span: TimeSpan?
    public var isOngoing: Bool?
    public var judged: Judged?

    /// What has been said of it. (研判状态)
    public enum Judged: String, Sendable, Hashable, CaseIterable {
        /// Nobody has judged it yet.
        case waiting
        /// Also as more of a case.
        case confirmed
        case rejected
        case duplicate

        /// - Parameter verdict: nil = there is none.
        public init(_ verdict: Verdict?) {
            self =
                switch verdict {
                case nil: .waiting
                case .confirmed?, .merged?: .confirmed
                case .rejected?: .rejected
                case .duplicate?: .duplicate
                }
        }
    }

    public init(
        school: SchoolID? = nil, camera: CameraID? = nil, item: CaptureItem? = nil, span: TimeSpan? = nil,
        isOngoing: Bool? = nil, judged: Judged? = nil
    ) {
        self.school = school
        self.camera = camera
        self.item = item
        self.span = span
        self.isOngoing = isOngoing
        self.judged = judged
    }
}

/// What the analysis did in a span of time. (分析数据)
public struct AnalysisFigures: Sendable, Hashable {
    /// Analysed pictures, of whole hours of UTC.
    public var frames: Int
    /// Analysed pictures that held a moving region or a track: “records analysed” (分析记录数).
    public var records: Int
    public var captures: [CaptureItem: Int]
    /// Schools with any analysed picture in the span.
    public var schools: Int
    /// Cameras with any analysed picture in the span.
    public var cameras: Int

    public init(frames: Int, records: Int, captures: [CaptureItem: Int], schools: Int, cameras: Int) {
        self.frames = frames
        self.records = records
        self.captures = captures
        self.schools = schools
        self.cameras = cameras
    }

    public var captureCount: Int { captures.values.reduce(0, +) }
}
