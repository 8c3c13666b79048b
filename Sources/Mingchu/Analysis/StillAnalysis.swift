import FFmpeg
import Foundation
import Vision

/// Recognises what is in still pictures, and keeps those in which something is wrong.
struct StillAnalysis {
    let workers: PictureWorkers
    /// Where pictures that show a violation are copied to, with their line of JSON; nil = nowhere.
    let evidence: URL?

    func run(_ paths: [String], _ report: AnalysisReport) async throws {
        try await workers.run(paths) { index, tools in
            try Self.line(paths[index], tools.stills)
        } tell: { index, outcome in
            switch outcome {
            case .success(let line):
                if line.showsViolation { try keep(line, number: index) }
                report.tell(line)
            case .failure(let error): report.tell(unreadable: paths[index], error)
            }
            report.progress(Double(index + 1) / Double(paths.count), "\(index + 1) of \(paths.count) pictures")
        }
    }

    private static func line(_ path: String, _ recognition: StillRecognition) throws -> AnalysisLine {
        let picture = try StillPicture.read(path: path)
        let (width, height) = (picture.width, picture.height)
        let detections = try recognition.look(at: picture).map { sight in
            AnalysisLine.Detection(
                sight.thing.label.rawValue, sight.thing.box, score: sight.thing.score, head: sight.head, width: width,
                height: height)
        }
        return AnalysisLine(file: path, timeMs: 0, width: width, height: height, detections: detections)
    }

    /// Pictures of the same name come from different folders: the number tells them apart.
    private func keep(_ line: AnalysisLine, number: Int) throws {
        guard let evidence else { return }
        let source = URL(fileURLWithPath: line.file)
        let name = String(format: "%06d-", number + 1) + source.deletingPathExtension().lastPathComponent
        try FileManager.default.createDirectory(at: evidence, withIntermediateDirectories: true)
        let bytes = try Data(contentsOf: source)
        try bytes.write(to: evidence.appendingPathComponent(name + "." + source.pathExtension), options: .atomic)
        try Data((line.json + "\n").utf8).write(
            to: evidence.appendingPathComponent(name + ".json"), options: .atomic)
    }
}

extension AnalysisLine {
    /// Somebody without hat or mask, a phone, a pest: each by the models' own thresholds.
    var showsViolation: Bool {
        detections.contains {
            $0.hat?.state == "absent" || $0.mask?.state == "absent" || ["phone", "rodent", "insect"].contains($0.label)
        }
    }
}
