import Domain

/// What Domain's matrix is asked for each route: a route that is missing here fails ``RouteMatrixTests``.
enum RouteRule {
    /// Needs no right, or is about oneself.
    case everybody
    /// A list, which holds what lies in the asker's territory.
    case list(Act)
    case county(Act)
    /// A camera, a capture, a school: outside of the asker's territory it is as unknown as an id that nobody has.
    case thing(Act)
    /// Of a case: who may not look at cases there knows of none.
    case ofCase(Act)
    /// Of a case, and in these tests there is nothing of it.
    case missingOfCase
    /// As a thing; but in these tests there is nothing of it, so that it is not found by anybody.
    case missing(Act)
    /// In these tests there is none: who may look finds it as little as who may not.
    case unknown
    /// As ``unknown``; a token needs the scope of that act.
    case unknownOf(Act)
    /// By a code that these tests don't know: nobody finds it, signed in or not.
    case nobody
    /// Never ends: `CaptureEventsTests` reads it.
    case stream

    var isOfThing: Bool {
        switch self {
        case .thing, .ofCase: true
        default: false
        }
    }

    /// By method and path, as the router names them; each part of the site says its own.
    static let all: [String: RouteRule] = [
        desk, programs, furtherPrograms, hall, reports, inspections, duties, activities, warnings, concerns, registers,
        parents,
    ].reduce(into: [:]) { all, part in
        let twice = part.keys.filter { all[$0] != nil }
        precondition(twice.isEmpty, "routes stand in two parts: \(twice)")
        all.merge(part) { _, new in new }
    }

