public import Cameras
public import Domain
public import Hummingbird
public import Logging
public import PublicVideo
public import Supervision

/// The web site: pages for people, JSON and media for scripts and players.
public struct Site: Sendable {
    let supervision: Supervision
    let fleet: CameraFleet
    let playback: Playback
    let probe: Probe
    let time: TimeSource
    let settings: SiteSettings
    let desk: AnalysisDesk
    /// Where files of cases lie; nil = none are taken in.
    let attachments: AttachmentShelf?
    let notices: NoticeDesk
    /// nil = this node makes no public pictures.
    let screens: PublicScreens?
    let gridUploads = GridUploads()
    let catalogues: Catalogues
    let assets: Assets
    let document: APIDocument
    let renderer: PageRenderer
    let problems: Problems
    let log: Logger

    /// Reads templates, strings and static files.
    ///
    /// - Throws: when one is missing or broken.
    public init(
        supervision: Supervision, fleet: CameraFleet, playback: Playback, probe: Probe, time: TimeSource,
        settings: SiteSettings, desk: AnalysisDesk = .none(), attachments: AttachmentShelf? = nil,
        notices: NoticeDesk = .none(), screens: PublicScreens? = nil, log: Logger
    ) throws {
        let files = try SiteFiles.bundled.get()
        self.supervision = supervision
        self.fleet = fleet
        self.playback = playback
        self.probe = probe
        self.time = time
        self.settings = settings
        self.desk = desk
        self.attachments = attachments
        self.notices = notices
        self.screens = screens
        self.log = log
        catalogues = files.catalogues
        assets = files.assets
        document = files.document
        renderer = PageRenderer(
            templates: files.templates, catalogues: catalogues, assets: assets, settings: settings)
        problems = Problems(renderer: renderer, catalogues: catalogues, log: log)
    }

    /// What answers requests.
    public func responder() -> some HTTPResponder<WebContext> { OwnTaskResponder(inner: router().buildResponder()) }

    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.get(SiteURL.health.route) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get(SiteURL.asset(.key).route) { [assets] request, context in
            assets.response(to: request, steps: context.parameters.getCatchAll())
        }
        router.add(middleware: FrontDoor(site: self))
        SignInPages(site: self).add(to: router.group())
        AccountPages(site: self).add(to: router.group())
        PublicPages(site: self).add(to: router.group())
        FieldWorker(site: self).add(to: router.group())
        PublicActivityPages(site: self).add(to: router.group())
        PublicConcernPages(site: self).add(to: router.group())
        ParentPages(site: self).add(to: router.group())

        let pages = router.group().add(middleware: SignInGate())
        CaptureListPages(site: self).add(to: pages)
        CapturePages(site: self).add(to: pages)
        TriagePages(site: self).add(to: pages)
        SamplePages(site: self).add(to: pages)
        PrecisionPages(site: self).add(to: pages)
        CaseListPages(site: self).add(to: pages)
        CasePages(site: self).add(to: pages)
        ThumbnailPages(site: self).add(to: pages)
        NoticePages(site: self).add(to: pages)
        CaseOpeningPages(site: self).add(to: pages)
        ConcernListPages(site: self).add(to: pages)
        ConcernPages(site: self).add(to: pages)
        TodayPages(site: self).add(to: pages)
        FiguresPages(site: self).add(to: pages)
        ProofPages(site: self).add(to: pages)
        PatrolPages(site: self).add(to: pages)
        InspectionListPages(site: self).add(to: pages)
        InspectionPages(site: self).add(to: pages)
        ChecklistPages(site: self).add(to: pages)
        DrawPages(site: self).add(to: pages)
        FieldPages(site: self).add(to: pages)
        ActivityListPages(site: self).add(to: pages)
        ActivityFormPages(site: self).add(to: pages)
        ActivityPages(site: self).add(to: pages)
        ActivityGuestsPages(site: self).add(to: pages)
        ActivityDayPages(site: self).add(to: pages)
        ActivityReportPages(site: self).add(to: pages)
        InsightPages(site: self).add(to: pages)
        ReportPages(site: self).add(to: pages)
        ReportSchedulePages(site: self).add(to: pages)
        WarningPages(site: self).add(to: pages)
        WarningRulePages(site: self).add(to: pages)
        NewsPages(site: self).add(to: pages)
        KitchenPages(site: self).add(to: pages)
        ReplayPages(site: self).add(to: pages)
        CameraListPages(site: self).add(to: pages)
        CameraFormPages(site: self).add(to: pages)
        CameraRulesPages(site: self).add(to: pages)
        AnalysisPages(site: self).add(to: pages)
        GridImportPages(site: self).add(to: pages)
        SchoolPages(site: self).add(to: pages)
        PeoplePages(site: self).add(to: pages)
        ChannelPages(site: self).add(to: pages)
        DeliveryPages(site: self).add(to: pages)
        RosterPages(site: self).add(to: pages)
        CalendarPages(site: self).add(to: pages)
        PolicyPages(site: self).add(to: pages)
        ViewingReasonPages(site: self).add(to: pages)
        ViewingPages(site: self).add(to: pages)
        SavedFilterPages(site: self).add(to: pages)
        TextTemplatePages(site: self).add(to: pages)
        PublicationPages(site: self).add(to: pages)
        PublicPosterPages(site: self).add(to: pages)
        SchoolParentPages(site: self).add(to: pages)
        HallPages(site: self).add(to: pages)
        HallScenePages(site: self).add(to: pages)
        HallMapPages(site: self).add(to: pages)
        DutyPages(site: self).add(to: pages)
        DutyEntryPages(site: self).add(to: pages)
        DutyPlanPages(site: self).add(to: pages)
        PaperPages(site: self).add(to: pages)
        MenuPages(site: self).add(to: pages)
        RegisterListPages(site: self).add(to: pages)
        RegisterEntryPages(site: self).add(to: pages)
        AssessmentPages(site: self).add(to: pages)
        LedgerPages(site: self).add(to: pages)

        TokenPages(site: self).add(to: pages)
        DocumentAPI(site: self).addPage(to: pages)

        let api = router.group().add(middleware: SignInGate()).add(middleware: ScopeGate(document: document))
        DocumentAPI(site: self).add(to: api)
        CaseAPI(site: self).add(to: api)
        CaseMoveAPI(site: self).add(to: api)
        CameraAPI(site: self).add(to: api)
        CaptureAPI(site: self).add(to: api)
        SavedFilterAPI(site: self).add(to: api)
        WarningAPI(site: self).add(to: api)
        ConcernAPI(site: self).add(to: api)
        AnalysisAPI(site: self).add(to: api)
        ActivityAPI(site: self).add(to: api)
        EventsAPI(site: self).add(to: api)
        LiveAPI(site: self).add(to: api)
        FootageAPI(site: self).add(to: api)
        ExportAPI(site: self).add(to: api)
        ProbeAPI(site: self).add(to: api)
        ReportAPI(site: self).add(to: api)
        InspectionAPI(site: self).add(to: api)
        DutyAPI(site: self).add(to: api)
        return router
    }

    func words(_ context: WebContext) -> Words { catalogues[context.language] }

    func wording(_ context: WebContext) -> Wording {
        Wording(words: catalogues[context.language], zone: settings.zone, now: time.now())
    }
}
