import Domain
import FFmpeg
import Vision

/// Compares what is recognised in whole pictures with their boxes.
struct BoxEvaluation: Sendable {
    /// Heads lower than this are counted apart: fewer pixels show less.
    static let largeHead = 32.0
    private static let leastHead = 16.0

    /// From which overlap a found box is the labelled one. Small things are labelled less exactly.
    private static func leastOverlap(_ kind: LabelMeaning.Kind) -> Double {
        switch kind {
        case .person: 0.5
        case .head: 0.4
        case .phone, .rodent, .insect: 0.3
        }
    }

    let boxes: LabelledFolders.Boxes
    /// Kinds of which everything in the picture is labelled.
    private let complete: Set<LabelMeaning.Kind>

    init(_ boxes: LabelledFolders.Boxes) {
        self.boxes = boxes
        let named = boxes.classes.compactMap { meaning -> LabelMeaning.Kind? in
            if case .thing(let kind) = meaning { kind } else { nil }
        }
        // Pictures without any class show nothing that we look for.
        complete = boxes.classes.isEmpty ? Set(LabelMeaning.Kind.allCases) : Set(named)
    }

    func scores(_ path: String, _ tools: PictureWorkers.Tools) throws -> [Score] {
        let picture = try StillPicture.read(path: path)
        let truth = TruthBoxes(image: path, of: boxes, width: picture.width, height: picture.height)
        let sights = try tools.stills.look(at: picture)
        let things = complete.sorted { $0.rawValue < $1.rawValue }.map { score($0, sights, truth) }
        return things + scoreHeads(sights, truth, height: picture.height)
    }

    private func score(_ kind: LabelMeaning.Kind, _ sights: [StillRecognition.Sight], _ truth: TruthBoxes) -> Score {
        var score = Score(kind.rawValue, boxes.name)
        var left = truth.things.filter { $0.kind == kind }.map(\.box)
        // Best first: each takes the labelled box that it fits best.
        for sight in sights where sight.thing.label.rawValue == kind.rawValue {
            let box = sight.thing.box
            let fit = left.indices.max { left[$0].overlap(box) < left[$1].overlap(box) }
            if let fit, left[fit].overlap(box) >= Self.leastOverlap(kind) {
                left.remove(at: fit)
                score.truePositives += 1
            } else if !truth.ignored.contains(where: { $0.overlap(box) >= Self.leastOverlap(kind) }) {
                score.falsePositives += 1
            }
        }
        score.falseNegatives = left.count
        return score
    }

    private func scoreHeads(_ sights: [StillRecognition.Sight], _ truth: TruthBoxes, height: Int) -> [Score] {
        guard !truth.heads.isEmpty else { return [] }
        let small = "heads \(Int(Self.leastHead))…\(Int(Self.largeHead) - 1) px"
        let large = "heads ≥ \(Int(Self.largeHead)) px"
        var scores = [large, small].flatMap {
            [Score("noHat", boxes.name, note: $0), Score("noMask", boxes.name, note: $0)]
        }
        for head in truth.heads {
            let pixels = head.box.height * Double(height)
            guard pixels >= Self.leastHead else { continue }
            let offset = pixels >= Self.largeHead ? 0 : 2
            let found = sights.filter { $0.head != nil }.max {
                head.overlap($0.thing.box) < head.overlap($1.thing.box)
            }
            let state = found.flatMap { head.overlap($0.thing.box) >= 0.35 ? $0.head : nil }
            if let hasHat = head.hasHat { scores[offset].judge(hasHat, state?.hat) }
            if let hasMask = head.hasMask { scores[offset + 1].judge(hasMask, state?.mask) }
        }
        return scores.filter { !$0.isEmpty }
    }
}

extension Score {
    /// - Parameters:
    ///   - isThere: hat or mask, in truth.
    ///   - answer: nil = the head was not found.
    mutating func judge(_ isThere: Bool, _ answer: Attribute?) {
        switch answer?.state {
        case nil: unfound += 1
        case .unknown: unknown += 1
        case .absent: if isThere { falsePositives += 1 } else { truePositives += 1 }
        case .present: if !isThere { falseNegatives += 1 }
        }
    }
}