    private static let desk: [String: RouteRule] = [
        "GET /": .everybody, "GET /health": .everybody, "GET /static/**": .everybody, "GET /sign-in": .everybody,
        "POST /sign-in": .everybody, "POST /sign-out": .everybody, "GET /account": .everybody,
        "GET /account/password": .everybody, "POST /account/password": .everybody, "POST /preferences": .everybody,
        "GET /account/tokens": .everybody, "POST /account/tokens": .everybody,
        "POST /account/tokens/{token}/revoke": .everybody, "GET /api": .everybody, "GET /kitchens": .list(.see),
        "GET /wall": .list(.see), "GET /kitchens/{camera}": .thing(.watchLive), "GET /replay": .list(.replay),
        "GET /replay/reason": .list(.replay), "POST /replay/reason": .list(.replay),
        "GET /calendar": .county(.manageCalendar), "POST /calendar": .county(.manageCalendar),
        "GET /schools/{school}/calendar": .thing(.manageCalendar),
        "POST /schools/{school}/calendar": .thing(.manageCalendar), "GET /rules": .county(.managePolicy),
        "POST /rules": .county(.managePolicy), "GET /viewings": .county(.readViewings),
        "GET /viewings.csv": .county(.readViewings), "GET /viewings.xlsx": .county(.readViewings),
        "GET /captures": .list(.lookAtCaptures), "GET /captures.csv": .list(.lookAtCaptures),
        "GET /captures.xlsx": .list(.lookAtCaptures), "GET /captures/{capture}": .thing(.lookAtCaptures),
        "GET /captures/{capture}/{file}": .thing(.lookAtCaptures),
        "POST /captures/{capture}/verdict": .thing(.judgeCaptures), "GET /triage": .list(.judgeCaptures),
        "GET /triage/sample": .list(.judgeCaptures), "POST /triage/sample": .list(.judgeCaptures),
        "GET /triage/sample/{frame}/picture.jpg": .unknown, "GET /captures/{capture}/case": .thing(.openCase),
        "POST /captures/{capture}/case": .thing(.openCase), "GET /kitchens/{camera}/case": .thing(.openCase),
        "POST /kitchens/{camera}/case": .thing(.openCase), "GET /cases": .list(.lookAtCases),
        "GET /cases.csv": .list(.lookAtCases), "GET /cases.xlsx": .list(.lookAtCases),
        "POST /cases/dispatch": .list(.dispatch), "GET /cases/{case}": .ofCase(.lookAtCases),
        "POST /cases/{case}/act": .ofCase(.comment), "GET /cases/{case}/files/{file}": .missingOfCase,
        "GET /cases/{case}/files/{file}/thumbnail.jpg": .missingOfCase,
        "GET /cases/{case}/notice.pdf": .missingOfCase, "GET /news": .list(.lookAtCases), "GET /today": .everybody,
        "GET /figures": .list(.readFigures), "GET /proof": .list(.lookAtCases), "GET /proof.csv": .list(.lookAtCases),
        "GET /proof.xlsx": .list(.lookAtCases), "GET /proof.json": .list(.lookAtCases), "GET /patrol": .list(.patrol),
        "POST /patrol/{school}": .thing(.patrol), "POST /patrol/looks/{look}/take-back": .everybody,
        "GET /insight": .list(.readFigures), "GET /insight/overview.csv": .list(.readFigures),
        "GET /insight/overview.xlsx": .list(.readFigures), "GET /insight/hours": .list(.readFigures),
        "GET /insight/hours.csv": .list(.readFigures), "GET /insight/hours.xlsx": .list(.readFigures),
        "GET /insight/schools": .list(.readFigures), "GET /insight/schools.csv": .list(.readFigures),
        "GET /insight/schools.xlsx": .list(.readFigures), "GET /insight/steps": .list(.readFigures),
        "GET /insight/steps.csv": .list(.readFigures), "GET /insight/steps.xlsx": .list(.readFigures),
        "GET /insight/cameras": .list(.readFigures), "GET /insight/cameras.csv": .list(.readFigures),
        "GET /insight/cameras.xlsx": .list(.readFigures), "GET /precision": .list(.readFigures),
        "GET /analysis": .list(.readFigures), "GET /cameras": .list(.see), "GET /cameras.csv": .list(.see),
        "GET /cameras.xlsx": .list(.see), "GET /cameras/new": .county(.manageCameras),
        "POST /cameras/new": .county(.manageCameras), "POST /cameras/probe": .county(.manageCameras),
        "GET /cameras/{camera}": .thing(.manageCameras), "POST /cameras/{camera}": .thing(.manageCameras),
        "GET /cameras/{camera}/remove": .thing(.manageCameras),
        "POST /cameras/{camera}/remove": .thing(.manageCameras), "GET /cameras/{camera}/analysis": .thing(.watchLive),
        "POST /cameras/{camera}/analysis": .thing(.manageCameras),
        "POST /cameras/{camera}/analysis/trial": .thing(.manageCameras), "GET /schools": .county(.manageGrid),
        "POST /schools": .county(.manageGrid), "GET /schools/import": .county(.manageGrid),
        "POST /schools/import": .county(.manageGrid), "POST /schools/import/confirm": .county(.manageGrid),
        "GET /schools/import/template.csv": .county(.manageGrid),
        "GET /schools/import/template.xlsx": .county(.manageGrid), "POST /schools/{school}": .county(.manageGrid),
        "GET /schools/{school}/remove": .county(.manageGrid), "POST /schools/{school}/remove": .county(.manageGrid),
        "POST /schools/{school}/areas": .county(.manageGrid), "POST /schools/{school}/canteens": .county(.manageGrid),
        "POST /areas/{area}": .county(.manageGrid), "GET /areas/{area}/remove": .county(.manageGrid),
        "POST /areas/{area}/remove": .county(.manageGrid), "POST /townships": .county(.manageGrid),
        "POST /townships/{township}": .county(.manageGrid), "GET /townships/{township}/remove": .county(.manageGrid),
        "POST /townships/{township}/remove": .county(.manageGrid), "POST /canteens/{canteen}": .county(.manageGrid),
        "GET /canteens/{canteen}/remove": .county(.manageGrid),
        "POST /canteens/{canteen}/remove": .county(.manageGrid), "GET /people": .county(.managePeople),
        "GET /people/new": .county(.managePeople), "POST /people/new": .county(.managePeople),
        "GET /people/{person}": .county(.managePeople), "POST /people/{person}": .county(.managePeople),
        "POST /people/{person}/enabled": .county(.managePeople),
        "GET /people/{person}/password": .county(.managePeople),
        "POST /people/{person}/password": .county(.managePeople), "GET /channels": .county(.managePeople),
        "GET /channels/new": .county(.managePeople), "POST /channels/new": .county(.managePeople),
        "GET /channels/{channel}": .county(.managePeople), "POST /channels/{channel}": .county(.managePeople),
        "POST /channels/{channel}/trial": .county(.managePeople), "GET /deliveries": .county(.managePeople),
        "POST /deliveries/{delivery}/again": .county(.managePeople), "GET /roster": .county(.manageCalendar),
        "POST /roster": .county(.manageCalendar), "GET /templates": .county(.managePolicy),
        "POST /templates": .county(.managePolicy), "POST /filters": .everybody,
        "POST /filters/{filter}/remove": .everybody, "GET /publication": .list(.cutPublic),
        "GET /publication/{school}": .thing(.cutPublic), "POST /publication/{school}": .thing(.publish),
        "POST /publication/{school}/cut": .thing(.cutPublic),
        "POST /publication/{school}/restore": .thing(.cutPublic),
        "GET /publication/{school}/poster.pdf": .missing(.cutPublic), "GET /p/{code}": .nobody,
        "GET /p/{code}/{camera}/{file}": .nobody, "GET /ledger": .county(.readLedger),
        "GET /ledger.csv": .county(.readLedger), "GET /ledger.xlsx": .county(.readLedger),
    ]

