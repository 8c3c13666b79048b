public import Domain
public import FFmpeg

/// What the models see in a picture. One instance belongs to one thread.
public protocol Recognition: AnyObject {
    /// `kitchen-detector 2026.11.1, …`: for the captures that rest on them.
    var models: String { get }
    /// From which score on the models' own cards believe in a rodent or an insect.
    var pestBar: (rodent: Double, insect: Double) { get }

    /// Everything that can be found in the picture.
    func detect(_ picture: borrowing Picture) throws -> [Recognized]
    /// Hat and mask of each head.
    func heads(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [HeadState]
    /// What each small moving thing is; 0…1 each.
    func pests(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [PestScores]
    /// Whether each phone candidate is one, 0…1.
    func phones(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [Double]
}

/// Something that the detector found.
public struct Recognized: Sendable, Hashable {
    public enum Label: String, Sendable, Hashable, CaseIterable {
        case person
        case head
        case phone
        case rodent
        case insect
    }

    public var label: Label
    public var box: PictureBox
    /// 0…1.
    public var score: Double

    public init(_ label: Label, _ box: PictureBox, score: Double) {
        self.label = label
        self.box = box
        self.score = score
    }
}

/// What the classifier says of a small thing: probabilities, together at most 1.
public struct PestScores: Sendable, Hashable {
    public var rodent: Double
    public var insect: Double

    public init(rodent: Double, insect: Double) {
        self.rodent = rodent
        self.insect = insect
    }
}
