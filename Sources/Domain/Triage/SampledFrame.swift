/// By what a picture of the sample is asked for: 32 signs that tell neither where nor when it was taken.
public struct FrameCode: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        description = text
    }

    /// 128 random bits.
    public static func random(using generator: inout some RandomNumberGenerator) -> FrameCode {
        let digits = (0..<32).map { _ in Array("0123456789abcdef").randomElement(using: &generator)! }
        return FrameCode(String(digits))!
    }

    public static func < (a: FrameCode, b: FrameCode) -> Bool { a.description < b.description }
}

/// A picture that people look at without being told what the program thought of it. (盲审画面)
public struct SampledFrame: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
        /// Out of the day's analysed frames, under this key.
        case drawn(key: Int64)
        /// The first picture of a capture that people have confirmed, put among the others: who looks is checked too. (校验图)
        case decoy(CaptureID)
    }

    public var code: FrameCode
    public var camera: CameraID
    /// Of the territory: of the sample that it belongs to.
    public var day: Day
    public var time: UTCTime
    public var origin: Origin
    /// Of a decoy, the capture's own file.
    public var file: EvidenceFile

    public init(
        code: FrameCode, camera: CameraID, day: Day, time: UTCTime, origin: Origin, file: EvidenceFile
    ) {
        self.code = code
        self.camera = camera
        self.day = day
        self.time = time
        self.origin = origin
        self.file = file
    }

    public var isDecoy: Bool {
        if case .decoy = origin { true } else { false }
    }
}

/// What somebody said of such a picture; it stays when the picture is gone.
public struct FrameReview: Hashable, Sendable {
    public var code: FrameCode
    public var camera: CameraID
    public var day: Day
    public var time: UTCTime
    public var answer: FrameAnswer
    /// For how many analysed frames it stands; nil for a decoy.
    public var weight: Double?
    public var by: PersonID
    public var answeredAt: UTCTime

    public init(
        of code: FrameCode, camera: CameraID, day: Day, time: UTCTime, _ answer: FrameAnswer, weight: Double?,
        by person: PersonID, at answeredAt: UTCTime
    ) {
        self.code = code
        self.camera = camera
        self.day = day
        self.time = time
        self.answer = answer
        self.weight = weight
        by = person
        self.answeredAt = answeredAt
    }
}
