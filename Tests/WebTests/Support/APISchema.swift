import Foundation
import Testing

@testable import Web

/// The API's document, as something that answers are held against: the part of JSON Schema 2020-12 that it uses.
struct APISchema: Sendable {
    private static let keywords: Set<String> = [
        "$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "oneOf", "minimum",
        "maximum",
        "minLength", "maxLength", "minItems", "maxItems", "description",
    ]

    /// By the document's path, which the routes have too.
    let operations: Set<String>
    private let text: Data

    init() throws {
        text = Data(try Resources.bundled().bytes(APIDocument.path))
        let paths = try #require(try Self.parse(text)["paths"] as? [String: [String: Any]])
        operations = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
    }

    private static func parse(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// What is wrong with an answer, or with the document that should describe it; empty when all is well.
    func faults(_ method: String, _ uri: String, status: Int, type: String?, body: [UInt8]) throws -> [String] {
        let document = try Self.parse(text)
        guard let operation = Self.operation(document, method, String(uri.prefix { $0 != "?" })) else {
            // No such route: only an error can come of it.
            return status == 404 || status == 403 || status == 405 || status == 401
                ? [] : ["\(method) \(uri) is not described"]
        }
        let responses = operation["responses"] as? [String: Any] ?? [:]
        guard let found = responses["\(status)"] as? [String: Any], let response = Self.resolve(found, document)
        else { return ["\(method) \(uri) does not say that \(status) may come"] }
        let content = response["content"] as? [String: Any] ?? [:]
        guard type?.hasPrefix("application/json") == true, let media = content["application/json"] as? [String: Any]
        else {
            return type?.hasPrefix("application/json") == true && !body.isEmpty
                && content["application/octet-stream"] == nil
                ? ["\(status) of \(method) \(uri) has a body"] : []
        }
        guard let schema = media["schema"] as? [String: Any] else { return [] }
        let value = try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)
        return Self.faults(of: value, schema, document, at: "\(method) \(uri) \(status)")
    }

    func schemaFaults(of body: String, _ name: String) throws -> [String] {
        let document = try Self.parse(text)
        let value = try JSONSerialization.jsonObject(with: Data(body.utf8))
        return Self.faults(of: value, ["$ref": "#/components/schemas/\(name)"], document, at: name)
    }

    private static func operation(_ document: [String: Any], _ method: String, _ path: String) -> [String: Any]? {
        let steps = path.split(separator: "/")
        let paths = document["paths"] as? [String: [String: Any]] ?? [:]
        let matching = paths.filter { known, methods in
            let wanted = known.split(separator: "/")
            return methods[method.lowercased()] != nil && wanted.count == steps.count
                && zip(wanted, steps).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // As the router does: a step that is written out goes before one that is a parameter.
        return matching.min { $0.key.filter { $0 == "{" }.count < $1.key.filter { $0 == "{" }.count }?
            .value[method.lowercased()] as? [String: Any]
    }

    private static func resolve(_ node: [String: Any], _ document: [String: Any]) -> [String: Any]? {
        guard let reference = node["$ref"] as? String else { return node }
        var value: Any? = document
        for step in reference.dropFirst(2).split(separator: "/") { value = (value as? [String: Any])?[String(step)] }
        return value as? [String: Any]
    }

    private static func faults(
        of value: Any, _ schema: [String: Any], _ document: [String: Any], at place: String
    ) -> [String] {
        guard let schema = resolve(schema, document) else { return ["\(place): the schema is missing"] }
        var faults = schema.keys.filter { !keywords.contains($0) }.map { "\(place): the test does not know \($0)" }
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let fitting = choices.filter { Self.faults(of: value, $0, document, at: place).isEmpty }.count
            if fitting != 1 { faults.append("\(place): \(fitting) of the choices fit") }
            return faults
        }
        let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { isA($0, value) }) {
            return faults + ["\(place): \(value) is no \(types.joined(separator: " or "))"]
        }
        if let choices = schema["enum"] as? [Any],
            !choices.contains(where: { ($0 as? NSObject)?.isEqual(value) == true })
        {
            faults.append("\(place): \(value) is none of the choices")
        }
        if let minimum = schema["minimum"] as? Double, let number = value as? NSNumber, number.doubleValue < minimum {
            faults.append("\(place): \(number) is too small")
        }
        if let maximum = schema["maximum"] as? Double, let number = value as? NSNumber, number.doubleValue > maximum {
            faults.append("\(place): \(number) is too large")
        }
        if let text = value as? String {
            if let least = schema["minLength"] as? Int, text.count < least { faults.append("\(place): too short") }
            if let most = schema["maxLength"] as? Int, text.count > most { faults.append("\(place): too long") }
        }
        if let list = value as? [Any] {
            if let least = schema["minItems"] as? Int, list.count < least { faults.append("\(place): too few") }
            if let most = schema["maxItems"] as? Int, list.count > most { faults.append("\(place): too many") }
            if let items = schema["items"] as? [String: Any] {
                for (index, item) in list.enumerated() {
                    faults += Self.faults(of: item, items, document, at: "\(place)[\(index)]")
                }
            }
        }
        if let members = value as? [String: Any] {
            let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
            for name in schema["required"] as? [String] ?? [] where members[name] == nil {
                faults.append("\(place): \(name) is missing")
            }
            for (name, member) in members {
                if let property = properties[name] {
                    faults += Self.faults(of: member, property, document, at: "\(place).\(name)")
                } else if let others = schema["additionalProperties"] as? [String: Any] {
                    faults += Self.faults(of: member, others, document, at: "\(place).\(name)")
                } else if schema["additionalProperties"] as? Bool == false {
                    faults.append("\(place): \(name) is not described")
                }
            }
        }
        return faults
    }

    private static func isA(_ type: String, _ value: Any) -> Bool {
        let isFlag = (value as? NSNumber)?.isFlag ?? false
        return switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isFlag
        case "integer": (value as? NSNumber).map { !isFlag && $0.doubleValue == $0.doubleValue.rounded() } ?? false
        case "number": value is NSNumber && !isFlag
        case "null": value is NSNull
        default: false
        }
    }
}

extension NSNumber {
    /// Foundation reads `true` and `1` both as numbers; only the first has C's type for a truth.
    fileprivate var isFlag: Bool { ["c", "B"].contains(String(cString: objCType)) }
}
