/// The staff before they touch food. (晨检)
public struct HealthCheck: Hashable, Sendable, Codable {
    public struct Worker: Hashable, Sendable, Codable {
        /// 1…50 characters; empty only where names are not shown.
        public var name: String
        /// No fever, no diarrhoea, no vomiting, no sore throat, no wound on the hands. Who isn't is sent home.
        public var isFit: Bool
        /// Body temperature in tenths of a degree Celsius, 340…430; nil = was not taken.
        public var tenths: Int?
        /// Of somebody who isn't fit: 1…100 characters.
        public var symptom: String

        public init(name: String, isFit: Bool, tenths: Int? = nil, symptom: String = "") {
            self.name = name
            self.isFit = isFit
            self.tenths = tenths
            self.symptom = symptom
        }
    }

    /// 1…45 people.
    public var staff: [Worker]

    public static let mostStaff = 45
    public static let tenths = 340...430
    /// From here on somebody has a fever, whatever they say: 37.3 °C.
    public static let feverTenths = 373

    public init(staff: [Worker]) { self.staff = staff }

    func check() throws(DutyFlaw) {
        guard !staff.isEmpty else { throw DutyFlaw(.staff, .empty) }
        try DutyCheck.range(staff.count, .staff, 1...Self.mostStaff)
        for worker in staff {
            try DutyCheck.text(worker.name, .staff, most: 50)
            guard staff.count(where: { $0.name == worker.name }) == 1 else { throw DutyFlaw(.staff, .twice) }
            if let tenths = worker.tenths {
                try DutyCheck.range(tenths, .temperature, Self.tenths)
                guard !worker.isFit || tenths < Self.feverTenths else { throw DutyFlaw(.temperature, .implausible) }
            }
            try DutyCheck.text(worker.symptom, .symptom, most: 100, mayBeEmpty: worker.isFit)
        }
    }
}

/// Somebody who answers for the school eats with the pupils. (陪餐)
public struct AccompaniedMeal: Hashable, Sendable, Codable {
    public enum Quality: String, Sendable, Hashable, CaseIterable, Codable {
        case good
        case fair
        case poor
    }

    /// Who ate with them: 1…50 characters.
    public var companion: String
    /// Parents who ate with them too: 0…50.
    public var parents: Int
    public var quality: Quality
    /// What was noticed, and with poor food what was done: 0…300 characters.
    public var remark: String

    public init(companion: String = "", parents: Int = 0, quality: Quality = .good, remark: String = "") {
        self.companion = companion
        self.parents = parents
        self.quality = quality
        self.remark = remark
    }

    func check() throws(DutyFlaw) {
        try DutyCheck.text(companion, .companion, most: 50)
        try DutyCheck.range(parents, .eaters, 0...50)
        try DutyCheck.text(remark, .remark, most: 300, mayBeEmpty: quality != .poor)
    }
}
