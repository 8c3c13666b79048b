import ArgumentParser
import Domain
import Foundation

/// Flags that every command shares.
struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of everything that is kept.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "Database: a file, or postgres://…; with a password rather in the settings file or MINGCHU_RECORDS.",
            valueName: "file|address"))
    var records: String?

    @Option(
        help: ArgumentHelp(
            "Settings file; else MINGCHU_SETTINGS, else mingchu.yaml in the current folder if there is one.",
            valueName: "file"))
    var settings: String?

    func load(_ flags: [String: String] = [:]) throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        var flags = flags
        if let data { flags[SettingKey.data.name] = data }
        if let records { flags[SettingKey.records.name] = records }
        return try Settings(
            SettingValues(file: try file(environment), environment: environment, flags: flags))
    }

    private func file(_ environment: [String: String]) throws -> (path: String, text: String)? {
        if let path = settings ?? environment["MINGCHU_SETTINGS"] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw SettingsError(description: "can't read the settings file \(path)")
            }
            return (path, text)
        }
        guard let text = try? String(contentsOfFile: "mingchu.yaml", encoding: .utf8) else { return nil }
        return ("mingchu.yaml", text)
    }
}
