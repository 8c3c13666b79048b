import Domain

extension RouteRule {
    /// In these tests nothing is registered.
    static let registers: [String: RouteRule] = RegisterKind.allCases.reduce(into: entries) { rules, kind in
        let (look, keep): (RouteRule, RouteRule) =
            kind.isOfSchool
            ? (.list(.lookAtRegisters), .list(.keepRegisters)) : (.county(.keepRegisters), .county(.keepRegisters))
        let path = "/registers/\(kind.rawValue)"
        rules["GET \(path)"] = look
        rules["GET \(path).csv"] = look
        rules["GET \(path).xlsx"] = look
        rules["GET \(path)/new"] = keep
        rules["POST \(path)/new"] = keep
    }

    private static let entries: [String: RouteRule] = [
        "GET /registers/entries/{entry}": .unknown, "POST /registers/entries/{entry}": .unknown,
        "POST /registers/entries/{entry}/files": .unknown,
        "GET /registers/entries/{entry}/files/{file}": .unknown,
        "GET /registers/entries/{entry}/assessment.pdf": .unknown,
    ]
}
