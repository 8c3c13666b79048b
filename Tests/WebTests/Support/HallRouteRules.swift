import Domain

extension RouteRule {
    static let hall: [String: RouteRule] = [
        "GET /hall": .list(.watchHall), "GET /hall/state.json": .list(.watchHall),
        "GET /hall/{scene}": .list(.watchHall), "GET /hall/{scene}/state.json": .list(.watchHall),
        "GET /hall/scenes": .list(.watchHall), "GET /hall/scenes/new": .county(.manageHall),
        "POST /hall/scenes/new": .county(.manageHall), "GET /hall/{scene}/edit": .county(.manageHall),
        "POST /hall/{scene}/edit": .county(.manageHall), "POST /hall/{scene}/remove": .county(.manageHall),
        "POST /hall/plan": .county(.manageHall), "POST /hall/visit": .county(.manageHall),
        "GET /hall/map": .county(.manageHall), "GET /hall/map/outline.json": .list(.watchHall),
        "POST /hall/map/outline": .county(.manageHall), "POST /hall/map/positions": .county(.manageHall),
        "POST /hall/map/schools/{school}": .county(.manageHall), "GET /hall/library/{file}": .unknown,
        "GET /hall/library/images/{file}": .unknown,
    ]
}
