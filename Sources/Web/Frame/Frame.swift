import Domain
import Hummingbird
import Supervision

/// What surrounds every page: window title, rail, top bar, and what scripts need to know.
struct Frame: Sendable {
    struct Item: Sendable {
        let label: String
        let address: String
        let icon: String
        let isCurrent: Bool
        /// Captures that came since the reader last looked are counted here.
        let hasBadge: Bool
    }

    /// A place of the current item of the rail.
    struct Tab: Sendable {
        let label: String
        let address: String
        let isCurrent: Bool
    }

    struct Visitor: Sendable {
        let name: String
        let role: String
        let account: String
        let formToken: String
    }

    struct LanguageChoice: Sendable {
        let code: String
        /// In the language itself.
        let name: String
        let isCurrent: Bool
    }

    let windowTitle: String
    let language: String
    /// Folder of the static files.
    let assets: String
    let browserStrings: String
    let zoneName: String
    let zoneOffsetMinutes: Int
    let territory: String?
    let isRailNarrow: Bool
    let items: [Item]
    /// What a phone's bottom bar shows, and what it hides behind “more”.
    let bottomItems: [Item]
    let moreItems: [Item]
    /// Places beside the current one, where there are others.
    let tabs: [Tab]
    let hasTabs: Bool
    let visitor: Visitor?
    let languages: [LanguageChoice]
    /// Where the switches of the top bar lead back to.
    let path: String

    init(
        title: String, section: Section?, context: WebContext, words: Words, settings: SiteSettings, assets: Assets,
        browserStrings: String, path: String?
    ) {
        windowTitle = title.isEmpty ? words("product.name") : "\(title) · \(words("product.name"))"
        language = words.language == .simplifiedChinese ? "zh-CN" : "en"
        self.assets = assets.folder
        self.browserStrings = browserStrings
        zoneName = settings.zone.name
        zoneOffsetMinutes = settings.zone.offsetMinutes
        territory = settings.territory.isEmpty ? nil : settings.territory
        isRailNarrow = context.isRailNarrow
        let principal = context.visitor.map { Principal.person($0.person) }
        let open = RailItem.allCases.map { item in (item, principal.map(item.open(to:)) ?? []) }
        items = open.compactMap { item, sections in
            sections.first.map { first in
                Item(
                    label: words(item.labelKey(for: context.visitor?.person.role)), address: first.url.path,
                    icon: item.rawValue, isCurrent: section.map(item.sections.contains) ?? false,
                    hasBadge: item == .captures)
            }
        }
        bottomItems = Array(items.prefix(3))
        moreItems = Array(items.dropFirst(3))
        let beside = open.first { item, _ in section.map(item.sections.contains) ?? false }?.1 ?? []
        tabs = beside.map {
            Tab(label: words("nav.\($0.rawValue)"), address: $0.url.path, isCurrent: $0 == section)
        }
        hasTabs = tabs.count > 1
        visitor = context.visitor.map {
            Visitor(
                name: $0.person.name, role: words("role.\($0.person.role.rawValue)"), account: $0.person.account,
                formToken: $0.formToken)
        }
        languages = Language.allCases.map {
            LanguageChoice(
                code: $0.rawValue, name: $0 == .simplifiedChinese ? "中文" : "English", isCurrent: $0 == words.language)
        }
        self.path = path ?? SiteURL.home.path
    }
}
