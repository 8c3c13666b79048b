import Domain
import FFmpeg
import Vision

/// Compares what the small models say of crops with their labels.
struct CropEvaluation: Sendable {
    let crops: LabelledFolders.Crops
    private let set: String

    init(_ crops: LabelledFolders.Crops) {
        self.crops = crops
        // The label's folder is the last part: its scores belong to the set.
        let parts = crops.name.split(separator: "/")
        set = (LabelledFolders.CropLabel(parts.last.map(String.init) ?? "") == nil ? parts[...] : parts.dropLast())
            .joined(separator: "/")
    }

    func scores(_ path: String, _ tools: PictureWorkers.Tools) throws -> [Score] {
        let picture = try StillPicture.read(path: path)
        let whole = PictureBox(x: 0, y: 0, width: 1, height: 1)
        let parts = tools.parts
        switch crops.label {
        case .hat(let isThere):
            var score = Score("noHat", set, note: "crops")
            score.judge(isThere, try parts.heads([whole], in: picture)[0].hat)
            return [score]
        case .mask(let isThere):
            var score = Score("noMask", set, note: "crops")
            score.judge(isThere, try parts.heads([whole], in: picture)[0].mask)
            return [score]
        case .phone(let isPhone):
            // The model sees 2.5 times the phone's size: here, all of the crop.
            let says = try parts.phones([inner(2.5, picture.width, picture.height)], in: picture)[0] >= 0.5
            return [Self.score("phone", set, isPhone, says)]
        case .rodent, .insect, .noPest:
            let scores = try parts.pests([inner(2, picture.width, picture.height)], in: picture)[0]
            return [
                Self.score("rodent", set, crops.label == .rodent, scores.rodent >= parts.pestBar.rodent),
                Self.score("insect", set, crops.label == .insect, scores.insect >= parts.pestBar.insect),
            ]
        }
    }

    /// The square in the middle whose surroundings, so many times its size, are the whole crop.
    private func inner(_ times: Double, _ width: Int, _ height: Int) -> PictureBox {
        let side = Double(min(width, height)) / times
        let (boxWidth, boxHeight) = (side / Double(width), side / Double(height))
        return PictureBox(x: 0.5 - boxWidth / 2, y: 0.5 - boxHeight / 2, width: boxWidth, height: boxHeight)
    }

    private static func score(_ item: String, _ set: String, _ isThere: Bool, _ says: Bool) -> Score {
        var score = Score(item, set, note: "crops")
        switch (isThere, says) {
        case (true, true): score.truePositives = 1
        case (true, false): score.falseNegatives = 1
        case (false, true): score.falsePositives = 1
        case (false, false): break
        }
        return score
    }
}