    private static let programs: [String: RouteRule] = [
        "GET /api/v1/cases.csv": .list(.lookAtCases), "GET /api/v1/cases.xlsx": .list(.lookAtCases),
        "GET /api/v1/captures.csv": .list(.lookAtCaptures), "GET /api/v1/captures.xlsx": .list(.lookAtCaptures),
        "GET /api/v1/cases/{case}/notice.pdf": .missingOfCase, "GET /api/v1/cameras": .list(.see),
        "GET /api/v1/captures": .list(.lookAtCaptures), "GET /api/v1/captures/{capture}": .thing(.lookAtCaptures),
        "GET /api/v1/analysis": .list(.readFigures), "GET /api/v1/openapi.json": .everybody,
        "GET /api/v1/captures/{capture}/{file}": .thing(.lookAtCaptures),
        "POST /api/v1/captures/{capture}/verdict": .thing(.judgeCaptures), "GET /api/v1/cases": .list(.lookAtCases),
        "POST /api/v1/cases": .list(.openCase), "GET /api/v1/cases/{case}": .ofCase(.lookAtCases),
        "POST /api/v1/cases/{case}/moves": .ofCase(.comment), "POST /api/v1/cases/{case}/files": .ofCase(.comment),
        "GET /api/v1/cases/{case}/files/{file}": .missingOfCase, "GET /api/v1/news": .list(.lookAtCases),
        "GET /api/v1/events": .stream, "POST /api/v1/probe": .county(.manageCameras),
        "GET /api/v1/cameras/{camera}/live.mp4": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/live.m3u8": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/live/{name}": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/sub/live.m3u8": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/sub/live/{name}": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/snapshot.jpg": .thing(.watchLive),
        "GET /api/v1/cameras/{camera}/vod.m3u8": .missing(.replay),
        "GET /api/v1/cameras/{camera}/files/{date}/{name}": .missing(.replay),
        "GET /api/v1/cameras/{camera}/segments": .thing(.replay),
        "GET /api/v1/cameras/{camera}/timeline": .thing(.replay),
        "GET /api/v1/cameras/{camera}/days": .thing(.replay),
        "GET /api/v1/cameras/{camera}/export.mp4": .missing(.export),
    ]
}
