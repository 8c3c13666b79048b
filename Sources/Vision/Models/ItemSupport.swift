public import Domain

/// Whether something can be captured by the models that are there, and what was measured of it.
public struct ItemSupport: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// No model is needed: the picture itself tells.
        case withoutModel
        /// Judged by the named models together.
        case models([String])
        /// No model yet, and why.
        case noModelYet(reason: String)
    }

    public let item: CaptureItem
    public let state: State
    public let measured: [ModelCard.Measurement]
}

extension ModelRegistry {
    /// One for each item, in the order of ``CaptureItem``.
    public var support: [ItemSupport] { CaptureItem.allCases.map(support) }

    public func support(_ item: CaptureItem) -> ItemSupport {
        let measured = cards.flatMap(\.measured).filter { $0.item == item.rawValue }
        guard let needs = Self.needs(item) else {
            return ItemSupport(item: item, state: .withoutModel, measured: measured)
        }
        let reasons = cards.flatMap(\.cannot).compactMap { text -> String? in
            guard text.hasPrefix(item.rawValue + ":") else { return nil }
            return String(text.dropFirst(item.rawValue.count + 1).drop { $0 == " " })
        }
        let missing = needs.first { need in !cards.contains { $0.task == need.task && $0.labels.contains(need.label) } }
        // A card that says it can't is believed, whatever labels it has.
        if needs.isEmpty || missing != nil || !reasons.isEmpty {
            let reason =
                reasons.first ?? missing.map { "no model for \($0.task.rawValue) knows “\($0.label)”" }
                ?? "nobody has trained one"
            return ItemSupport(item: item, state: .noModelYet(reason: reason), measured: measured)
        }
        let names = cards.filter { card in needs.contains { $0.task == card.task && card.labels.contains($0.label) } }
        return ItemSupport(item: item, state: .models(names.map(\.name)), measured: measured)
    }

    /// What models must know for an item; empty = no model could; nil = none is needed.
    private static func needs(_ item: CaptureItem) -> [(task: ModelCard.Task, label: String)]? {
        switch item {
        case .rodent: [(.pests, "rodent")]
        case .insect: [(.pests, "insect")]
        case .noHat: [(.detector, "head"), (.attributes, "hatAbsent")]
        case .noMask: [(.detector, "head"), (.attributes, "maskAbsent")]
        case .phone: [(.detector, "phone")]
        case .nightPresence: [(.detector, "person")]
        case .smoking: []
        case .offline, .covered, .moved, .frozen, .dark, .defocused: nil
        }
    }
}
