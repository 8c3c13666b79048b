import Domain
import Supervision

/// One entry of a register, or a form for a new one.
struct RegisterEntryPage: Page {
    struct Field: Sendable {
        let name: String
        let label: String
        let hint: String?
        let value: String
        let isText: Bool
        let isLong: Bool
        let isDay: Bool
        let isChoice: Bool
        let choices: [Choice]
        let isRequired: Bool
        let most: String?
    }

    struct File: Sendable {
        let name: String
        let address: String
        let size: String
        let isPhoto: Bool
        let sha256: String
    }

    struct Version: Sendable {
        let number: String
        let who: String
        let time: Moment
        /// What differs from the version before.
        let changes: [String]
    }

    static let template = "register-entry"
    let list: String
    let listAddress: String
    let heading: String
    let school: String?
    let schools: [Choice]
    let hasSchools: Bool
    let fields: [Field]
    let action: String
    let seen: String?
    let mayKeep: Bool
    let isNew: Bool
    let missing: [String]
    let hasMissing: Bool
    let files: [File]
    let hasFiles: Bool
    let filesAction: String?
    let versions: [Version]
    let documentAddress: String?
    let kept: String?
    let fault: String?
    let isSaved: Bool

    /// A new one.
    init(kind: RegisterKind, values: [String: String], schools: [Choice], fault: String?, wording: Wording) {
        let words = wording.words
        list = words(kind)
        listAddress = SiteURL.register(.list(kind)).path
        heading = words("register.new", ["register": words(kind)])
        school = nil
        self.schools = schools
        hasSchools = !schools.isEmpty
        fields = Self.fields(kind, values, words)
        action = SiteURL.register(.new(kind)).path
        seen = nil
        (mayKeep, isNew) = (true, true)
        (missing, hasMissing) = ([], false)
        (files, hasFiles, filesAction) = ([], false, nil)
        versions = []
        (documentAddress, kept) = (nil, nil)
        self.fault = fault
        isSaved = false
    }

    init(
        _ sheet: RegisterEntrySheet, typed: [String: String]?, fault: String?, isSaved: Bool, takesFiles: Bool,
        wording: Wording
    ) {
        let words = wording.words
        let entry = sheet.entry
        let kind = entry.kind
        list = words(kind)
        listAddress = SiteURL.register(.list(kind)).path
        heading = entry.name(sheet.school, words)
        school = kind == .staff ? sheet.school?.name : nil
        (schools, hasSchools) = ([], false)
        fields = Self.fields(kind, typed ?? entry.values, words)
        action = SiteURL.register(.entry(.value(entry.id))).path
        seen = "\(entry.version)"
        mayKeep = sheet.mayKeep
        isNew = false
        missing = entry.missing.map { words.field($0, of: kind) }
        hasMissing = !missing.isEmpty
        files = entry.files.map { file in
            File(
                name: file.name,
                address: SiteURL.register(.entryFile(.value(entry.id), .value(file.attachment.id))).path,
                size: wording.bytes(Int64(file.sizeBytes)), isPhoto: file.attachment.kind == .photo,
                sha256: file.attachment.sha256)
        }
        hasFiles = !files.isEmpty
        filesAction = sheet.mayKeep && takesFiles ? SiteURL.register(.files(.value(entry.id))).path : nil
        versions = sheet.versions.map { version in
            let who: String =
                switch version.actor {
                case .person(let id): sheet.people[id] ?? words("actor.gone")
                case .console: words("actor.console")
                case .node, .camera, .anybody: words("actor.node")
                }
            let before = sheet.versions.first { $0.number == version.number - 1 }
            let changed =
                before.map { before in
                    kind.fields.filter { before.values[$0.name] != version.values[$0.name] }
                        .map { words.field($0.name, of: kind) }
                } ?? []
            return Version(
                number: "\(version.number)", who: who, time: wording.moment(version.time), changes: changed)
        }
        documentAddress =
            kind == .assessments ? SiteURL.register(.document(.value(entry.id))).path : nil
        kept = kind == .assessments ? words("register.keptYears", ["years": "\(RegisterKind.keptYears)"]) : nil
        self.fault = fault
        self.isSaved = isSaved
    }

    private static func fields(_ kind: RegisterKind, _ values: [String: String], _ words: Words) -> [Field] {
        kind.fields.map { field in
            var (isText, isLong, isDay, choices, most) = (false, false, false, [Choice](), String?.none)
            let value = values[field.name] ?? ""
            switch field.kind {
            case .text(let limit): (isText, most) = (true, "\(limit)")
            case .longText(let limit): (isLong, most) = (true, "\(limit)")
            case .day: isDay = true
            case .choice(let all):
                choices = all.map {
                    Choice(value: $0, label: words.value($0, of: field, in: kind), isSelected: $0 == value)
                }
            }
            let hint = "register.\(kind.rawValue).\(field.name).hint"
            return Field(
                name: field.name, label: words.field(field.name, of: kind), hint: words.has(hint) ? words(hint) : nil,
                value: value, isText: isText, isLong: isLong, isDay: isDay, isChoice: !choices.isEmpty,
                choices: choices, isRequired: field.isRequired, most: most)
        }
    }
}
