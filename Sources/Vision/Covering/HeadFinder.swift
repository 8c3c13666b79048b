import Domain
public import FFmpeg

/// Whoever finds what must be covered in a picture. One instance belongs to one thread.
public protocol HeadSearch: AnyObject {
    /// Heads and people, boxes in shares of the picture.
    func find(in picture: borrowing Picture) throws -> [Recognized]
}

/// Finds heads, and people whose heads may have been missed, so that they can be covered: it would rather cover a pot
/// than show a face. For one thread.
public final class HeadFinder: HeadSearch {
    /// Least scores, far below those that the analysis believes: there a false alarm troubles somebody, here it blurs a
    /// shelf.
    public struct Scores: Sendable, Hashable {
        /// 0…1.
        public var head: Double
        public var person: Double

        public init(head: Double, person: Double) {
            self.head = head
            self.person = person
        }

        /// Chosen on pictures that are not held out; see docs/design/public-video.md for what they reach.
        public static let standard = Scores(head: 0.2, person: 0.3)
    }

    private var detector: KitchenDetector

    /// - Throws: ``ModelError`` when the detector can't be used.
    public init(_ models: RecognitionModels, scores: Scores = .standard) throws {
        detector = try KitchenDetector(models.detector)
        detector.setThreshold(.head, scores.head)
        detector.setThreshold(.person, scores.person)
        // Nothing else is asked for.
        for label in [Recognized.Label.phone, .rodent, .insect] { detector.setThreshold(label, 2) }
    }

    public func find(in picture: borrowing Picture) throws -> [Recognized] {
        var found: [Recognized] = []
        try detector.detect(
            in: picture, at: .fitting(width: picture.width, height: picture.height), into: &found)
        return found
    }
}
