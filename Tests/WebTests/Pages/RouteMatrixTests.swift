import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

/// Every registered route × each role × its own and another part of the county, against Domain's matrix.
struct RouteMatrixTests {
    private enum Answer {
        case given, refused, unknown
    }

    /// What the names in a route's path stand for.
    private struct Target: Sendable {
        var place: PlacePath
        var names: [String: String]
    }

    private struct County: Sendable {
        let test: SiteUnderTest
        let own: Target
        let other: Target
        let nowhere: Target
        let townships: [TownshipID]

        init() async throws {
            let test = try await SiteUnderTest()
            self.test = test
            let supervision = test.supervision
            let east = try await supervision.places.addTownship("East", by: .console).id
            let west = try await supervision.places.addTownship("West", by: .console).id
            townships = [east, west]
            func target(
                _ school: School, _ area: Area, _ camera: Camera, _ capture: Capture, _ person: Person,
                _ township: TownshipID
            ) async throws -> Target {
                var moved = school
                moved.township = township
                try await supervision.places.changeSchool(moved, by: .console)
                let opened = try await supervision.cases.open(
                    CaseDraft(.captures([capture.id])), by: .person(test.supervisor.person))
                let canteen = try await supervision.places.addCanteen(to: school.id, "Canteen", by: .console)
                let channel = try await supervision.channels.add(
                    ChannelDraft(
                        owner: .body(.school(school.id)), kind: .mail, name: "Mail", address: Secret("a@example.org")),
                    by: .console)
                let activity = try await test.published(at: school.id)
                return Target(
                    place: moved.path.area(area).camera(camera.id),
                    names: [
                        "camera": "\(camera.id)", "capture": "\(capture.id)", "school": "\(school.id)",
                        "area": "\(area.id)", "person": "\(person.id)", "township": "\(township)",
                        "canteen": "\(canteen.id)", "case": "\(opened.id)",
                        "channel": "\(channel.id)", "scene": "\(HallScene.overview.id)",
                        "activity": "\(activity.id)",
                    ])
            }
            own = try await target(test.school, test.area, test.camera, test.capture, test.head.person, east)
            other = try await target(
                test.otherSchool, test.otherArea, test.otherCamera, test.otherCapture, test.otherHead.person, west)
            let now = test.time.now
            nowhere = Target(
                place: .county,
                names: [
                    "camera": "\(CameraID(at: now))", "capture": "\(CaptureID(at: now))", "case": "\(CaseID(at: now))",
                    "school": "\(SchoolID(at: now))", "activity": "\(ActivityID(at: now))",
                ])
        }

        /// People of the role: narrowed to the own part, and of the whole county where the role may be.
        func people(_ role: Role) async throws -> [Session] {
            var people: [Session] = []
            if role.ground == .county {
                people.append(try await .begin("all-\(role)", role, nil, test.supervision))
            }
            if role == .school {
                people.append(try await .begin("own-\(role)", role, test.school.id, test.supervision))
            } else if role != .administrator {
                people.append(
                    try await .begin("own-\(role)", role, nil, township: townships[0], test.supervision))
            }
            // Recordings ask for a reason as well: `ViewingTests` asks without one.
            for session in people {
                for target in [own, other] where session.person.may(.replay, at: target.place) {
                    if let camera = target.place.camera { try await test.giveReason(session, camera) }
                }
            }
            return people
        }
    }

    @Test func `every route is in the matrix`() async throws {
        let test = try await SiteUnderTest()
        let registered = Self.routes(of: test.site).map { "\($0.method) \($0.path)" }
        #expect(Set(registered) == Set(RouteRule.all.keys))
    }

