import Domain
public import FFmpeg

/// Everything that can be recognised in a single picture of any size, with no other picture before or after it to help.
///
/// The whole picture is searched at once; a large one in overlapping tiles as well, in which small things appear larger.
/// For one thread.
public final class StillRecognition {
    public struct Sight: Sendable, Hashable {
        public var thing: Recognized
        /// Of heads.
        public var head: HeadState?
    }

    /// Heads lower than this, in pixels, are not judged: nobody could.
    private static let leastHeadPixels = 12.0

    private let recognition: NeuralRecognition

    public init(_ models: RecognitionModels) throws { recognition = try NeuralRecognition(models) }

    public func look(at picture: borrowing Picture) throws -> [Sight] {
        let (width, height) = (picture.width, picture.height)
        var found = SightMerge()
        found.add(try recognition.detect(picture), of: nil)
        for tile in Tiling.tiles(width: width, height: height) {
            found.add(try recognition.detect(picture, part: tile, at: .tile), of: tile)
        }
        let things = try confirmed(found.things, in: picture)
        let heads = things.indices.filter {
            things[$0].label == .head && things[$0].box.height * Double(height) >= Self.leastHeadPixels
        }
        let states = try recognition.heads(heads.map { things[$0].box }, in: picture)
        var sights = things.map { thing in
            Sight(
                thing: thing,
                head: thing.label == .head ? HeadState(hat: .unknown, mask: .unknown) : nil)
        }
        for (index, state) in zip(heads, states) { sights[index].head = state }
        return sights
    }

    /// Phones need the second opinion of the model that sees them larger.
    private func confirmed(_ things: [Recognized], in picture: borrowing Picture) throws -> [Recognized] {
        let phones = things.indices.filter { things[$0].label == .phone }
        guard !phones.isEmpty else { return things }
        let scores = try recognition.phones(phones.map { things[$0].box }, in: picture)
        var things = things
        var refused: Set<Int> = []
        for (index, score) in zip(phones, scores) {
            if score < 0.5 { refused.insert(index) }
            things[index].score = (things[index].score * score).squareRoot()
        }
        return things.indices.filter { !refused.contains($0) }.map { things[$0] }
    }
}
