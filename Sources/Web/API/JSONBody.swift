import Domain
import FoundationEssentials
import Hummingbird
import NIOCore

/// The members of a JSON object that somebody sent. Each is taken by the name that the document has for it; what nobody
/// has taken is a mistake of the sender's and is refused by ``finish()``, so that a misspelled member is not ignored.
struct JSONBody: Sendable {
    private enum Value: Sendable, Decodable {
        case null
        case flag(Bool)
        case integer(Int64)
        case fraction(Double)
        case text(String)
        case list([Value])
        case members([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Int64.self) {
                self = .integer(number)
            } else if let number = try? container.decode(Double.self) {
                self = .fraction(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .members(try container.decode([String: Value].self))
            }
        }
    }

    /// As they came.
    let bytes: [UInt8]
    private var members: [String: Value]

    /// Reads the whole body, at most 64 KiB unless told otherwise.
    ///
    /// Other sites' forms can't send JSON; that and the check of the origin stand in for a form's token.
    init(_ request: Request, _ context: WebContext, mostBytes: Int? = nil) async throws {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw WebError.wrongContentType
        }
        bytes = Array(buffer: try await request.body.collect(upTo: mostBytes ?? context.maxUploadSize))
        guard let members = try? JSONDecoder().decode([String: Value].self, from: Data(bytes)) else {
            throw WebError.badRequest("body")
        }
        self.members = members
    }

    private init(_ members: [String: Value]) {
        bytes = []
        self.members = members
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    mutating func text(_ name: String) throws(WebError) -> String? {
        switch take(name) {
        case nil: return nil
        case .text(let text)?: return text
        default: throw .badMember(name)
        }
    }

    mutating func flag(_ name: String) throws(WebError) -> Bool? {
        switch take(name) {
        case nil: return nil
        case .flag(let flag)?: return flag
        default: throw .badMember(name)
        }
    }

    mutating func integer(_ name: String) throws(WebError) -> Int64? {
        switch take(name) {
        case nil: return nil
        case .integer(let number)?: return number
        default: throw .badMember(name)
        }
    }

    mutating func choice<Choice: RawRepresentable<String>>(
        _ name: String, of type: Choice.Type = Choice.self
    ) throws(WebError) -> Choice? {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw .badMember(name) }
        return choice
    }

    mutating func identifier<Subject>(_ name: String) throws(WebError) -> Identifier<Subject>? {
        guard let text = try text(name) else { return nil }
        guard let id = Identifier<Subject>(text) else { throw .badMember(name) }
        return id
    }

    mutating func identifiers<Subject>(_ name: String, atMost most: Int) throws(WebError) -> [Identifier<Subject>]? {
        switch take(name) {
        case nil: return nil
        case .list(let values)?:
            guard values.count <= most else { throw .badMember(name) }
            var all: [Identifier<Subject>] = []
            for value in values {
                guard case .text(let text) = value, let id = Identifier<Subject>(text), !all.contains(id) else {
                    throw .badMember(name)
                }
                all.append(id)
            }
            return all
        default: throw .badMember(name)
        }
    }

    /// UTC milliseconds, or text as ``FormFields/time(_:zone:)`` takes it.
    mutating func time(_ name: String, zone: TerritoryZone) throws(WebError) -> UTCTime? {
        var fields = FormFields()
        switch take(name) {
        case nil: return nil
        case .integer(let number)?: fields.append(name, "\(number)")
        case .text(let text)?: fields.append(name, text)
        default: throw .badMember(name)
        }
        do {
            guard let time = try fields.time(name, zone: zone) else { throw WebError.badMember(name) }
            return time
        } catch {
            throw .badMember(name)
        }
    }

    mutating func number(_ name: String) throws(WebError) -> Double? {
        switch take(name) {
        case nil: return nil
        case .integer(let number)?: return Double(number)
        case .fraction(let number)?: return number
        default: throw .badMember(name)
        }
    }

    /// Objects in a list; nil when it is missing.
    mutating func objects(_ name: String, atMost most: Int) throws(WebError) -> [JSONBody]? {
        switch take(name) {
        case nil: return nil
        case .list(let values)?:
            guard values.count <= most else { throw .badMember(name) }
            var all: [JSONBody] = []
            for value in values {
                guard case .members(let members) = value else { throw .badMember(name) }
                all.append(JSONBody(members))
            }
            return all
        default: throw .badMember(name)
        }
    }

    /// An object inside; nil when it is missing.
    mutating func object(_ name: String) throws(WebError) -> JSONBody? {
        switch take(name) {
        case nil: return nil
        case .members(let members)?: return JSONBody(members)
        default: throw .badMember(name)
        }
    }

    /// - Throws: ``WebError/badMember(_:)`` for the first that nobody took.
    func finish() throws(WebError) {
        if let name = members.keys.min() { throw .badMember(String(name.prefix(60))) }
    }

    /// A member that is null is as one that is missing.
    private mutating func take(_ name: String) -> Value? {
        guard let value = members.removeValue(forKey: name) else { return nil }
        if case .null = value { return nil }
        return value
    }
}