    @Test(arguments: Role.allCases) func `each cell is what the matrix says`(role: Role) async throws {
        let county = try await County()
        for session in try await county.people(role) {
            try await county.test.visit(as: session) { browser async throws in
                for (method, path) in Self.routes(of: county.test.site) {
                    let rule = try #require(RouteRule.all["\(method) \(path)"])
                    for target in [county.own, county.other] {
                        guard let wanted = Self.answer(rule, to: session.person, about: target) else { continue }
                        let uri = Self.uri(path, target)
                        let response = try await Self.ask(browser, method, uri)
                        let what: Comment =
                            "\(method) \(path) by \(session.person.account), own: \(target.place == county.own.place)"
                        #expect(Self.answer(response, county.test.site) == wanted, what)
                        if wanted == .unknown, method == .get, rule.isOfThing {
                            let unknown = try await Self.ask(browser, method, Self.uri(path, county.nowhere))
                            #expect(response.status == unknown.status, what)
                            #expect(
                                Self.withoutNames(response.text, target)
                                    == Self.withoutNames(unknown.text, county.nowhere), what)
                        }
                    }
                }
            }
        }
        // Forms were sent without their token: nothing has changed.
        #expect(try await county.test.ledger(.cameraRemoved).isEmpty)
        #expect(try await county.test.ledger(.schoolRemoved).isEmpty)
    }

    @Test(arguments: Role.allCases) func `lists and files hold the own part only`(role: Role) async throws {
        let county = try await County()
        let paths = [
            "/kitchens", "/wall", "/cameras", "/cameras.csv", "/captures", "/captures.csv", "/analysis",
            "/api/v1/cameras", "/api/v1/captures",
        ]
        for session in try await county.people(role) {
            let seesOther = session.person.may(.see, at: county.other.place)
            try await county.test.visit(as: session) { browser async throws in
                for path in paths {
                    let text = try await browser.get(path).text
                    #expect(text.contains("灶台"), "\(path) by \(session.person.account)")
                    #expect(text.contains("案板") == seesOther, "\(path) by \(session.person.account)")
                    #expect(text.contains("第二中学") == seesOther, "\(path) by \(session.person.account)")
                }
            }
        }
    }

    /// nil = the cell asks nothing of the matrix.
    private static func answer(_ rule: RouteRule, to person: Person, about target: Target) -> Answer? {
        switch rule {
        case .everybody, .stream: nil
        case .list(let act): person.territory(for: act) == nil ? .refused : .given
        case .county(let act): person.may(act, at: .county) ? .given : .refused
        case .thing(let act):
            !person.may(.see, at: target.place) ? .unknown : person.may(act, at: target.place) ? .given : .refused
        case .ofCase(let act):
            !person.may(.lookAtCases, at: target.place)
                ? .unknown : person.may(act, at: target.place) ? .given : .refused
        case .missingOfCase, .unknown, .unknownOf, .nobody: .unknown
        case .missing(let act):
            !person.may(.see, at: target.place) || person.may(act, at: target.place) ? .unknown : .refused
        }
    }

    private static func answer(_ response: TestResponse, _ site: Site) -> Answer {
        if response.status == .notFound { return .unknown }
        let title = site.catalogues[.simplifiedChinese]("problem.notPermitted.title")
        return response.status == .forbidden && response.text.contains(title) ? .refused : .given
    }

    private static func ask(_ browser: Browser, _ method: HTTPRequest.Method, _ uri: String) async throws
        -> TestResponse
    {
        method == .post ? try await browser.post(uri, token: "of another session") : try await browser.get(uri)
    }

    private static func uri(_ path: String, _ target: Target) -> String {
        var uri = path
        for (name, value) in target.names { uri = uri.replacing("{\(name)}", with: value) }
        for (name, value) in [
            ("file", "data.json"), ("date", "2026-11-23"), ("name", "08-00-00.mp4"), ("report", "month-2026-10"),
        ] {
            uri = uri.replacing("{\(name)}", with: value)
        }
        if uri.hasSuffix("/act") { return uri + "?move=comment" }
        return uri.hasSuffix("days") ? uri + "?from=2026-11-01&to=2026-11-30" : uri + "?from=0&to=1000"
    }

    private static func withoutNames(_ text: String, _ target: Target) -> String {
        target.names.values.reduce(text) { $0.replacing($1, with: "-") }
    }

    private static func routes(of site: Site) -> [(method: HTTPRequest.Method, path: String)] {
        site.router().routes.filter { $0.method != .head }.map { ($0.method, $0.path.description) }
            .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
    }
}
