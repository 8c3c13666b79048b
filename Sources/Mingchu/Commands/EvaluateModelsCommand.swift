import ArgumentParser
import Vision

struct EvaluateModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Score the shipped models on labelled pictures of your own.",
        discussion: """
            DIR is laid out like the training data, in any depth: folders with images/, labels/ (YOLO boxes) and \
            classes.txt, or folders of crops named after their label. Labels: person, head, head_hat, head_bare, mask, \
            no_mask, phone, not_phone, rodent, fly, cockroach, other_insect …

            Precision and recall are of hats and masks that are missing, and of things found; with Wilson's 95 % intervals. \
            What is left unknown, and heads that were not found, are counted apart.
            """)
    @OptionGroup var common: SettingsOptions
    @Flag(help: "As JSON.") var json = false
    @Argument(help: ArgumentHelp("Folder of labelled pictures.", valueName: "dir")) var folder: String

    func run() async throws {
        let settings = try common.load()
        let found = LabelledFolders(folder)
        guard !found.boxes.isEmpty || !found.crops.isEmpty else {
            throw ValidationError("\(folder) holds no labelled pictures: see mingchu help models evaluate")
        }
        let models: RecognitionModels
        do throws(ModelError) {
            models = try RecognitionModels.load(
                .init(
                    folder: settings.modelsFolder, library: settings.openVINOLibrary,
                    threads: settings.analysisThreads))
        } catch {
            throw ValidationError(error.description)
        }
        var progress = ProgressLine()
        for fault in models.faults { progress.tell("warning: \(fault)") }
        var evaluation = Evaluation(PictureWorkers(models: models, threads: settings.analysisThreads))
        var complaints: [String] = []
        try await evaluation.run(found) { done, total in
            progress.show(Double(done) / Double(total), "\(done) of \(total) pictures")
        } complain: {
            complaints.append($0)
        }
        for complaint in complaints { progress.tell(complaint) }
        progress.clear()
        if json {
            print(JSONLine.text(EvaluationJSON(models: models.versions, evaluation)))
        } else {
            print(evaluation.table)
            print("\(evaluation.pictures) pictures, \(evaluation.unreadable) could not be read; \(models.versions)")
        }
        if evaluation.unreadable == evaluation.pictures { throw ExitCode(1) }
    }
}

private struct EvaluationJSON: Encodable {
    var models: String
    var pictures: Int
    var unreadable: Int
    var measured: [ScoreLine]

    init(models: String, _ evaluation: Evaluation) {
        self.models = models
        pictures = evaluation.pictures
        unreadable = evaluation.unreadable
        measured = evaluation.lines.map(ScoreLine.init)
    }
}
