import Crypto
import FoundationEssentials
import Glibc

/// The models that came with the program: a folder with a folder for each. (模型目录)
public struct ModelRegistry: Sendable {
    public static let environmentName = "MINGCHU_MODELS"

    public struct Entry: Sendable, Hashable {
        public let card: ModelCard
        let folder: String
        var model: String { folder + "/model.xml" }
        var weights: String { folder + "/model.bin" }
    }

    public let folder: String
    /// By name of the model.
    public let entries: [Entry]
    /// Folders whose card could not be read.
    public let faults: [ModelError]

    public var cards: [ModelCard] { entries.map(\.card) }

    /// Reads all cards.
    ///
    /// Looks where it is told; else in the folder that the environment names; else beside the program, then above it.
    public static func open(
        folder: String? = nil, environment: String? = Self.environment, executable: String? = Self.executable
    ) throws(ModelError) -> ModelRegistry {
        if let named = folder ?? environment {
            guard isFolder(named) else { throw ModelError(.noFolder, "there is no folder of models \(named)") }
            return ModelRegistry(folder: named)
        }
        var place = executable.map(parent) ?? ""
        if !place.isEmpty {
            let installed = parent(of: place) + "/share/mingchu/models"
            if !cardFiles(in: installed).isEmpty { return ModelRegistry(folder: installed) }
        }
        while !place.isEmpty {
            if !cardFiles(in: place + "/Models").isEmpty { return ModelRegistry(folder: place + "/Models") }
            place = parent(of: place)
        }
        throw ModelError(
            .noFolder, "there are no models beside the program nor above it: name their folder in \(environmentName)")
    }

    private init(folder: String) {
        self.folder = folder
        var entries: [Entry] = []
        var faults: [ModelError] = []
        for file in Self.cardFiles(in: folder) {
            do {
                let card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: URL(filePath: file)))
                entries.append(Entry(card: card, folder: Self.parent(of: file)))
            } catch let error as DecodingError {
                faults.append(ModelError(.cardBroken, "\(file) is no model card: \(error.reason)"))
            } catch {
                faults.append(ModelError(.cardBroken, "\(file) can't be read"))
            }
        }
        self.entries = entries.sorted { $0.card.name < $1.card.name }
        self.faults = faults
    }

    /// The model for a task, after its files were compared with its card.
    public func verified(_ task: ModelCard.Task) throws(ModelError) -> Entry {
        guard let entry = entries.first(where: { $0.card.task == task }) else {
            throw faults.first ?? ModelError(.noModel, "\(folder) holds no model for \(task.rawValue)")
        }
        for name in ["model.xml", "model.bin"] {
            guard let expected = entry.card.sha256[name] else {
                throw ModelError(.cardBroken, "the card of \(entry.card.name) does not say the SHA-256 of \(name)")
            }
            let path = entry.folder + "/" + name
            guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
                throw ModelError(.fileMissing, "\(path) is missing or can't be read")
            }
            let digest = SHA256.hash(data: bytes).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
            guard digest == expected.lowercased() else {
                throw ModelError(.fileChanged, "\(path) is not the file that its card speaks of: its SHA-256 differs")
            }
        }
        return entry
    }

    /// What the environment says, nil when nothing.
    public static var environment: String? {
        getenv(environmentName).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    public static var executable: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    private static func cardFiles(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\(folder)/\($0)/model.json" }
            .filter { FileManager.default.fileExists(atPath: $0) }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}

extension DecodingError {
    /// Which field is missing or wrong.
    fileprivate var reason: String {
        func place(_ context: Context) -> String {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? "" : "at “\(path)”, "
        }
        return switch self {
        case .keyNotFound(let key, let context): "\(place(context))“\(key.stringValue)” is missing"
        case .valueNotFound(_, let context): "\(place(context))a value is missing"
        case .typeMismatch(let type, let context): "\(place(context))a \(type) is expected"
        case .dataCorrupted(let context): "\(place(context))\(context.debugDescription)"
        @unknown default: "it can't be decoded"
        }
    }
}
