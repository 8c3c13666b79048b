import ArgumentParser
import Supervision

extension SettingsOptions {
    /// The use cases on the data folder's records, with refusals in the words of a command line.
    func openSupervision() async throws -> Supervision {
        let settings = try load()
        let folder = try DataFolder.open(settings.dataFolder)
        return Supervision(store: try await folder.openStore(settings.records), time: .system, zone: settings.zone)
    }

    func openCheckpoints() async throws -> Checkpoints {
        let settings = try load()
        let folder = try DataFolder.open(settings.dataFolder)
        return try folder.checkpoints(of: try await folder.openStore(settings.records), time: .system)
    }
}
