import ArgumentParser

@main
struct MingchuCommand: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "mingchu",
        abstract: "Supervision of school kitchens: cameras in, footage kept, kitchens watched. (明厨)",
        version: version,
        subcommands: [
            ServeCommand.self, CameraCommand.self, ProbeCommand.self, ExportCommand.self, CheckCommand.self,
            LedgerCommand.self, PersonCommand.self, SceneCommand.self, AnalyzeCommand.self, ModelsCommand.self,
            SettingsCommand.self, PractiseCommand.self,
        ])
}
