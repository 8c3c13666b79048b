/// What is looked at on the spot, item by item, and what an item that fails costs. (检查表)
///
/// A template that was used never changes: a change makes the next version, and an inspection keeps the one it has.
public struct InspectionTemplate: Hashable, Sendable, Codable {
    /// A template as it was at one time.
    public struct Version: Hashable, Sendable, Codable {
        public var id: InspectionTemplateID
        /// From 1.
        public var number: Int

        public init(_ id: InspectionTemplateID, _ number: Int) {
            self.id = id
            self.number = number
        }
    }

    public enum Severity: String, Hashable, Sendable, CaseIterable, Codable {
        case serious
        case general
        case minor

        /// For each step of extent.
        public var points: Int {
            switch self {
            case .serious: 7
            case .general: 5
            case .minor: 2
            }
        }

        /// Of the case that it becomes.
        public var grade: Grade {
            switch self {
            case .serious: .one
            case .general: .two
            case .minor: .three
            }
        }
    }

    /// When a photograph must be there.
    public enum Photo: String, Hashable, Sendable, CaseIterable, Codable {
        case always
        case whenFailing
        case never
    }

    public struct Item: Hashable, Sendable, Codable {
        /// 1…20 small letters and digits; what answers name.
        public var code: String
        /// 1…60 characters: what a case is called by.
        public var title: InspectionText
        /// 1…500 characters: when it conforms.
        public var requirement: InspectionText
        /// The article that asks for it; 0…200 characters.
        public var law: InspectionText
        public var severity: Severity
        public var photo: Photo

        public init(
            _ code: String, _ severity: Severity, photo: Photo, title: InspectionText, requirement: InspectionText,
            law: InspectionText
        ) {
            self.code = code
            self.severity = severity
            self.photo = photo
            self.title = title
            self.requirement = requirement
            self.law = law
        }
    }

    /// Up to how many points a grade goes.
    public struct Scale: Hashable, Sendable, Codable {
        public var a: Int
        public var b: Int
        public var c: Int

        public init(a: Int = 10, b: Int = 30, c: Int = 60) {
            self.a = a
            self.b = b
            self.c = c
        }
    }

    public static let mostItems = 60

    public var version: Version
    public var name: InspectionText
    public var items: [Item]
    public var scale: Scale

    public init(_ version: Version, name: InspectionText, items: [Item], scale: Scale = Scale()) {
        self.version = version
        self.name = name
        self.items = items
        self.scale = scale
    }

    public subscript(code: String) -> Item? { items.first { $0.code == code } }

    public enum Fault: Error, Hashable, Sendable {
        case name
        case noItems
        case tooManyItems
        case code(String)
        case codeTwice(String)
        case title(String)
        case requirement(String)
        case law(String)
        case scale
    }

    public func check() throws(Fault) {
        guard Self.isText(name, 1...100) else { throw .name }
        guard !items.isEmpty else { throw .noItems }
        guard items.count <= Self.mostItems else { throw .tooManyItems }
        guard 0 <= scale.a, scale.a < scale.b, scale.b < scale.c, scale.c <= 1000 else { throw .scale }
        var known: Set<String> = []
        for item in items {
            guard (1...20).contains(item.code.utf8.count), item.code.utf8.allSatisfy(Self.mayStandInCode) else {
                throw .code(item.code)
            }
            guard known.insert(item.code).inserted else { throw .codeTwice(item.code) }
            guard Self.isText(item.title, 1...60) else { throw .title(item.code) }
            guard Self.isText(item.requirement, 1...500) else { throw .requirement(item.code) }
            guard Self.isText(item.law, 0...200) else { throw .law(item.code) }
        }
    }

    private static func isText(_ text: InspectionText, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.chinese.unicodeScalars.count) && text.english.unicodeScalars.count <= length.upperBound * 3
            && !(text.chinese + text.english).unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func mayStandInCode(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

public typealias InspectionTemplateID = Identifier<InspectionTemplate>
