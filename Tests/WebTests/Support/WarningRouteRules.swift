import Domain

extension RouteRule {
    /// Of early warning. No warning is open in these tests: `WarningPagesTests` asks for those that are.
    static let warnings: [String: RouteRule] = [
        "GET /warnings": .list(.lookAtWarnings), "GET /warnings.csv": .list(.lookAtWarnings),
        "GET /warnings.xlsx": .list(.lookAtWarnings), "GET /warnings/{warning}": .unknown,
        "POST /warnings/{warning}/end": .unknown,
        "POST /warnings/{warning}/case": .unknown, "GET /warnings/rules": .county(.lookAtWarnings),
        "POST /warnings/rules": .county(.manageWarnings), "GET /warnings/rules/trial": .county(.manageWarnings),
        "POST /warnings/rules/{rule}/off": .unknown, "GET /api/v1/warnings": .list(.lookAtWarnings),
        "GET /api/v1/warnings/{warning}": .unknownOf(.lookAtWarnings),
    ]
}
