import Domain
import Foundation
import Vision

/// What is known to be in a picture.
struct TruthBoxes: Sendable {
    struct Head: Sendable {
        var box: PictureBox
        var hasHat: Bool?
        var hasMask: Bool?
        /// A face, of which the head is the larger surroundings.
        var isFace = false
    }

    var things: [(kind: LabelMeaning.Kind, box: PictureBox)] = []
    var heads: [Head] = []
    var ignored: [PictureBox] = []

    /// Reads the label file of a picture; a missing one means that nothing is there. Lines that are none are passed over.
    init(image: String, of boxes: LabelledFolders.Boxes, width: Int, height: Int) {
        let name = ((image as NSString).lastPathComponent as NSString).deletingPathExtension
        let text = (try? String(contentsOfFile: boxes.folder + "/labels/\(name).txt", encoding: .utf8)) ?? ""
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: " ").compactMap { Double($0) }
            guard fields.count >= 5, boxes.classes.indices.contains(Int(fields[0])),
                let meaning = boxes.classes[Int(fields[0])]
            else { continue }
            add(
                meaning,
                PictureBox(
                    x: fields[1] - fields[3] / 2, y: fields[2] - fields[4] / 2, width: fields[3], height: fields[4]))
        }
        readSceneTruth(boxes.folder + "/truth/\(name).json", width: width, height: height)
    }

    private mutating func add(_ meaning: LabelMeaning, _ box: PictureBox) {
        switch meaning {
        case .thing(let kind): things.append((kind, box))
        // Who labels masks draws the face; who labels hats, the head.
        case .head(let hat, let mask): heads.append(Head(box: box, hasHat: hat, hasMask: mask, isFace: mask != nil))
        case .ignored: ignored.append(box)
        case .notPhone: break
        }
    }

    /// `mingchu scene` writes down what its people wear.
    private mutating func readSceneTruth(_ path: String, width: Int, height: Int) {
        struct Scene: Decodable {
            struct Sight: Decodable {
                var box: [Double]
                var visibility: Double
            }
            struct Person: Decodable {
                var head: Sight?
                var wearsHat: Bool
                var wearsMask: Bool
                var facing: Double
            }
            var people: [Person]
        }
        guard let data = FileManager.default.contents(atPath: path),
            let scene = try? JSONDecoder().decode(Scene.self, from: data)
        else { return }
        for person in scene.people {
            guard let head = person.head, head.visibility >= 0.7, head.box.count == 4 else { continue }
            let box = PictureBox(
                x: head.box[0] / Double(width), y: head.box[1] / Double(height), width: head.box[2] / Double(width),
                height: head.box[3] / Double(height))
            // Turned away, the mask can't be seen.
            heads.append(
                Head(box: box, hasHat: person.wearsHat, hasMask: person.facing > 0.25 ? person.wearsMask : nil))
        }
    }
}

extension TruthBoxes.Head {
    /// How well a found head fits: by the box itself, or by the head around a face.
    func overlap(_ found: PictureBox) -> Double {
        guard isFace else { return box.overlap(found) }
        let head = PictureBox(
            x: box.x - box.width * 0.28, y: box.y - box.height * 0.6, width: box.width * 1.56,
            height: box.height * 1.68)
        return max(box.overlap(found), head.clipped.overlap(found))
    }
}
