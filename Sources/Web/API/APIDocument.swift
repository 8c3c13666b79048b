import Domain
import FoundationEssentials
import Hummingbird
import NIOCore

/// The API's own description (OpenAPI 3.1): what is served at `/api/v1/openapi.json`, what the page at `/api` shows, and
/// what says which scope a token needs. Read at start-up: one that is broken stops the program, not a request.
struct APIDocument: Sendable {
    /// What a token needs to get through.
    enum Access: Hashable, Sendable {
        case open
        case scope(Scope)
        /// Not in the document, or not for tokens.
        case closed
    }

    struct Broken: Error, CustomStringConvertible {
        let reason: String
        var description: String { "the description of the API can't be used: \(reason)" }
    }

    static let path = "api/openapi.json"

    let bytes: [UInt8]
    let content: Content
    private let access: [String: Access]

    init(_ resources: Resources) throws {
        bytes = try resources.bytes(Self.path)
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            throw Broken(reason: "\(error)")
        }
        var access: [String: Access] = [:]
        for (path, operations) in content.paths {
            for (method, operation) in operations {
                let key = "\(method.uppercased()) \(path)"
                guard let names = operation.security.compactMap({ $0["token"] }).first else {
                    access[key] = .closed
                    continue
                }
                guard names.count <= 1 else { throw Broken(reason: "\(key) needs more than one scope") }
                access[key] =
                    try names.first.map { name in
                        guard let scope = Scope(rawValue: name) else {
                            throw Broken(reason: "\(key): no scope \(name)")
                        }
                        return .scope(scope)
                    } ?? .open
            }
        }
        self.access = access
    }

    /// - Parameter path: As the router names it.
    func access(_ method: HTTPRequest.Method, _ path: String) -> Access {
        access["\(method == .head ? .get : method) \(path)"] ?? .closed
    }
}

extension APIDocument {
    /// As far as the program itself reads it.
    struct Content: Sendable, Decodable {
        struct Information: Sendable, Decodable {
            var title: String
            var version: String
            var description: String
        }

        struct Operation: Sendable, Decodable {
            var summary: String
            var description: String?
            var tags: [String]
            var parameters: [Parameter]?
            var requestBody: Message?
            var responses: [String: Message]
            var security: [[String: [String]]]
        }

        /// A parameter, written out or by reference.
        struct Parameter: Sendable, Decodable {
            var name: String?
            var place: String?
            var description: String?
            var required: Bool?
            var reference: String?

            private enum CodingKeys: String, CodingKey {
                case name
                case place = "in"
                case description
                case required
                case reference = "$ref"
            }
        }

        /// A request's body or an answer.
        struct Message: Sendable, Decodable {
            struct Media: Sendable, Decodable {
                var schema: Schema?
            }

            var description: String?
            var content: [String: Media]?
            var reference: String?

            private enum CodingKeys: String, CodingKey {
                case description
                case content
                case reference = "$ref"
            }
        }

        struct Schema: Sendable, Decodable {
            var reference: String?

            private enum CodingKeys: String, CodingKey {
                case reference = "$ref"
            }
        }

        struct Components: Sendable, Decodable {
            var parameters: [String: Parameter]
            var responses: [String: Message]
        }

        struct Tag: Sendable, Decodable {
            var name: String
            var description: String
        }

        var info: Information
        var tags: [Tag]
        var paths: [String: [String: Operation]]
        var components: Components
    }
}
