import Foundation
import Vision

/// Scores the shipped models on labelled pictures.
struct Evaluation {
    let workers: PictureWorkers
    private(set) var pictures = 0
    private(set) var unreadable = 0
    private var scores: [Key: Score] = [:]

    private struct Key: Hashable {
        var item: String
        var set: String
        var note: String
    }

    init(_ workers: PictureWorkers) { self.workers = workers }

    /// - Parameter progress: how many pictures are done, of how many.
    mutating func run(_ folders: LabelledFolders, progress: (Int, Int) -> Void, complain: (String) -> Void) async throws
    {
        let total = folders.boxes.reduce(0) { $0 + $1.images.count } + folders.crops.reduce(0) { $0 + $1.images.count }
        for boxes in folders.boxes {
            let evaluation = BoxEvaluation(boxes)
            try await run(boxes.images, total, progress, complain) { try evaluation.scores($0, $1) }
        }
        for crops in folders.crops {
            let evaluation = CropEvaluation(crops)
            try await run(crops.images, total, progress, complain) { try evaluation.scores($0, $1) }
        }
    }

    private mutating func run(
        _ images: [String], _ total: Int, _ progress: (Int, Int) -> Void, _ complain: (String) -> Void,
        work: @escaping @Sendable (String, PictureWorkers.Tools) throws -> [Score]
    ) async throws {
        try await workers.run(images) { index, tools in
            try work(images[index], tools)
        } tell: { index, outcome in
            pictures += 1
            switch outcome {
            case .success(let found): for score in found { add(score) }
            case .failure(let error):
                unreadable += 1
                complain("\(images[index]): \(error)")
            }
            progress(pictures, total)
        }
    }

    private mutating func add(_ score: Score) {
        scores[
            Key(item: score.item, set: score.set, note: score.note),
            default: Score(score.item, score.set, note: score.note)
        ]
        .add(score)
    }

    private static let order = ["noHat", "noMask", "phone", "rodent", "insect", "person", "head"]

    /// Item by item: each set, then all sets together where there are several.
    var lines: [Score] {
        Self.order.flatMap { item -> [Score] in
            let own = scores.values.filter { $0.item == item && !$0.isEmpty }
            let notes = Set(own.map(\.note)).sorted(by: >)
            return notes.flatMap { note -> [Score] in
                let sets = own.filter { $0.note == note }.sorted { $0.set < $1.set }
                guard sets.count > 1 else { return sets }
                var all = Score(item, "all", note: note)
                for one in sets { all.add(one) }
                return sets + [all]
            }
        }
    }

    var table: String {
        var table = TextTable(
            ["item", "set", "there", "precision [95 %]", "recall [95 %]", "unknown", "not found", "what"],
            rightAligned: [2, 5, 6])
        var last = ""
        for line in lines {
            let isJudged = line.item == "noHat" || line.item == "noMask"
            table.add([
                line.item == last ? "" : line.item, line.set, "\(line.truePositives + line.falseNegatives)",
                line.precision?.text ?? "–", line.recall?.text ?? "–", isJudged ? "\(line.unknown)" : "",
                isJudged ? "\(line.unfound)" : "", line.note,
            ])
            last = line.item
        }
        return table.text
    }
}
