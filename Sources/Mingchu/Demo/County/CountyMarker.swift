import Foundation

/// Says in the data folder how far its demo county came: a half-made one is no county.
struct CountyMarker {
    enum State: String {
        case making
        case made
    }

    struct HalfMade: Error, CustomStringConvertible {
        let folder: String
        var description: String {
            "the demo county in \(folder) was interrupted while it was made. Delete that folder and start again."
        }
    }

    let folder: DataFolder

    private var path: String { folder.path + "/demo-county" }

    /// nil = nobody has begun one here.
    var state: State? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        // What can't be read was being written.
        return State(rawValue: text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .making
    }

    func set(_ state: State) throws {
        try Data((state.rawValue + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// Whoever starts on this folder without a word about a demo must not serve half a year as if it were one.
    func requireWhole() throws {
        if state == .making { throw HalfMade(folder: folder.path) }
    }
}
