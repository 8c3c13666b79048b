/// A language of the site. Simplified Chinese is the first one, English is complete.
enum Language: String, Sendable, CaseIterable {
    case simplifiedChinese = "zh-Hans"
    case english = "en"

    /// The first of an Accept-Language header (RFC 9110 §12.5.4) that we have, by quality; Chinese when there is none.
    init(acceptLanguage header: String?) {
        var best: (language: Language, quality: Double)?
        for item in (header ?? "").split(separator: ",").prefix(20) {
            let parts = item.split(separator: ";")
            guard let tag = parts.first?.lowercased().filter({ $0 != " " }) else { continue }
            let language: Language
            if tag == "zh" || tag.hasPrefix("zh-") {
                language = .simplifiedChinese
            } else if tag == "en" || tag.hasPrefix("en-") {
                language = .english
            } else {
                continue
            }
            let weight = parts.dropFirst().lazy.map { $0.filter { $0 != " " } }.first { $0.hasPrefix("q=") }
            let quality = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > best?.quality ?? 0 { best = (language, quality) }
        }
        self = best?.language ?? .simplifiedChinese
    }
}
