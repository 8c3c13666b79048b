import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct PermissionTests {
    enum Asker: String, CaseIterable {
        case nobody, head, otherHead, supervisor, administrator

        func session(_ test: SiteUnderTest) -> Session? {
            switch self {
            case .nobody: nil
            case .head: test.head
            case .otherHead: test.otherHead
            case .supervisor: test.supervisor
            case .administrator: test.administrator
            }
        }
    }

    /// What each asker gets, in the order of ``Asker``: 303 = sent to sign in.
    static let reads: [(@Sendable (SiteUnderTest) -> String, [Int])] = [
        ({ _ in "/" }, [303, 303, 303, 303, 303]),
        ({ _ in "/kitchens" }, [303, 200, 200, 200, 200]),
        ({ "/kitchens?school=\($0.school.id)" }, [303, 200, 404, 200, 200]),
        ({ "/kitchens/\($0.camera.id)" }, [303, 200, 404, 200, 200]),
        ({ _ in "/wall" }, [303, 200, 200, 200, 200]),
        ({ "/replay?cameras=\($0.camera.id)" }, [303, 200, 404, 200, 200]),
        ({ _ in "/cameras" }, [303, 200, 200, 200, 200]),
        ({ _ in "/cameras.csv" }, [303, 200, 200, 200, 200]),
        ({ _ in "/cameras/new" }, [303, 403, 403, 403, 200]),
        ({ "/cameras/\($0.camera.id)" }, [303, 403, 404, 403, 200]),
        ({ "/cameras/\($0.camera.id)/remove" }, [303, 403, 404, 403, 200]),
        ({ _ in "/schools" }, [303, 403, 403, 403, 200]),
        ({ "/schools/\($0.school.id)/remove" }, [303, 403, 403, 403, 200]),
        ({ "/areas/\($0.area.id)/remove" }, [303, 403, 403, 403, 200]),
        ({ _ in "/people" }, [303, 403, 403, 403, 200]),
        ({ _ in "/people/new" }, [303, 403, 403, 403, 200]),
        ({ "/people/\($0.head.person.id)" }, [303, 403, 403, 403, 200]),
        ({ "/people/\($0.head.person.id)/password" }, [303, 403, 403, 403, 200]),
        ({ _ in "/channels" }, [303, 403, 403, 403, 200]),
        ({ _ in "/channels/new" }, [303, 403, 403, 403, 200]),
        ({ _ in "/deliveries" }, [303, 403, 403, 403, 200]),
        ({ _ in "/roster" }, [303, 403, 403, 200, 200]),
        ({ _ in "/publication" }, [303, 200, 200, 200, 200]),
        ({ _ in "/inspections" }, [303, 200, 200, 200, 200]),
        ({ _ in "/inspections/plans/new" }, [303, 403, 403, 200, 403]),
        ({ _ in "/inspections/checklist" }, [303, 403, 403, 200, 200]),
        ({ _ in "/draws" }, [303, 403, 403, 200, 200]),
        ({ _ in "/draws/new" }, [303, 403, 403, 200, 403]),
        ({ _ in "/field/inspections" }, [303, 403, 403, 200, 403]),
        ({ _ in "/duties" }, [303, 200, 200, 200, 200]),
        ({ "/duties/schools/\($0.school.id)" }, [303, 200, 404, 200, 200]),
        ({ _ in "/duties/plan" }, [303, 403, 403, 200, 200]),
        ({ "/papers/schools/\($0.school.id)" }, [303, 200, 404, 200, 200]),
        ({ _ in "/menus" }, [303, 200, 200, 403, 403]),
        ({ _ in "/ledger" }, [303, 403, 403, 200, 200]),
        ({ _ in "/ledger.csv" }, [303, 403, 403, 200, 200]),
        ({ _ in "/captures" }, [303, 200, 200, 200, 200]),
        ({ _ in "/captures.csv" }, [303, 200, 200, 200, 200]),
        ({ "/captures/\($0.capture.id)" }, [303, 200, 404, 200, 200]),
        ({ "/captures/\($0.capture.id)/clip.mp4" }, [303, 200, 404, 200, 200]),
        ({ "/captures/\($0.capture.id)/data.json" }, [303, 200, 404, 200, 200]),
        ({ _ in "/captures?judged=waiting" }, [303, 200, 200, 200, 200]),
        ({ _ in "/triage" }, [303, 403, 403, 303, 403]),
        ({ _ in "/triage/sample" }, [303, 403, 403, 200, 403]),
        ({ _ in "/triage/sample/\(String(repeating: "a", count: 32))/picture.jpg" }, [303, 404, 404, 404, 404]),
        ({ _ in "/precision" }, [303, 200, 200, 200, 200]),
        ({ _ in "/analysis" }, [303, 200, 200, 200, 200]),
        ({ "/cameras/\($0.camera.id)/analysis" }, [303, 200, 404, 200, 200]),
        ({ _ in "/api/v1/captures" }, [401, 200, 200, 200, 200]),
        ({ "/api/v1/captures/\($0.capture.id)" }, [401, 200, 404, 200, 200]),
        ({ _ in "/api/v1/analysis" }, [401, 200, 200, 200, 200]),
        ({ _ in "/account/tokens" }, [303, 200, 200, 200, 200]),
        ({ _ in "/api" }, [303, 200, 200, 200, 200]),
        ({ _ in "/api/v1/openapi.json" }, [401, 200, 200, 200, 200]),
        ({ _ in "/api/v1/cases" }, [401, 200, 200, 200, 200]),
        ({ _ in "/api/v1/news" }, [401, 200, 200, 200, 200]),
        ({ "/api/v1/captures/\($0.capture.id)/clip.mp4" }, [401, 200, 404, 200, 200]),
        ({ _ in "/account" }, [303, 200, 200, 200, 200]),
        ({ _ in "/api/v1/cameras" }, [401, 200, 200, 200, 200]),
        ({ "/api/v1/cameras/\($0.camera.id)/live.mp4" }, [401, 503, 404, 503, 503]),
        ({ "/api/v1/cameras/\($0.camera.id)/live.m3u8" }, [401, 503, 404, 503, 503]),
        ({ "/api/v1/cameras/\($0.camera.id)/snapshot.jpg" }, [401, 503, 404, 503, 503]),
        ({ "/api/v1/cameras/\($0.camera.id)/timeline?from=0&to=1000" }, [401, 200, 404, 200, 200]),
        ({ "/api/v1/cameras/\($0.camera.id)/segments?from=0&to=1000" }, [401, 200, 404, 200, 200]),
        ({ "/api/v1/cameras/\($0.camera.id)/days?from=2026-11-01&to=2026-11-30" }, [401, 200, 404, 200, 200]),
        ({ "/api/v1/cameras/\($0.camera.id)/vod.m3u8?from=0&to=1000" }, [401, 404, 404, 404, 404]),
        ({ "/api/v1/cameras/\($0.camera.id)/export.mp4?from=0&to=1000" }, [401, 403, 404, 404, 404]),
        ({ "/api/v1/cameras/\($0.camera.id)/files/2026-11-23/08-00-00.mp4" }, [401, 404, 404, 404, 404]),
        ({ _ in "/api/v1/nothing" }, [404, 404, 404, 404, 404]),
        ({ _ in "/sign-in" }, [200, 303, 303, 303, 303]),
        ({ _ in "/health" }, [200, 200, 200, 200, 200]),
    ]

    @Test(arguments: reads.indices)
    func `each role gets what it may see and nothing else`(index: Int) async throws {
        let test = try await SiteUnderTest()
        let (path, statuses) = Self.reads[index]
        for session in [test.head, test.supervisor, test.administrator] {
            try await test.giveReason(session, test.camera.id)
        }
        for (asker, status) in zip(Asker.allCases, statuses) {
            try await test.visit(as: asker.session(test)) { browser async throws in
                let response = try await browser.get(path(test))
                #expect(Int(response.status.code) == status, "\(path(test)) for \(asker)")
            }
        }
    }

    /// Acts with their forms; all need an administrator.
    static let acts: [(@Sendable (SiteUnderTest) -> String, KeyValuePairs<String, String>)] = [
        ({ _ in "/schools" }, ["name": "New"]), ({ "/schools/\($0.school.id)" }, ["name": "New"]),
        ({ "/schools/\($0.school.id)/remove" }, [:]), ({ "/schools/\($0.school.id)/areas" }, ["kind": "other"]),
        ({ "/areas/\($0.area.id)" }, ["kind": "other"]), ({ "/areas/\($0.area.id)/remove" }, [:]),
        ({ _ in "/cameras/new" }, ["name": "X", "main": "rtsp://h/"]),
        ({ _ in "/cameras/probe" }, ["main": "rtsp://h/"]),
        ({ "/cameras/\($0.camera.id)" }, ["name": "X", "main": "rtsp://h/"]),
        ({ "/cameras/\($0.camera.id)/remove" }, [:]), ({ "/cameras/\($0.camera.id)/analysis" }, ["leastHead": "30"]),
        ({ "/cameras/\($0.camera.id)/analysis/trial" }, ["leastHead": "30"]),
        ({ _ in "/people/new" }, ["account": "x2", "name": "X"]),
        ({ "/people/\($0.head.person.id)" }, ["name": "X"]),
        ({ "/people/\($0.head.person.id)/enabled" }, ["enabled": "0"]),
        ({ "/people/\($0.head.person.id)/password" }, [:]),
    ]

    @Test(arguments: acts.indices)
    func `nobody but administrators changes anything`(index: Int) async throws {
        let test = try await SiteUnderTest()
        let (path, fields) = Self.acts[index]
        let before = try await test.supervision.cameras.revision()
        let last = try await test.supervision.ledger.page(limit: 1, for: .console).first?.sequence
        for asker in [Asker.head, .otherHead, .supervisor] {
            try await test.visit(as: asker.session(test)) { browser async throws in
                let status = try await browser.post(path(test), fields).status
                #expect(status == .forbidden || status == .notFound, "\(path(test)) for \(asker)")
            }
        }
        try await test.visit { browser async throws in
            #expect(try await browser.post(path(test), fields).location?.hasPrefix("/sign-in") == true)
        }
        #expect(try await test.supervision.cameras.revision() == before)
        #expect(try await test.supervision.ledger.page(limit: 1, for: .console).first?.sequence == last)
    }

    @Test func `a school's people see only their own cameras in list and file`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.otherHead) { browser async throws in
            for path in ["/kitchens", "/cameras", "/cameras.csv", "/api/v1/cameras", "/replay"] {
                let text = try await browser.get(path).text
                #expect(text.contains("案板"))
                #expect(!text.contains("灶台"), "\(path)")
                #expect(!text.contains("实验小学"), "\(path)")
            }
        }
    }

    @Test func `no page and no answer holds a camera's password`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            for (path, _) in Self.reads {
                let text = try await browser.get(path(test)).text
                #expect(!text.contains(SiteUnderTest.secretPassword), "\(path(test))")
            }
            let form = try await browser.get("/cameras/\(test.lockedCamera.id)").text
            #expect(!form.contains(SiteUnderTest.secretPassword))
            #expect(form.contains("value=\"viewer\""))
        }
    }
}
