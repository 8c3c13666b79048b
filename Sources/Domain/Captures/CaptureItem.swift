/// What the program captures by itself. (抓拍项目)
public enum CaptureItem: String, Sendable, Hashable, CaseIterable, Codable {
    case rodent
    /// Flying insects and cockroaches.
    case insect
    case noHat
    case noMask
    case phone
    case smoking
    /// Somebody in the kitchen outside its working hours.
    case nightPresence
    case offline
    case covered
    case moved
    case frozen
    case dark
    case defocused

    /// About the camera itself, not about what it sees.
    public var isCameraState: Bool {
        switch self {
        case .offline, .covered, .moved, .frozen, .dark, .defocused: true
        default: false
        }
    }

    public var isPest: Bool { self == .rodent || self == .insect }

    /// About somebody who is in the picture.
    public var isAboutPerson: Bool {
        switch self {
        case .noHat, .noMask, .phone, .smoking, .nightPresence: true
        default: false
        }
    }

    /// - Parameter inWorkingHours: A blind camera weighs more while people cook.
    public func grade(inWorkingHours: Bool) -> Grade {
        switch self {
        case .rodent: .one
        case .insect, .noHat, .noMask, .phone, .smoking, .nightPresence: .two
        case .offline, .covered, .moved, .frozen, .dark, .defocused: inWorkingHours ? .one : .two
        }
    }
}

/// How serious something is; I is the worst. (分级)
public enum Grade: Int, Sendable, Hashable, CaseIterable, Comparable, Codable {
    case one = 1
    case two = 2
    case three = 3

    public static func < (a: Grade, b: Grade) -> Bool { a.rawValue < b.rawValue }

    /// I, II, III.
    public var numeral: String { String(repeating: "I", count: rawValue) }
}
