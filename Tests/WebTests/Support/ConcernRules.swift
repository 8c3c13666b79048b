import Domain

extension RouteRule {
    /// In these tests nobody has reported anything.
    static let concerns: [String: RouteRule] = [
        "GET /concerns": .list(.lookAtConcerns), "GET /concerns.csv": .list(.lookAtConcerns),
        "GET /concerns.xlsx": .list(.lookAtConcerns), "GET /concerns/{concern}": .unknown,
        "POST /concerns/{concern}/act": .unknown, "POST /concerns/{concern}/case": .unknown,
        "GET /concerns/{concern}/photos/{photo}": .unknown, "GET /p/{code}/concern": .nobody,
        "POST /p/{code}/concern": .nobody, "GET /c": .everybody, "GET /c/{concern}": .nobody,
        "POST /c/{concern}/add": .nobody, "POST /c/{concern}/withdraw": .nobody,
        "GET /api/v1/concerns": .list(.lookAtConcerns), "GET /api/v1/concerns/{concern}": .unknownOf(.lookAtConcerns),
    ]
}
