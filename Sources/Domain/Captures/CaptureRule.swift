/// When something seen becomes a capture: one for each item and camera. (抓拍规则)
public struct CaptureRule: Sendable, Hashable, Codable {
    public enum Hours: String, Sendable, Hashable, CaseIterable, Codable {
        case always
        case working
        case outsideWorking
    }

    public var isOn: Bool
    public var hours: Hours
    /// How long it must last: 0…600 s.
    public var sustainedSeconds: Double
    /// After a capture has ended, so long nothing new of the same kind at the same place: 0…86,400 s.
    public var cooldownSeconds: Double
    /// Least score that counts, 0.05…0.99; nil = the model's own.
    public var threshold: Double?
    /// Where it counts; empty = the whole picture.
    public var zones: [PictureZone]

    public init(
        isOn: Bool = true, hours: Hours = .always, sustainedSeconds: Double, cooldownSeconds: Double = 30,
        threshold: Double? = nil, zones: [PictureZone] = []
    ) {
        self.isOn = isOn
        self.hours = hours
        self.sustainedSeconds = sustainedSeconds
        self.cooldownSeconds = cooldownSeconds
        self.threshold = threshold
        self.zones = zones
    }

    /// What holds for a camera where nobody has set anything else.
    public static func standard(_ item: CaptureItem) -> CaptureRule {
        switch item {
        case .rodent: CaptureRule(sustainedSeconds: 0.5, cooldownSeconds: 60)
        case .insect: CaptureRule(sustainedSeconds: 0.5, cooldownSeconds: 300)
        case .noHat, .noMask, .phone: CaptureRule(hours: .working, sustainedSeconds: 3)
        case .smoking: CaptureRule(sustainedSeconds: 3)
        case .nightPresence: CaptureRule(hours: .outsideWorking, sustainedSeconds: 10, cooldownSeconds: 300)
        case .covered, .moved, .dark: CaptureRule(sustainedSeconds: 10)
        case .frozen: CaptureRule(sustainedSeconds: 30)
        case .defocused, .offline: CaptureRule(sustainedSeconds: 60)
        }
    }

    /// Whether a place in the picture counts.
    public func covers(_ point: PicturePoint) -> Bool { zones.isEmpty || zones.contains { $0.contains(point) } }
}

/// How one camera's pictures are analysed. (分析设置)
public struct AnalysisSettings: Sendable, Hashable, Codable {
    public var isOn: Bool
    /// Places that are never looked at: a window, a television, a door to the street. (屏蔽区)
    public var masks: [PictureZone]
    /// Only where they differ from the standard.
    public var rules: [CaptureItem: CaptureRule]
    /// Heads lower than this, in pixels of the analysed picture, are never judged: 12…200.
    public var leastHeadPixels: Int

    public init(
        isOn: Bool = true, masks: [PictureZone] = [], rules: [CaptureItem: CaptureRule] = [:], leastHeadPixels: Int = 20
    ) {
        self.isOn = isOn
        self.masks = masks
        self.rules = rules
        self.leastHeadPixels = leastHeadPixels
    }

    public static let standard = AnalysisSettings()

    public func rule(_ item: CaptureItem) -> CaptureRule { rules[item] ?? .standard(item) }

    public func isMasked(_ point: PicturePoint) -> Bool { masks.contains { $0.contains(point) } }
}
