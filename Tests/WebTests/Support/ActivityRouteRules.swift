import Domain

extension RouteRule {
    static let activities: [String: RouteRule] = [
        "GET /activities": .list(.lookAtActivities), "GET /activities/new": .list(.planActivities),
        "POST /activities/new": .list(.planActivities), "GET /activities/counts": .list(.lookAtActivities),
        "GET /activities/counts.csv": .list(.lookAtActivities),
        "GET /activities/counts.xlsx": .list(.lookAtActivities),
        "GET /activities/{activity}": .thing(.lookAtActivities),
        "GET /activities/{activity}/edit": .thing(.planActivities),
        "POST /activities/{activity}/edit": .thing(.planActivities),
        "POST /activities/{activity}/move": .thing(.planActivities),
        "GET /activities/{activity}/guests": .thing(.planActivities),
        "POST /activities/{activity}/guests/act": .thing(.planActivities),
        "POST /activities/{activity}/invite": .thing(.planActivities),
        "GET /activities/{activity}/poster.pdf": .thing(.lookAtActivities),
        "GET /activities/{activity}/findings": .thing(.lookAtActivities),
        "POST /activities/{activity}/findings": .thing(.planActivities),
        "POST /activities/{activity}/findings/{finding}/case": .unknown,
        "POST /activities/{activity}/photos": .thing(.planActivities),
        "GET /activities/{activity}/photos/{photo}/photo.jpg": .unknown,
        "POST /activities/{activity}/photos/{photo}/act": .unknown,
        "GET /activities/{activity}/report": .thing(.planActivities),
        "POST /activities/{activity}/report": .thing(.planActivities),
        "POST /activities/{activity}/feedback/{signUp}": .unknown, "GET /activities/door/{code}": .nobody,
        "POST /activities/door/{code}": .nobody, "GET /a/{code}": .nobody, "POST /a/{code}": .nobody,
        "GET /a/{code}/{photo}/photo.jpg": .nobody, "GET /s/{code}": .nobody, "POST /s/{code}/cancel": .nobody,
        "POST /s/{code}/feedback": .nobody, "GET /api/v1/activities": .list(.lookAtActivities),
        "GET /api/v1/activities/{activity}": .thing(.lookAtActivities),
        "GET /api/v1/activity-counts": .list(.lookAtActivities),
    ]
}
