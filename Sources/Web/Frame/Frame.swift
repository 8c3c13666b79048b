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

    /// Items that belong together, under a word of their own.
    struct Group: Sendable {
        let label: String
        let items: [Item]
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
    let groups: [Group]
    /// What a phone's bottom bar shows, and what it hides behind “more”.
    let bottomItems: [Item]
    let moreGroups: [Group]
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
        let open = Section.allCases.filter { section in principal.map(section.isOpen(to:)) ?? false }
        func item(_ item: Section) -> Item {
            Item(
                label: words(item.labelKey(for: context.visitor?.person.role)), address: item.url.path,
                icon: item.rawValue, isCurrent: item == section, hasBadge: item == .captures)
        }
        func groups(_ sections: some Sequence<Section>) -> [Group] {
            let sections = Array(sections)
            return Section.Group.allCases.compactMap { group in
                let items = sections.filter { $0.group == group }.map(item)
                return items.isEmpty ? nil : Group(label: words("nav.group.\(group.rawValue)"), items: items)
            }
        }
        self.groups = groups(open)
        bottomItems = open.prefix(3).map(item)
        moreGroups = groups(open.dropFirst(3))
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
