import Domain

extension RouteRule {
    /// What programs do besides reading and judging.
    static let furtherPrograms: [String: RouteRule] = [
        "POST /api/v1/captures/{capture}/verdict/take-back": .thing(.judgeCaptures),
        "GET /api/v1/captures/{capture}/colleagues": .thing(.judgeCaptures),
        "POST /api/v1/captures/{capture}/hand-over": .thing(.judgeCaptures),
        "POST /api/v1/cases/{case}/captures": .ofCase(.judgeCaptures), "GET /api/v1/filters": .everybody,
        "POST /api/v1/filters": .everybody, "POST /api/v1/filters/{filter}/remove": .everybody,
    ]
}
