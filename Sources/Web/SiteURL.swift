import Domain
import Hummingbird

/// Every address of the site: the one list that routes are registered from and links are made from.
enum SiteURL: Sendable {
    case home
    case health
    case asset(Slot<String>)

    case signIn
    case signOut
    case account
    case password
    case preferences
    case tokens
    case revokeToken(Slot<APITokenID>)
    /// The API's document, to be read by people.
    case apiPage

    case kitchens
    case kitchen(Slot<CameraID>)
    case wall
    case replay
    /// Why recordings of a school are opened.
    case viewingReason
    /// Of the county.
    case calendar
    case schoolCalendar(Slot<SchoolID>)
    /// Deadlines and ladders of cases.
    case rules
    case viewings
    case viewingsFile(TableExport.Format)

    case captures
    case capturesFile(TableExport.Format)
    case capture(Slot<CaptureID>)
    /// What proves a capture: `picture.jpg`, `first.jpg`, `clip.mp4`, `data.json`.
    case captureFile(Slot<CaptureID>, Slot<String>)
    case captureVerdict(Slot<CaptureID>)
    /// Leads to the next capture that waits to be judged.
    case triage
    /// Pictures of the blind sample, one after the other.
    case sample
    case samplePicture(Slot<FrameCode>)
    case precision
    case analysis
    /// Opens a case from a capture.
    case captureCase(Slot<CaptureID>)

    case cases
    case casesFile(TableExport.Format)
    /// The notices of many cases at once.
    case dispatchCases
    case casePage(Slot<CaseID>)
    case caseAct(Slot<CaseID>)
    case caseFile(Slot<CaseID>, Slot<AttachmentID>)
    case caseThumbnail(Slot<CaseID>, Slot<AttachmentID>)
    case caseNotice(Slot<CaseID>)
    /// Opens a case from what live or recorded video shows.
    case patrolCase(Slot<CameraID>)
    case news
    /// What to do now, by role.
    case today
    case figures
    /// How each capture of a span ended, out of the ledger.
    case proof
    case proofTable(TableExport.Format)
    case proofFile
    case patrol
    case patrolLook(Slot<SchoolID>)
    case patrolTakeBack(Slot<PatrolLookID>)
    case activity(ActivityURL)
    case warnings(WarningURL)
    case insight(InsightView)
    case insightTable(InsightView, TableExport.Format)
    case report(ReportURL)

    case cameras
    case camerasFile(TableExport.Format)
    case newCamera
    case probePage
    case camera(Slot<CameraID>)
    case removeCamera(Slot<CameraID>)
    case cameraAnalysis(Slot<CameraID>)
    case tryAnalysis(Slot<CameraID>)

    case townships
    case township(Slot<TownshipID>)
    case removeTownship(Slot<TownshipID>)
    case canteens(Slot<SchoolID>)
    case canteen(Slot<CanteenID>)
    case removeCanteen(Slot<CanteenID>)
    case schools
    case importGrid
    case confirmImport
    case importTemplate(TableExport.Format)
    case school(Slot<SchoolID>)
    case removeSchool(Slot<SchoolID>)
    case areas(Slot<SchoolID>)
    case area(Slot<AreaID>)
    case removeArea(Slot<AreaID>)

    case people
    case newPerson
    case person(Slot<PersonID>)
    case personEnabled(Slot<PersonID>)
    case personPassword(Slot<PersonID>)

    case channels
    case newChannel
    case channel(Slot<ChannelID>)
    case tryChannel(Slot<ChannelID>)
    case deliveries
    case sendAgain(Slot<DeliveryID>)
    case roster

    case textTemplates
    case savedFilters
    case savedFilterRemoved(Slot<SavedFilterID>)
    case publications
    case publication(Slot<SchoolID>)
    case publicationCut(Slot<SchoolID>)
    case publicationRestored(Slot<SchoolID>)
    case publicPoster(Slot<SchoolID>)
    /// What everybody may open: a school's page, and the files of its pictures.
    case publicPage(Slot<PublicCode>)
    case publicFile(Slot<PublicCode>, Slot<CameraID>, Slot<String>)

    /// What schools do by themselves.
    case duty(DutyURL)

    case ledger
    case ledgerFile(TableExport.Format)

    case hall(HallURL)
    case inspection(InspectionURL)
    case concern(ConcernURL)
    case register(RegisterURL)
    case parent(ParentURL)
    case api(APIURL)

