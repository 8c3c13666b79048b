import ArgumentParser
import Domain
import Vision

struct ListModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show the model cards: what was measured, data and licences, and what has no model yet.")
    @OptionGroup var common: SettingsOptions
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        let settings = try common.load()
        let registry: ModelRegistry
        do throws(ModelError) {
            registry = try ModelRegistry.open(folder: settings.modelsFolder)
        } catch {
            throw ValidationError(error.description)
        }
        if json {
            print(JSONLine.text(ModelsJSON(registry)))
        } else {
            print(Self.text(registry), terminator: "")
        }
        if !registry.faults.isEmpty { throw ExitCode(1) }
    }

    static func text(_ registry: ModelRegistry) -> String {
        var models = TextTable(["model", "version", "task", "labels", "input", "licence"])
        var items = TextTable(
            ["item", "judged by", "precision [95 %]", "recall [95 %]", "unknown", "n", "measured on"],
            rightAligned: [4, 5])
        for card in registry.cards {
            let input =
                card.input.isDynamic
                ? "\(card.input.width)×\(card.input.height), any" : "\(card.input.width)×\(card.input.height)"
            models.add([
                card.name, card.version, card.task.rawValue, card.labels.joined(separator: " "), input, card.licence,
            ])
        }
        for support in registry.support { for row in rows(support) { items.add(row) } }
        var text = models.text + "\n" + items.text
        for card in registry.cards {
            text += "\n\(card.name)\n"
            for line in card.data { text += "  data: \(line)\n" }
            for line in card.cannot { text += "  can't: \(line)\n" }
            text += "  made by: \(card.trainedWith)\n"
        }
        for fault in registry.faults { text += "\nunusable: \(fault)\n" }
        return text
    }

    /// A row for each measurement, or one that says that there is none.
    private static func rows(_ support: ItemSupport) -> [[String]] {
        let item = support.item.rawValue
        let state: String
        switch support.state {
        case .withoutModel: return [[item, "the picture itself", "", "", "", "", ""]]
        case .noModelYet(let reason): return [[item, "no model yet: \(reason)", "", "", "", "", ""]]
        case .models(let names): state = names.joined(separator: " + ")
        }
        guard !support.measured.isEmpty else { return [[item, state, "not measured", "", "", "", ""]] }
        return support.measured.enumerated().map { index, one in
            [
                index == 0 ? item : "", index == 0 ? state : "",
                share(one.precision, one.precisionLow, one.precisionHigh),
                share(one.recall, one.recallLow, one.recallHigh), one.unknown.map { percent($0) } ?? "", "\(one.n)",
                one.set,
            ]
        }
    }

    private static func share(_ value: Double?, _ low: Double?, _ high: Double?) -> String {
        guard let value else { return "–" }
        guard let low, let high else { return digits(value) }
        return "\(digits(value)) [\(digits(low))–\(digits(high))]"
    }

    private static func digits(_ value: Double) -> String { "\(value.rounded(places: 3))" }
    private static func percent(_ value: Double) -> String { "\((value * 100).rounded(places: 1)) %" }
}

/// The cards and the items, for programs.
private struct ModelsJSON: Encodable {
    struct Model: Encodable {
        var name: String
        var version: String
        var task: String
        var labels: [String]
        var thresholds: [String: [String: Double]]
        var licence: String
        var data: [String]
        var cannot: [String]
        var trainedWith: String
    }

    struct Measurement: Encodable {
        var set: String
        var n: Int
        var precision: Double?
        var precisionLow: Double?
        var precisionHigh: Double?
        var recall: Double?
        var recallLow: Double?
        var recallHigh: Double?
        var unknown: Double?
        var note: String?
    }

    struct Item: Encodable {
        var item: String
        /// `models`, `withoutModel` or `noModelYet`.
        var state: String
        var models: [String]?
        var reason: String?
        var measured: [Measurement]
    }

    var folder: String
    var models: [Model]
    var items: [Item]
    var unusable: [String]

    init(_ registry: ModelRegistry) {
        folder = registry.folder
        models = registry.cards.map {
            Model(
                name: $0.name, version: $0.version, task: $0.task.rawValue, labels: $0.labels,
                thresholds: $0.thresholds,
                licence: $0.licence, data: $0.data, cannot: $0.cannot, trainedWith: $0.trainedWith)
        }
        items = registry.support.map { support in
            var item = Item(
                item: support.item.rawValue, state: "withoutModel",
                measured: support.measured.map {
                    Measurement(
                        set: $0.set, n: $0.n, precision: $0.precision, precisionLow: $0.precisionLow,
                        precisionHigh: $0.precisionHigh, recall: $0.recall, recallLow: $0.recallLow,
                        recallHigh: $0.recallHigh, unknown: $0.unknown, note: $0.note)
                })
            switch support.state {
            case .withoutModel: break
            case .models(let names):
                item.state = "models"
                item.models = names
            case .noModelYet(let reason):
                item.state = "noModelYet"
                item.reason = reason
            }
            return item
        }
        unusable = registry.faults.map(\.description)
    }
}
