import Domain

extension RouteRule {
    /// In these tests no class has been invited, and the county has no parents' level.
    static let parents: [String: RouteRule] = [
        "GET /join/{code}": .nobody, "POST /join/{code}": .nobody, "GET /parents": .everybody,
        "GET /parents/sign-in": .nobody, "POST /parents/sign-in": .nobody, "POST /parents/sign-out": .everybody,
        "POST /parents/code": .everybody, "POST /parents/leave": .everybody,
        "GET /parents/pictures/{camera}/{file}": .nobody, "POST /publication": .county(.publish),
        "GET /publication/{school}/parents": .thing(.cutPublic),
        "POST /publication/{school}/parents": .thing(.inviteParents),
        "GET /publication/{school}/parents/{invitation}/sheet.pdf": .unknown,
        "POST /publication/{school}/parents/{invitation}/revoke": .unknown,
        "POST /publication/{school}/parents/members/{parent}/revoke": .unknown,
    ]
}
