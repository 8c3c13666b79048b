import Crypto
import Domain
import Supervision

/// The form of a camera's rules, as it was typed.
struct RulesForm: Sendable {
    struct Rule: Sendable, Hashable {
        var isOn = false
        var hours = ""
        var sustained = ""
        var cooldown = ""
        /// In per cent; empty = the model's own.
        var threshold = ""
        var zones = ""
    }

    var isOn: Bool
    var leastHead: String
    var masks: String
    var rules: [CaptureItem: Rule] = [:]

    init(_ settings: AnalysisSettings) {
        isOn = settings.isOn
        leastHead = "\(settings.leastHeadPixels)"
        masks = ZoneText.text(settings.masks)
        for item in CaptureItem.allCases {
            let rule = settings.rule(item)
            rules[item] = Rule(
                isOn: rule.isOn, hours: rule.hours.rawValue,
                sustained: Decimal.short(rule.sustainedSeconds, places: 3),
                cooldown: Decimal.short(rule.cooldownSeconds, places: 3),
                threshold: rule.threshold.map { Decimal.short($0 * 100, places: 2) } ?? "",
                zones: ZoneText.text(rule.zones))
        }
    }

    init(_ fields: FormFields) {
        isOn = fields.flag("on")
        leastHead = fields.text("leastHead") ?? ""
        masks = fields.text("masks") ?? ""
        for item in CaptureItem.allCases {
            func text(_ name: String) -> String { fields.text("\(item.rawValue).\(name)") ?? "" }
            rules[item] = Rule(
                isOn: fields.flag("\(item.rawValue).on"), hours: text("hours"), sustained: text("sustained"),
                cooldown: text("cooldown"), threshold: text("threshold"), zones: text("zones"))
        }
    }

    /// What the form says.
    /// - Parameters:
    ///   - before: Rules of items that the form does not ask about stay as they are there.
    ///   - asked: Items of which the form has fields.
    /// - Throws: everything that is wrong with it, by field.
    func settings(
        before: AnalysisSettings, asked: Set<CaptureItem>, words: Words
    ) throws(FormFaults) -> AnalysisSettings {
        var faults: [String: String] = [:]
        var settings = AnalysisSettings(isOn: isOn, rules: before.rules)
        if let pixels = Int(leastHead), AnalysisSettings.leastHeadRange.contains(pixels) {
            settings.leastHeadPixels = pixels
        } else {
            faults["leastHead"] = words(.leastHead, .outOfRange(minimum: 12, maximum: 200))
        }
        switch zones(masks, .masks, words) {
        case .success(let zones): settings.masks = zones
        case .failure(let fault): faults["masks"] = fault.text
        }
        for item in CaptureItem.allCases where asked.contains(item) {
            guard let typed = rules[item] else { continue }
            var rule = CaptureRule(
                isOn: typed.isOn, hours: CaptureRule.Hours(rawValue: typed.hours) ?? before.rule(item).hours,
                sustainedSeconds: Self.number(typed.sustained) ?? -1,
                cooldownSeconds: Self.number(typed.cooldown) ?? -1,
                threshold: typed.threshold.isEmpty ? nil : (Self.number(typed.threshold) ?? -1) / 100)
            switch zones(typed.zones, .zones, words) {
            case .success(let zones): rule.zones = zones
            case .failure(let fault): faults["\(item.rawValue).zones"] = fault.text
            }
            if let (field, flaw) = rule.flaw { faults["\(item.rawValue).\(field.rawValue)"] = words(field, flaw) }
            settings.rules[item] = rule
        }
        guard faults.isEmpty else { throw FormFaults(byField: faults) }
        return settings
    }

    private struct ZoneFault: Error { let text: String }

    private func zones(
        _ text: String, _ field: SupervisionError.Field, _ words: Words
    ) -> Result<[PictureZone], ZoneFault> {
        do throws(ZoneText.Fault) {
            let zones = try ZoneText.parse(text)
            guard zones.count <= AnalysisSettings.mostZones else {
                return .failure(ZoneFault(text: words("zones.tooMany", ["maximum": "\(AnalysisSettings.mostZones)"])))
            }
            return .success(zones)
        } catch {
            return .failure(
                ZoneFault(
                    text: words(
                        "zones.fault", ["field": words("field.\(field.rawValue)"), "line": "\(error.line)"])))
        }
    }

    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else {
            return nil
        }
        return Double(text)
    }
}

extension AnalysisSettings {
    /// Changes when they do: a form that was filled in from other settings is noticed.
    var stamp: String {
        let rules = CaptureItem.allCases.map { item in
            let rule = rule(item)
            return [
                "\(rule.isOn)", rule.hours.rawValue, "\(rule.sustainedSeconds)", "\(rule.cooldownSeconds)",
                "\(rule.threshold ?? 0)", ZoneText.text(rule.zones),
            ].joined(separator: "|")
        }
        let text = (["\(isOn)", "\(leastHeadPixels)", ZoneText.text(masks)] + rules).joined(separator: "\n")
        return Array(SHA256.hash(data: Array(text.utf8)).prefix(12)).hexadecimal
    }
}
