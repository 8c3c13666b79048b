/// A capture that somebody leaves to a colleague to be judged. (转交研判)
public struct HandOver: Hashable, Sendable {
    /// Characters of a note.
    public static let longestNote = 200

    public var capture: CaptureID
    public var from: PersonID
    public var to: PersonID
    public var note: String
    public var time: UTCTime

    public init(_ capture: CaptureID, from: PersonID, to: PersonID, note: String, at time: UTCTime) {
        self.capture = capture
        self.from = from
        self.to = to
        self.note = note
        self.time = time
    }
}