    /// The path with its parameters filled in, or with their names in braces, as the router wants them.
    var path: String {
        switch self {
        case .home: "/"
        case .health: "/health"
        case .asset(.key): "/static/**"
        case .asset(.value(let path)): "/static/\(path)"
        case .signIn: "/sign-in"
        case .signOut: "/sign-out"
        case .account: "/account"
        case .password: "/account/password"
        case .preferences: "/preferences"
        case .tokens: "/account/tokens"
        case .revokeToken(let token): "/account/tokens/\(token.text("token"))/revoke"
        case .apiPage: "/api"
        case .kitchens: "/kitchens"
        case .kitchen(let camera): "/kitchens/\(camera.text("camera"))"
        case .wall: "/wall"
        case .replay: "/replay"
        case .viewingReason: "/replay/reason"
        case .calendar: "/calendar"
        case .schoolCalendar(let school): "/schools/\(school.text("school"))/calendar"
        case .rules: "/rules"
        case .viewings: "/viewings"
        case .viewingsFile(let format): "/viewings.\(format.rawValue)"
        case .captures: "/captures"
        case .capturesFile(let format): "/captures.\(format.rawValue)"
        case .capture(let capture): "/captures/\(capture.text("capture"))"
        case .captureFile(let capture, let file): "/captures/\(capture.text("capture"))/\(file.text("file"))"
        case .captureVerdict(let capture): "/captures/\(capture.text("capture"))/verdict"
        case .triage: "/triage"
        case .sample: "/triage/sample"
        case .samplePicture(let frame): "/triage/sample/\(frame.text("frame"))/picture.jpg"
        case .precision: "/precision"
        case .analysis: "/analysis"
        case .captureCase(let capture): "/captures/\(capture.text("capture"))/case"
        case .cases: "/cases"
        case .casesFile(let format): "/cases.\(format.rawValue)"
        case .dispatchCases: "/cases/dispatch"
        case .casePage(let id): "/cases/\(id.text("case"))"
        case .caseAct(let id): "/cases/\(id.text("case"))/act"
        case .caseFile(let id, let file): "/cases/\(id.text("case"))/files/\(file.text("file"))"
        case .caseThumbnail(let id, let file):
            "/cases/\(id.text("case"))/files/\(file.text("file"))/thumbnail.jpg"
        case .caseNotice(let id): "/cases/\(id.text("case"))/notice.pdf"
        case .patrolCase(let camera): "/kitchens/\(camera.text("camera"))/case"
        case .news: "/news"
        case .today: "/today"
        case .figures: "/figures"
        case .proof: "/proof"
        case .proofTable(let format): "/proof.\(format.rawValue)"
        case .proofFile: "/proof.json"
        case .patrol: "/patrol"
        case .patrolLook(let school): "/patrol/\(school.text("school"))"
        case .patrolTakeBack(let look): "/patrol/looks/\(look.text("look"))/take-back"
        case .activity(let url): url.path
        case .warnings(let url): "/warnings\(url.path)"
        case .insight(.overview): "/insight"
        case .insight(let view): "/insight/\(view.rawValue)"
        case .insightTable(let view, let format): "/insight/\(view.rawValue).\(format.rawValue)"
        case .report(let url): url.path
        case .cameras: "/cameras"
        case .camerasFile(let format): "/cameras.\(format.rawValue)"
        case .newCamera: "/cameras/new"
        case .probePage: "/cameras/probe"
        case .camera(let camera): "/cameras/\(camera.text("camera"))"
        case .removeCamera(let camera): "/cameras/\(camera.text("camera"))/remove"
        case .cameraAnalysis(let camera): "/cameras/\(camera.text("camera"))/analysis"
        case .tryAnalysis(let camera): "/cameras/\(camera.text("camera"))/analysis/trial"
        case .townships: "/townships"
        case .township(let township): "/townships/\(township.text("township"))"
        case .removeTownship(let township): "/townships/\(township.text("township"))/remove"
        case .canteens(let school): "/schools/\(school.text("school"))/canteens"
        case .canteen(let canteen): "/canteens/\(canteen.text("canteen"))"
        case .removeCanteen(let canteen): "/canteens/\(canteen.text("canteen"))/remove"
        case .schools: "/schools"
        case .importGrid: "/schools/import"
        case .confirmImport: "/schools/import/confirm"
        case .importTemplate(let format): "/schools/import/template.\(format.rawValue)"
        case .school(let school): "/schools/\(school.text("school"))"
        case .removeSchool(let school): "/schools/\(school.text("school"))/remove"
        case .areas(let school): "/schools/\(school.text("school"))/areas"
        case .area(let area): "/areas/\(area.text("area"))"
        case .removeArea(let area): "/areas/\(area.text("area"))/remove"
        case .people: "/people"
        case .newPerson: "/people/new"
        case .person(let person): "/people/\(person.text("person"))"
        case .personEnabled(let person): "/people/\(person.text("person"))/enabled"
        case .personPassword(let person): "/people/\(person.text("person"))/password"
        case .channels: "/channels"
        case .newChannel: "/channels/new"
        case .channel(let channel): "/channels/\(channel.text("channel"))"
        case .tryChannel(let channel): "/channels/\(channel.text("channel"))/trial"
        case .deliveries: "/deliveries"
        case .sendAgain(let delivery): "/deliveries/\(delivery.text("delivery"))/again"
        case .roster: "/roster"
        case .textTemplates: "/templates"
        case .savedFilters: "/filters"
        case .savedFilterRemoved(let filter): "/filters/\(filter.text("filter"))/remove"
        case .publications: "/publication"
        case .publication(let school): "/publication/\(school.text("school"))"
        case .publicationCut(let school): "/publication/\(school.text("school"))/cut"
        case .publicationRestored(let school): "/publication/\(school.text("school"))/restore"
        case .publicPoster(let school): "/publication/\(school.text("school"))/poster.pdf"
        case .publicPage(let code): "/p/\(code.text("code"))"
        case .publicFile(let code, let camera, let file):
            "/p/\(code.text("code"))/\(camera.text("camera"))/\(file.text("file"))"
        case .duty(let url): url.path
        case .ledger: "/ledger"
        case .ledgerFile(let format): "/ledger.\(format.rawValue)"
        case .hall(let url): url.path
        case .inspection(let url): url.path
        case .concern(let url): url.path
        case .register(let url): url.path
        case .parent(let url): url.path
        case .api(let url): "/api/v1\(url.path)"
        }
    }

