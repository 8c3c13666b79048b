import Foundation

/// Finds what is laid out like the training data: folders with `images`, `labels` and `classes.txt` (YOLO boxes), and
/// folders of crops whose names are labels.
struct LabelledFolders {
    /// Pictures with boxes.
    struct Boxes {
        var name: String
        var images: [String]
        var folder: String
        /// What each class number means; nil = a label that we don't know.
        var classes: [LabelMeaning?]
    }

    /// Crops of one label.
    struct Crops {
        var name: String
        var images: [String]
        var label: CropLabel
    }

    enum CropLabel: Hashable {
        case hat(Bool)
        case mask(Bool)
        case phone(Bool)
        case rodent
        case insect
        case noPest

        init?(_ label: String) {
            switch LabelMeaning(label) {
            case .head(let hat?, nil): self = .hat(hat)
            case .head(nil, let mask?): self = .mask(mask)
            case .thing(.phone): self = .phone(true)
            case .notPhone: self = .phone(false)
            case .thing(.rodent): self = .rodent
            case .thing(.insect): self = .insect
            default:
                guard ["negative", "other", "not_pest"].contains(label) else { return nil }
                self = .noPest
            }
        }
    }

    private(set) var boxes: [Boxes] = []
    private(set) var crops: [Crops] = []

    private static let endings: Set<String> = ["jpg", "jpeg", "png", "bmp", "webp"]
    private static let deepest = 4

    init(_ root: String) { search(root, name: "", depth: 0) }

    private mutating func search(_ folder: String, name: String, depth: Int) {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
        if entries.contains("images"), entries.contains("labels") {
            let images = Self.pictures(folder + "/images")
            let text = try? String(contentsOfFile: folder + "/classes.txt", encoding: .utf8)
            let classes = (text ?? "").split(whereSeparator: \.isNewline).map { LabelMeaning(String($0)) }
            let shown = name.isEmpty ? (folder as NSString).lastPathComponent : name
            if !images.isEmpty { boxes.append(Boxes(name: shown, images: images, folder: folder, classes: classes)) }
            return
        }
        let here = Self.pictures(folder)
        // `bare`, or pictures straight in `rodent-patches/source`.
        let parts = (folder as NSString).pathComponents.suffix(2).reversed()
        let label = parts.lazy.compactMap { part in
            CropLabel(part.replacing("-patches", with: "").replacing("-crops", with: ""))
        }.first
        if !here.isEmpty, let label {
            crops.append(
                Crops(name: name.isEmpty ? (folder as NSString).lastPathComponent : name, images: here, label: label))
        }
        guard depth < Self.deepest else { return }
        for entry in entries {
            var isFolder: ObjCBool = false
            let path = folder + "/" + entry
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            search(path, name: name.isEmpty ? entry : name + "/" + entry, depth: depth + 1)
        }
    }

    private static func pictures(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { endings.contains(($0 as NSString).pathExtension.lowercased()) }.sorted()
            .map { folder + "/" + $0 }
    }
}
