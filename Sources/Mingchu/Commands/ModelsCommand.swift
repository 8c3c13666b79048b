import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "What the shipped models can do and can't, and whether it is true. (模型)",
        subcommands: [ListModelsCommand.self, EvaluateModelsCommand.self])
}