    var route: RouterPath { RouterPath(path) }

    /// The path with a query; pairs without a value are left out.
    func with(_ query: [(name: String, value: String?)]) -> String {
        let pairs = query.compactMap { pair in
            pair.value.map { "\(pair.name)=\($0.percentEncoded)" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}

/// The JSON and media addresses, below `/api/v1`.
enum APIURL: Sendable {
    /// What describes all others (OpenAPI 3.1).
    case document
    case cameras
    case captures
    case capture(Slot<CaptureID>)
    /// As ``SiteURL/captureFile(_:_:)``.
    case captureFile(Slot<CaptureID>, Slot<String>)
    case captureVerdict(Slot<CaptureID>)
    case captureVerdictTakenBack(Slot<CaptureID>)
    /// Who may be left a capture.
    case captureColleagues(Slot<CaptureID>)
    case captureHandOver(Slot<CaptureID>)
    case concerns
    case concern(Slot<ConcernID>)
    case cases
    case caseSheet(Slot<CaseID>)
    case caseMoves(Slot<CaseID>)
    case caseCaptures(Slot<CaseID>)
    case savedFilters
    case savedFilterRemoved(Slot<SavedFilterID>)
    case casesFile(TableExport.Format)
    case capturesFile(TableExport.Format)
    case caseNotice(Slot<CaseID>)
    case caseFiles(Slot<CaseID>)
    case caseFile(Slot<CaseID>, Slot<AttachmentID>)
    case news
    case activities
    case activity(Slot<ActivityID>)
    case activityCounts
    case warnings
    case warning(Slot<WarningID>)
    case analysis
    case events
    case probe
    case liveFile(Slot<CameraID>)
    case livePlaylist(Slot<CameraID>)
    case liveResource(Slot<CameraID>, Slot<String>)
    /// The sub-stream's own playlist: its relative addresses lead to the sub-stream's resources.
    case subPlaylist(Slot<CameraID>)
    case subResource(Slot<CameraID>, Slot<String>)
    case recordedPlaylist(Slot<CameraID>)
    case recordedFile(Slot<CameraID>, date: Slot<String>, name: Slot<String>)
    case segments(Slot<CameraID>)
    case timeline(Slot<CameraID>)
    case days(Slot<CameraID>)
    case export(Slot<CameraID>)
    case snapshot(Slot<CameraID>)
    case reports
    case report(Slot<ReportName>)
    case reportFile(Slot<ReportName>, ReportFormat)
    case inspection(InspectionAPIURL)
    case duties
    /// What a school enters.
    case dutyEntries(Slot<SchoolID>)

    var path: String {
        switch self {
        case .document: "/openapi.json"
        case .cameras: "/cameras"
        case .captures: "/captures"
        case .capture(let capture): "/captures/\(capture.text("capture"))"
        case .captureFile(let capture, let file): "/captures/\(capture.text("capture"))/\(file.text("file"))"
        case .captureVerdict(let capture): "/captures/\(capture.text("capture"))/verdict"
        case .captureVerdictTakenBack(let capture): "/captures/\(capture.text("capture"))/verdict/take-back"
        case .captureColleagues(let capture): "/captures/\(capture.text("capture"))/colleagues"
        case .captureHandOver(let capture): "/captures/\(capture.text("capture"))/hand-over"
        case .concerns: "/concerns"
        case .concern(let id): "/concerns/\(id.text("concern"))"
        case .cases: "/cases"
        case .caseSheet(let id): "/cases/\(id.text("case"))"
        case .caseMoves(let id): "/cases/\(id.text("case"))/moves"
        case .caseCaptures(let id): "/cases/\(id.text("case"))/captures"
        case .savedFilters: "/filters"
        case .savedFilterRemoved(let filter): "/filters/\(filter.text("filter"))/remove"
        case .casesFile(let format): "/cases.\(format.rawValue)"
        case .capturesFile(let format): "/captures.\(format.rawValue)"
        case .caseNotice(let id): "/cases/\(id.text("case"))/notice.pdf"
        case .caseFiles(let id): "/cases/\(id.text("case"))/files"
        case .caseFile(let id, let file): "/cases/\(id.text("case"))/files/\(file.text("file"))"
        case .news: "/news"
        case .activities: "/activities"
        case .activity(let id): "/activities/\(id.text("activity"))"
        case .activityCounts: "/activity-counts"
        case .warnings: "/warnings"
        case .warning(let warning): "/warnings/\(warning.text("warning"))"
        case .analysis: "/analysis"
        case .events: "/events"
        case .probe: "/probe"
        case .liveFile(let camera): "\(Self.base(camera))/live.mp4"
        case .livePlaylist(let camera): "\(Self.base(camera))/live.m3u8"
        case .liveResource(let camera, let name): "\(Self.base(camera))/live/\(name.text("name"))"
        case .subPlaylist(let camera): "\(Self.base(camera))/sub/live.m3u8"
        case .subResource(let camera, let name): "\(Self.base(camera))/sub/live/\(name.text("name"))"
        case .recordedPlaylist(let camera): "\(Self.base(camera))/vod.m3u8"
        case .recordedFile(let camera, let date, let name):
            "\(Self.base(camera))/files/\(date.text("date"))/\(name.text("name"))"
        case .segments(let camera): "\(Self.base(camera))/segments"
        case .timeline(let camera): "\(Self.base(camera))/timeline"
        case .days(let camera): "\(Self.base(camera))/days"
        case .export(let camera): "\(Self.base(camera))/export.mp4"
        case .duties: "/duties"
        case .dutyEntries(let school): "/duties/\(school.text("school"))"
        case .snapshot(let camera): "\(Self.base(camera))/snapshot.jpg"
        case .reports: "/reports"
        case .report(let name): "/reports/\(name.text("report"))"
        case .reportFile(let name, let format): "/reports/\(name.text("report"))/report.\(format.rawValue)"
        case .inspection(let url): url.path
        }
    }

    private static func base(_ camera: Slot<CameraID>) -> String { "/cameras/\(camera.text("camera"))" }
}

/// A parameter of an address: its place when a route is registered, its value when a link is made.
enum Slot<Value: LosslessStringConvertible & Sendable>: Sendable {
    case key
    case value(Value)

    func text(_ name: String) -> String {
        switch self {
        case .key: "{\(name)}"
        case .value(let value): value.description
        }
    }
}

extension String {
    /// RFC 3986 §2.1, everything but unreserved characters encoded.
    var percentEncoded: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
