/// An incident that the program has captured by itself: a clue, until a person has confirmed it. (抓拍)
///
/// One for each incident: somebody's visit without a hat is one capture, however long it lasts.
public struct Capture: Sendable, Hashable {
    /// A score of the incident at a moment, for its curve.
    public struct Score: Sendable, Hashable, Codable {
        /// Milliseconds after `start`.
        public var offsetMs: Int
        /// 0…1.
        public var score: Double
        /// Where; nil for what concerns the whole picture.
        public var box: PictureBox?

        public init(offsetMs: Int, score: Double, box: PictureBox?) {
            self.offsetMs = offsetMs
            self.score = score
            self.box = box
        }
    }

    /// A box beside the one that the capture is about: other people, other heads.
    public struct Sight: Sendable, Hashable, Codable {
        /// `person`, `head`, `phone`, `rodent`, `insect`.
        public var label: String
        public var box: PictureBox
        public var score: Double

        public init(label: String, box: PictureBox, score: Double) {
            self.label = label
            self.box = box
            self.score = score
        }
    }

    public let id: CaptureID
    public var camera: CameraID
    public var item: CaptureItem
    public var grade: Grade
    /// When it was first seen.
    public var start: UTCTime
    /// When the rule was met: it had lasted long enough.
    public var metAt: UTCTime
    /// nil while it goes on.
    public var end: UTCTime?
    /// The moment that shows it best.
    public var bestAt: UTCTime
    public var score: Double
    /// At the best moment.
    public var box: PictureBox?
    public var sights: [Sight]
    public var curve: [Score]
    public var rule: CaptureRule
    /// `kitchen-detector 2026.11.1, head-attributes 2026.11.1`; empty where no model was asked.
    public var models: String

    public init(
        id: CaptureID, camera: CameraID, item: CaptureItem, grade: Grade, start: UTCTime, metAt: UTCTime,
        end: UTCTime? = nil, bestAt: UTCTime, score: Double, box: PictureBox? = nil, sights: [Sight] = [],
        curve: [Score] = [], rule: CaptureRule, models: String = ""
    ) {
        self.id = id
        self.camera = camera
        self.item = item
        self.grade = grade
        self.start = start
        self.metAt = metAt
        self.end = end
        self.bestAt = bestAt
        self.score = score
        self.box = box
        self.sights = sights
        self.curve = curve
        self.rule = rule
        self.models = models
    }
}

public typealias CaptureID = Identifier<Capture>

/// What is kept to prove a capture. (证据)
public struct EvidenceFile: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// The analysed picture in which the rule was met: there at once.
        case first
        /// The best moment in full resolution, out of the recording.
        case picture
        /// 10 s before it to 10 s after it, out of the recording, nothing encoded anew.
        case clip
    }

    public var kind: Kind
    /// Below the evidence folder: `<camera>/<date>/<capture>/<kind>.<jpg|mp4>`.
    public var path: String
    public var sizeBytes: Int64
    /// 32 bytes.
    public var sha256: [UInt8]

    /// Whether the path leads to something below a folder and nowhere else.
    public var staysBelow: Bool {
        !path.utf8.contains(0)
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains { ["", ".", ".."].contains($0) }
    }

    public init(kind: Kind, path: String, sizeBytes: Int64, sha256: [UInt8]) {
        self.kind = kind
        self.path = path
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
    }
}
