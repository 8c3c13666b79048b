/// How dishes and tools of a meal were made free of germs. (餐用具消毒)
///
/// What is at least needed follows GB 31654-2021, annex A.
public struct Disinfection: Hashable, Sendable, Codable {
    public enum Method: String, Sendable, Hashable, CaseIterable, Codable {
        /// Steam or boiling water: 100 °C, 10 minutes.
        case steam
        /// Infrared cabinet: 120 °C, 10 minutes.
        case infrared
        /// Dish-washing machine: 85 °C, 1 minute.
        case machine
        /// Chlorine: 250 mg/L, 5 minutes.
        case chlorine

        public var isHot: Bool { self != .chlorine }

        /// °C, or mg/L of chlorine.
        public var strength: ClosedRange<Int> {
            switch self {
            case .steam: 100...140
            case .infrared: 120...250
            case .machine: 85...100
            case .chlorine: 250...1000
            }
        }

        public var minutes: ClosedRange<Int> {
            switch self {
            case .steam, .infrared: 10...240
            case .machine: 1...60
            case .chlorine: 5...240
            }
        }
    }

    public var method: Method
    /// °C, or mg/L of chlorine.
    public var strength: Int
    public var minutes: Int
    /// What was disinfected: 1…100 characters.
    public var items: String

    public init(method: Method = .steam, strength: Int = 100, minutes: Int = 15, items: String = "") {
        self.method = method
        self.strength = strength
        self.minutes = minutes
        self.items = items
    }

    func check() throws(DutyFlaw) {
        try DutyCheck.range(strength, method.isHot ? .temperature : .strength, method.strength)
        try DutyCheck.range(minutes, .minutes, method.minutes)
        try DutyCheck.text(items, .items, most: 100)
    }
}
