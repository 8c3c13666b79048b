import Domain
import FoundationEssentials
import Supervision

/// Names of what the ledger's entries are about, as far as the reader may know them.
struct LedgerNames: Sendable {
    /// Those who may be chosen as a filter; only for readers who may see the list of people.
    let people: [Person]
    private let names: [String: String]

    init(_ site: Site, for principal: Principal, wording: Wording) async throws {
        people = principal.may(.managePeople) ? try await site.supervision.people.list(for: principal) : []
        var names: [String: String] = [:]
        for person in people { names["person/\(person.id)"] = person.name }
        if principal.may(.managePeople) {
            for channel in try await site.supervision.channels.list(for: principal) {
                names["channel/\(channel.id)"] = channel.name
            }
        }
        for township in try await site.supervision.places.townships(for: principal) {
            names["township/\(township.id)"] = township.name
        }
        for tree in try await site.supervision.places.tree(for: principal) {
            names["school/\(tree.school.id)"] = tree.school.name
            for canteen in tree.canteens {
                names["canteen/\(canteen.id)"] = "\(tree.school.name) · \(canteen.name)"
            }
            for area in tree.areas {
                let place = "\(tree.school.name) · \(wording.area(area.area))"
                names["area/\(area.area.id)"] = place
                for camera in area.cameras { names["camera/\(camera.id)"] = "\(place) · \(camera.name)" }
            }
        }
        self.names = names
    }

    subscript(subject: String) -> String? { names[subject] }
}

extension Words {
    func callAsFunction(_ act: LedgerAct) -> String { self("act.\(act.rawValue)") }
}

extension LedgerPage.Row {
    init(_ entry: LedgerEntry, names: LedgerNames, wording: Wording) {
        let words = wording.words
        let payload = LedgerPayload(entry.payload)
        sequence = "\(entry.sequence)"
        time = wording.moment(entry.time)
        switch entry.actor {
        case .node: who = words("actor.node")
        case .console: who = words("actor.console")
        case .anybody: who = words("actor.anybody")
        case .person, .camera: who = names["\(entry.actor)"] ?? Self.short("\(entry.actor)", words)
        }
        act = words(entry.act)
        actCode = entry.act.rawValue
        subject =
            names[entry.subject] ?? payload.members["name"]?.text ?? payload.members["account"]?.text
            ?? Self.short(entry.subject, words)
        let kind = entry.subject.prefix { $0 != "/" }
        let id = String(entry.subject.dropFirst(kind.count + 1))
        subjectAddress =
            if kind == "camera", names[entry.subject] != nil, let id = CameraID(id) {
                SiteURL.kitchen(.value(id)).path
            } else if kind == "capture", let id = CaptureID(id) {
                SiteURL.capture(.value(id)).path
            } else if kind == "case", let id = CaseID(id) {
                SiteURL.casePage(.value(id)).path
            } else if kind == "warning", let id = WarningID(id) {
                SiteURL.warnings(.page(.value(id))).path
            } else if kind == "register", let id = RegisterEntryID(id) {
                SiteURL.register(.entry(.value(id))).path
            } else if kind == "concern", let id = ConcernID(id) {
                SiteURL.concern(.sheet(.value(id))).path
            } else {
                nil
            }
        details = payload.members.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { name, value in
            let key = "payload.\(name)"
            let place = payload.members["place"]?.text.flatMap { names[$0] }
            return Fact(
                name: words.has(key) ? words(key) : name,
                value: wording.warningText(entry.act, name, value.text, at: place)
                    ?? value.shown(name: name, wording, names))
        }
        hash = entry.hash.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    /// `camera/0190f3c2-…` → `摄像机 …9b1c`
    private static func short(_ subject: String, _ words: Words) -> String {
        let parts = subject.split(separator: "/", maxSplits: 1)
        guard let kind = parts.first, words.has("subject.\(kind)") else { return subject }
        if parts.count == 1 { return words("subject.\(kind)") }
        return "\(words("subject.\(parts[0])")) …\(parts[1].suffix(6))"
    }
}

/// The payload of an entry, to be shown whatever it holds.
struct LedgerPayload: Sendable {
    enum Value: Sendable, Decodable {
        case text(String)
        case number(Int64)
        case fraction(Double)
        case flag(Bool)
        case list([Value])
        case members([String: Value])
        case nothing

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Int64.self) {
                self = .number(number)
            } else if let fraction = try? container.decode(Double.self) {
                self = .fraction(fraction)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .members(try container.decode([String: Value].self))
            }
        }

        var isEmpty: Bool {
            switch self {
            case .nothing: true
            case .text(let text): text.isEmpty
            case .list(let list): list.isEmpty
            case .members(let members): members.isEmpty
            case .number, .fraction, .flag: false
            }
        }

        var text: String? { if case .text(let text) = self { text } else { nil } }

        func shown(name: String, _ wording: Wording, _ names: LedgerNames) -> String {
            let words = wording.words
            switch self {
            case .text(let text): return names["\(name)/\(text)"] ?? names[text] ?? translated(text, name, words)
            case .number(let number):
                // Times are UTC milliseconds; nothing else in the ledger is that large.
                return number > 1_000_000_000_000 && number < 10_000_000_000_000
                    ? wording.exact(UTCTime(milliseconds: number)) : "\(number)"
            case .fraction(let value): return "\(value)"
            case .flag(let value): return words(value ? "word.yes" : "word.no")
            case .list(let values):
                // Retention enters hundreds of files at once; all of them are in the exported payload.
                let shown = values.prefix(3).map { $0.shown(name: name, wording, names) }.joined(separator: ", ")
                return values.count > 3 ? "\(shown) … (\(values.count))" : shown
            case .members(let members):
                return members.sorted { $0.key < $1.key }
                    .map { member, value in
                        let key = "payload.\(member)"
                        // Of a change, `from` and `to` are values of the thing changed.
                        let of = member == "from" || member == "to" ? name : member
                        return "\(words.has(key) ? words(key) : member) \(value.shown(name: of, wording, names))"
                    }.joined(separator: ", ")
            case .nothing: return "—"
            }
        }

        private func translated(_ text: String, _ name: String, _ words: Words) -> String {
            let keys = ["payload.\(name).\(text)", "\(name).\(text)", "gap.\(text)", "field.\(text)"]
            return keys.first(where: words.has).map { words($0) } ?? text
        }
    }

    let members: [String: Value]

    init(_ text: String) {
        members = (try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))) ?? [:]
    }
}
