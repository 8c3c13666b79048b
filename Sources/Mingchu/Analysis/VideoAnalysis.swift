import Domain
import FFmpeg
import Foundation
import Vision

/// Analyses videos for `mingchu analyze`: files as fast as they can be read, streams as they come.
struct VideoAnalysis: Sendable {
    let models: RecognitionModels
    let settings: Settings
    /// Where the first picture of each capture is kept, with the capture as JSON; nil = nowhere.
    let evidence: URL?
    /// The wall's time at the beginning, for rules with hours.
    let start: UTCTime
    let report: AnalysisReport

    /// A file, from its beginning to its end.
    func run(file path: String) async throws {
        let damaged = try await BlockingThread.run("video") { interruption throws(any Error) in
            let recognition = try NeuralRecognition(models)
            let book = VideoBook(self, name: path)
            let analysis = FileAnalysis(hours: settings.workingHours, zone: settings.zone)
            return try analysis.run(path, start: start, with: recognition, interruption) { event, position, length in
                book.note(event)
                let share = length.map { position / $0 }
                report.progress(share, String(format: "%@ at %.0f s", path, position / .seconds(1)))
            }
        }
        if damaged > 0 { report.tell(warning: "\(path): \(damaged) pieces could not be decoded") }
    }
}

/// Turns what the analysis of one video tells into lines and files.
struct VideoBook: Sendable {
    private let analysis: VideoAnalysis
    private let name: String

    init(_ analysis: VideoAnalysis, name: String) {
        self.analysis = analysis
        self.name = name
    }

    func note(_ event: AnalysisEvent) {
        switch event {
        case .analysed(let picture):
            let time = picture.moment.wall - analysis.start
            analysis.report.tell(AnalysisLine(picture, of: name, timeMs: Int(time.inMilliseconds)))
        case .opened(let capture, let jpeg): keep(capture, "jpg", jpeg)
        case .ripe, .sampled: break
        case .ended(let capture):
            let line = CaptureLine(capture, file: name, start: analysis.start)
            analysis.report.tell(line)
            keep(capture, "json", Array((line.json + "\n").utf8))
        }
    }

    private func keep(_ capture: Capture, _ ending: String, _ bytes: [UInt8]) {
        guard let evidence = analysis.evidence else { return }
        let base = URL(fileURLWithPath: name.contains("://") ? "stream" : name).deletingPathExtension()
            .lastPathComponent
        let offset = Int((capture.metAt - analysis.start).inMilliseconds)
        // Two people can be captured at the same moment: the id's end tells them apart.
        let file = "\(base)-\(offset)-\(capture.item.rawValue)-\(capture.id.description.suffix(6)).\(ending)"
        do {
            try FileManager.default.createDirectory(at: evidence, withIntermediateDirectories: true)
            try Data(bytes).write(to: evidence.appendingPathComponent(file), options: .atomic)
        } catch {
            analysis.report.tell(warning: "can't keep \(file): \(error.localizedDescription)")
        }
    }
}
