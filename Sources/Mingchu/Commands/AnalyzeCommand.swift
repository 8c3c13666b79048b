import ArgumentParser
import Domain
import Foundation
import Vision

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Recognise what is in pictures and videos, with no server and no recording. (分析)",
        discussion: """
            A file, a folder of pictures and videos, or the address of a camera (rtsp://…, sim://cooking), which is \
            watched until Ctrl-C. Ends with 1 when nothing could be read.
            """)

    @OptionGroup var common: SettingsOptions
    @Flag(help: "Print a line of JSON for each analysed picture and each capture.") var json = false
    @Option(
        help: ArgumentHelp(
            "Keep pictures that show a violation, and a picture of each capture, in this folder, with their JSON.",
            valueName: "dir"))
    var evidence: String?
    @Option(
        help:
            "When a video begins, as in 2026-11-23T10:00:00, for rules with hours. Else 10:00 of today; a camera: now.")
    var start: String?
    @Argument(help: ArgumentHelp("What to analyse.", valueName: "file|url|dir")) var target: String

    func run() async throws {
        let settings = try common.load()
        let begin = try beginning(settings)
        let targets: AnalysisTargets
        let models: RecognitionModels
        do {
            targets = try AnalysisTargets(target)
            models = try RecognitionModels.load(
                .init(
                    folder: settings.modelsFolder, library: settings.openVINOLibrary,
                    threads: settings.analysisThreads))
        } catch {
            throw ValidationError("\(error)")
        }
        let report = AnalysisReport(printsJSON: json)
        for fault in models.faults { report.tell(warning: "\(fault)") }
        let evidence = evidence.map { URL(fileURLWithPath: $0) }

        let stills = StillAnalysis(
            workers: PictureWorkers(models: models, threads: settings.analysisThreads), evidence: evidence)
        try await stills.run(targets.pictures, report)
        for video in targets.videos {
            report.beginVideo()
            let isAddress = video.contains("://")
            let analysis = VideoAnalysis(
                models: models, settings: settings, evidence: evidence,
                start: isAddress ? TimeSource.system.now() : begin, report: report)
            do {
                try await isAddress ? analysis.run(address: video) : analysis.run(file: video)
            } catch let error as ValidationError {
                throw error
            } catch let error as SourceFailure {
                report.tell(unreadable: "the stream", error.words)
            } catch {
                report.tell(unreadable: isAddress ? "the stream" : video, error)
            }
        }
        if !report.finish() { throw ExitCode(1) }
    }

    private func beginning(_ settings: Settings) throws -> UTCTime {
        if let start {
            guard let time = settings.zone.parse(start) else {
                throw ValidationError("--start must be a time like 2026-11-23T10:00:00")
            }
            return time
        }
        return settings.zone.day(of: TimeSource.system.now()).start + .seconds(10 * 3600)
    }
}
