import Hummingbird
import Logging

/// All templates that controllers render, for the check at start-up.
enum SitePages {
    static let templates: [String] = [
        ProblemPage.template, SignInPage.template, AccountPage.template, KitchensPage.template, KitchenPage.template,
        WallPage.template, ReplayPage.template, CameraListPage.template, CameraFormPage.template,
        CameraConflictPage.template, CameraRemovalPage.template, ProbePage.template, ProbePage.fragment,
        SchoolsPage.template, GridImportPage.template, PeoplePage.template, PersonFormPage.template,
        InitialPasswordPage.template,
        ConfirmationPage.template, LedgerPage.template, CaptureListPage.template, CaptureCard.template,
        CapturePage.template, PrecisionPage.template, CaseListPage.template, CasePage.template,
        CaseOpeningPage.template, NewsPage.template, TodayPage.template, FiguresPage.template, ProofPage.template,
        CameraRulesPage.template, AnalysisPage.template, ChannelsPage.template, ChannelFormPage.template,
        DeliveriesPage.template, RosterPage.template, TokensPage.template, NewTokenPage.template, APIPage.template,
        ViewingReasonPage.template, ViewingPage.template, CalendarPage.template, PolicyPage.template,
        PolicyConfirmationPage.template, PublicationsPage.template, PublicationPage.template,
        PublicSchoolPage.template, SamplePage.template, TextTemplatesPage.template, InsightPage.template,
        PatrolPage.template, HallPage.template, HallBody.template, HallScenesPage.template, HallEditorPage.template,
        HallMapPage.template,
        PatrolPage.template, ReportListPage.template, ReportPage.template, ReportSchedulesPage.template,
        PatrolPage.template,
        InspectionListPage.template, InspectionPlanPage.template, InspectionPlanFormPage.template,
        InspectionPage.template, ChecklistPage.template, ChecklistItemPage.template, DrawListPage.template,
        DrawFormPage.template, DrawPage.template, FieldPage.template,
        PatrolPage.template, DutyDayPage.template, DutyWeekPage.template, DutyBookPage.template, DutyEntryPage.template,
        DutyPlanPage.template, PapersPage.template, PaperListPage.template, MenuPage.template,
        PatrolPage.template, ActivityListPage.template, ActivityCountsPage.template, ActivityFormPage.template,
        ActivityPage.template, ActivityGuestsPage.template, DoorPage.template, ActivityDayPage.template,
        ActivityReportPage.template, ActivityBoardPage.template, SignUpPlacePage.template,
        PatrolPage.template, WarningListPage.template, WarningPage.template, WarningRulesPage.template,
        WarningTrialPage.template,
        PatrolPage.template, ConcernFormPage.template, ConcernFindPage.template, ConcernFollowPage.template,
        ConcernListPage.template, ConcernPage.template, ConcernPreviewPage.template,
        ParentJoinPage.template, ParentSignInPage.template, ParentCodePage.template, SchoolParentsPage.template,
        RegisterListPage.template, RegisterEntryPage.template,
    ]
}

extension Site {
    func page(
        _ page: some Page, title: String, section: Section? = nil, request: Request, context: WebContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        renderer.response(
            page, title: title, section: section, context: context,
            path: request.method == .get ? request.pathAndQuery : nil, status: status)
    }
}

/// A choice of a `select` element.
struct Choice: Sendable, Hashable {
    let value: String
    let label: String
    let isSelected: Bool
}

/// An act that can't be undone, described before it is done: what exactly will happen, and to whom.
struct ConfirmationPage: Page {
    static let template = "confirmation"
    let heading: String
    let consequences: [String]
    /// Where the form goes, and what its button says.
    let action: String
    let button: String
    let back: String
}
