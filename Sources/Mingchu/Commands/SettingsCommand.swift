import ArgumentParser

struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Print a settings file with every setting, its meaning and its default.")

    func run() throws { print(SampleSettings.text, terminator: "") }
}
