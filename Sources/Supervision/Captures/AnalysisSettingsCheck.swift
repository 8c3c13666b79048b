public import Domain

extension AnalysisSettings {
    public static let leastHeadRange = 12...200
    /// More areas than anybody draws on one picture.
    public static let mostZones = 16

    /// Without rules that are the standard ones; throws what is wrong with it.
    func checked() throws(SupervisionError) -> AnalysisSettings {
        guard Self.leastHeadRange.contains(leastHeadPixels) else {
            throw .invalid(.leastHead, .outOfRange(minimum: 12, maximum: 200))
        }
        if let flaw = Self.flaw(in: masks) { throw .invalid(.masks, flaw) }
        var settings = self
        settings.rules = [:]
        for (item, rule) in rules {
            if let (field, flaw) = rule.flaw { throw .invalid(field, flaw) }
            var kept = rule
            kept.sustainedSeconds = (rule.sustainedSeconds * 1000).rounded() / 1000
            kept.cooldownSeconds = (rule.cooldownSeconds * 1000).rounded() / 1000
            if kept != .standard(item) { settings.rules[item] = kept }
        }
        return settings
    }

    fileprivate static func flaw(in zones: [PictureZone]) -> SupervisionError.Flaw? {
        if zones.count > mostZones { return .tooLong(maximum: mostZones) }
        return zones.allSatisfy(\.isValid) ? nil : .unknown
    }
}

extension CaptureRule {
    public static let sustainedRange = 0...600
    public static let cooldownRange = 0...86_400
    /// In per cent.
    public static let thresholdRange = 5...99

    /// The first thing that can't be taken as it is.
    public var flaw: (SupervisionError.Field, SupervisionError.Flaw)? {
        // No range contains what is not a number.
        guard (0...600).contains(sustainedSeconds) else {
            return (.sustained, .outOfRange(minimum: 0, maximum: 600))
        }
        guard (0...86_400).contains(cooldownSeconds) else {
            return (.cooldown, .outOfRange(minimum: 0, maximum: 86_400))
        }
        if let threshold, !(0.05...0.99).contains(threshold) {
            return (.threshold, .outOfRange(minimum: 5, maximum: 99))
        }
        return AnalysisSettings.flaw(in: zones).map { (.zones, $0) }
    }
}
